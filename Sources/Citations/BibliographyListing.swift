internal import Catalog
internal import Dataset
package import JSON

/// A bibliography with every field as the catalogs have it, for programs.
package struct BibliographyListing {
  private let bibliography: Bibliography

  /// The listing of a bibliography.
  package init(_ bibliography: Bibliography) { self.bibliography = bibliography }

  /// One object; fields that are unknown are null.
  package var json: JSONValue {
    .object([
      ("references", .list(bibliography.references.map(item))),
      ("maps", names(bibliography.maps)), ("without_reference", names(bibliography.uncited)),
      ("unknown", names(bibliography.unknown)),
      (
        "caution",
        bibliography.cautions.isEmpty
          ? .null : .text(bibliography.cautions.map(\.text).joined(separator: "\n"))
      ),
    ])
  }

  private func item(_ entry: CitedReference) -> JSONValue {
    let reference = entry.reference
    return .object([
      ("key", .text(entry.key)), ("primary", names(entry.primary)), ("secondary", names(entry.secondary)),
      ("catalogs", .texts(entry.catalogs)), ("type", .text(reference.type)), ("authors", .texts(reference.authors)),
      ("year", .optional(reference.year)), ("title", .optional(reference.title)),
      ("journal", .optional(reference.journal)), ("volume", .optional(reference.volume)),
      ("number", .optional(reference.number)), ("pages", .optional(reference.pages)),
      ("doi", .optional(reference.doi)), ("url", .optional(reference.url)),
      ("publisher", .optional(reference.publisher)),
    ])
  }

  private func names(_ maps: [AnnotationID]) -> JSONValue { .texts(maps.map(\.description)) }
}
