internal import Dataset

/// A bibliography for people to read in a terminal.
///
/// A line belongs to what stands above it with less indentation; nothing is wrapped here.
package struct BibliographyText {
  private let bibliography: Bibliography
  private let listsAll: Bool

  /// The text of a bibliography.
  ///
  /// - Parameter listsAll: whether long lists of maps are written out; else three, and the rest counted.
  package init(_ bibliography: Bibliography, listsAll: Bool = false) {
    self.bibliography = bibliography
    self.listsAll = listsAll
  }

  /// The lines, without newlines.
  package var lines: [String] {
    let roles = CitedReference.Role.allCases.flatMap { role -> [String] in
      let references = bibliography.references(role)
      return references.isEmpty ? [] : [role.heading] + references.flatMap(entry)
    }
    return roles + section("Maps without a reference", bibliography.uncited)
      + section("Maps that no catalog knows", bibliography.unknown)
      + bibliography.cautions.map { "Caution (\($0.catalog)): \($0.text)" }
  }

  private func entry(_ entry: CitedReference) -> [String] {
    var lines = ["  \(CitationLine(entry.reference))"]
    if !entry.primary.isEmpty { lines.append("    for \(names(entry.primary))") }
    if !entry.secondary.isEmpty { lines.append("    behind \(names(entry.secondary))") }
    if !entry.catalogs.isEmpty { lines.append("    for the catalog \(entry.catalogs.joined(separator: ", "))") }
    return lines
  }

  private func section(_ heading: String, _ maps: [AnnotationID]) -> [String] {
    maps.isEmpty ? [] : [heading, "  \(names(maps))"]
  }

  private func names(_ maps: [AnnotationID]) -> String { MapNames(maps, most: listsAll ? nil : 3).text() }
}

extension CitedReference.Role {
  /// What stands above the section.
  var heading: String {
    switch self {
    case .primary: "Primary references"
    case .secondary: "Secondary references"
    case .catalog: "The toolbox and catalog"
    }
  }
}
