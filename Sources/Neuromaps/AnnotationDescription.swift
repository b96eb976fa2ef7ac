public import Catalog
internal import Citations
public import Dataset

/// What is known of a map, for a person.
public struct AnnotationDescription: Sendable {
  /// Its name.
  public let id: AnnotationID
  /// One line on what it shows.
  public let title: String?
  /// How many people it was made from, as published; nil when unknown.
  public let n: String?
  /// Their age in years, as published; nil when unknown.
  public let age: String?
  /// The license's name; nil when none is stated, which is no permission.
  public let license: String?
  /// Something to know before using it.
  public let note: String?
  /// The papers to cite.
  public let primary: [Reference]
  /// Papers on data or method behind it.
  public let secondary: [Reference]

  init(_ map: CatalogMap, of catalog: MapCatalog) {
    id = map.id
    title = map.title
    n = map.n
    age = map.age
    license = map.license
    note = map.note
    primary = map.primary.compactMap { catalog.references[$0] }
    secondary = map.secondary.compactMap { catalog.references[$0] }
  }
}

extension AnnotationDescription: CustomStringConvertible {
  /// Some lines of text, without a newline at the end.
  public var description: String {
    var lines = [title.map { "\(id) - \($0)" } ?? id.description]
    lines.append("   N \(n ?? "unknown") - age \(age ?? "unknown") - license \(license ?? "unknown")")
    if let note { lines.append("   \(note)") }
    for (heading, references) in [("Primary references:", primary), ("Secondary references:", secondary)] {
      guard !references.isEmpty else { continue }
      lines.append("   \(heading)")
      for reference in references { lines.append("      (\(reference.key)) \(CitationLine(reference))") }
    }
    return lines.joined(separator: "\n")
  }
}
