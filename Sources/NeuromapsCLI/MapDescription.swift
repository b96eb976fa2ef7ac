internal import Catalog
internal import Dataset
internal import JSON

/// A map of a catalog as JSON, the same wherever one is printed.
struct MapDescription {
  private let match: CatalogMatch

  init(_ match: CatalogMatch) { self.match = match }

  /// What `list` tells of a map.
  var json: JSONValue { .object(fields) }

  /// What `info` tells: all there is.
  func json(references: [String: Reference]) -> JSONValue {
    let map = match.map
    let facts: [(String, String?)] = [
      ("title", map.title), ("modality", map.modality), ("measure", map.measure), ("target", map.target),
      ("n", map.n), ("age", map.age), ("license", map.license), ("license_url", map.licenseURL), ("note", map.note),
    ]
    return .object(
      fields + facts.map { ($0.0, .optional($0.1)) } + [
        ("primary", .list(map.primary.compactMap { references[$0] }.map(json))),
        ("secondary", .list(map.secondary.compactMap { references[$0] }.map(json))),
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
    switch file.origin {
    case .osf(let osf): fields.append(("osf", .text(osf.text)))
    case .url(let url), .relative(let url): fields.append(("url", .text(url)))
    }
    if let size = file.checksums.size { fields.append(("size", .number(size))) }
    if let md5 = file.checksums.md5 { fields.append(("md5", .text(md5.hex))) }
    if let sha256 = file.checksums.sha256 { fields.append(("sha256", .text(sha256.hex))) }
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
