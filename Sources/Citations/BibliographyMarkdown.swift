internal import Dataset

/// A bibliography as Markdown, for a README or a supplement.
package struct BibliographyMarkdown {
  private let bibliography: Bibliography

  /// The Markdown of a bibliography.
  package init(_ bibliography: Bibliography) { self.bibliography = bibliography }

  /// The lines, without newlines.
  package var lines: [String] {
    var lines = ["## References", ""]
    for role in CitedReference.Role.allCases {
      let references = bibliography.references(role)
      if !references.isEmpty { lines += ["### \(role.heading)", ""] + references.map(item) + [""] }
    }
    lines += section("Maps without a reference", bibliography.uncited)
    lines += section("Maps that no catalog knows", bibliography.unknown)
    if !bibliography.cautions.isEmpty { lines += ["## Caution", ""] }
    for caution in bibliography.cautions { lines += ["`\(caution.catalog)`: \(escaped(caution.text))", ""] }
    return Array(lines.dropLast())
  }

  private func item(_ entry: CitedReference) -> String {
    let line = CitationLine(entry.reference)
    let link = line.doi.map { "[doi:\(escaped($0.text))](\(target($0.url)))" } ?? line.url.map { "<\($0)>" }
    var uses: [String] = []
    if !entry.primary.isEmpty { uses.append("for \(names(entry.primary))") }
    if !entry.secondary.isEmpty { uses.append("behind \(names(entry.secondary))") }
    if !entry.catalogs.isEmpty { uses.append("for the catalog \(entry.catalogs.map(code).joined(separator: ", "))") }
    return "- "
      + [escaped(line.body), link, "(\(uses.joined(separator: "; ")))"].compactMap { $0 }.joined(separator: " ")
  }

  private func section(_ heading: String, _ maps: [AnnotationID]) -> [String] {
    maps.isEmpty ? [] : ["### \(heading)", ""] + maps.map { "- \(code($0.description))" } + [""]
  }

  private func names(_ maps: [AnnotationID]) -> String { MapNames(maps, most: nil).text(code) }

  private func code(_ text: String) -> String { "`\(text)`" }

  /// Parentheses would end the target of a link.
  private func target(_ url: String) -> String {
    url.map { $0 == "(" ? "%28" : $0 == ")" ? "%29" : String($0) }.joined()
  }

  private func escaped(_ text: String) -> String {
    text.map { character in
      switch character {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~": "\\\(character)"
      case _ where character.isNewline: " "
      default: String(character)
      }
    }.joined()
  }
}
