internal import Catalog
internal import Dataset
internal import JSON

/// A map of a catalog as JSON, the same wherever one is printed.
struct MapDescription {
  private let match: CatalogMatch

  init(_ match: CatalogMatch) { self.match = match }

  /// What `list` tells of a map.
  var json: JSONValue { .object(fields) }

  /// What `info` tells: all there is, and what is in those of its files that the project has.
  func json(references: [String: Reference], images: [JSONValue]) -> JSONValue {
    let map = match.map
    let facts: [(String, String?)] = [
      ("title", map.title), ("modality", map.modality), ("measure", map.measure), ("target", map.target),
      ("n", map.n), ("age", map.age), ("license", map.license), ("license_url", map.licenseURL), ("note", map.note),
    ]
    return .object(
      fields + facts.map { ($0.0, .optional($0.1)) } + [
        ("primary", .list(map.primary.compactMap { references[$0] }.map(json))),
        ("secondary", .list(map.secondary.compactMap { references[$0] }.map(json))), ("images", .list(images)),
      ])
  }

  private var fields: [(String, JSONValue)] {
    let id = match.map.id
    return [
      ("map", .text(id.description)), ("source", .text(id.source)), ("desc", .text(id.desc)),
      ("space", .text(id.space)), (id.sampling.entity, .text(id.sampling.label)),
      ("format", .text(match.map.format.rawValue)), ("tags", .texts(match.map.tags)),
      ("restricted", .bool(match.map.isRestricted)), ("catalog", .text(match.catalog)),
      ("files", .list(match.files.map(json))),
    ]
  }

  private func json(_ file: CatalogFile) -> JSONValue {
    var fields: [(String, JSONValue)] = [("path", .text(DatasetPath(match.map.id, hemi: file.hemi).text))]
    if let hemi = file.hemi { fields.append(("hemi", .text(hemi.rawValue))) }
    fields += JSONValue.fields(of: file.origin) + JSONValue.fields(of: file.checksums)
    return .object(fields)
  }

  private func json(_ reference: Reference) -> JSONValue {
    .object([
      ("key", .text(reference.key)), ("authors", .texts(reference.authors)), ("year", .optional(reference.year)),
      ("title", .optional(reference.title)), ("journal", .optional(reference.journal)),
      ("doi", .optional(reference.doi)),
    ])
  }
}
