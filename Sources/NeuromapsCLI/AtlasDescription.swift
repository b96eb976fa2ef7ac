internal import Catalog
internal import Dataset
internal import JSON
internal import Neuromaps

/// An atlas of a catalog, as `list` and `info` tell of it.
struct AtlasDescription {
  private let catalog: String
  private let atlas: CatalogAtlas

  init(_ catalog: String, _ atlas: CatalogAtlas) {
    self.catalog = catalog
    self.atlas = atlas
  }

  /// Atlases as a table.
  static func table(_ atlases: [(catalog: String, atlas: CatalogAtlas)]) -> TextTable {
    var table = TextTable([
      TextTable.Column(name: "atlas", style: .bold), TextTable.Column(name: "den/res", style: .cyan),
      TextTable.Column(name: "files", isRightAligned: true), TextTable.Column(name: "archive", style: .dim),
    ])
    for (_, atlas) in atlases {
      table.add([atlas.id.name, atlas.id.sampling?.label ?? "", String(atlas.members.count), atlas.archive])
    }
    return table
  }

  /// All there is, for a program.
  var json: JSONValue {
    var fields: [(String, JSONValue)] = [("atlas", .text(atlas.id.description)), ("name", .text(atlas.id.name))]
    if let sampling = atlas.id.sampling { fields.append((sampling.entity, .text(sampling.label))) }
    fields += [("catalog", .text(catalog)), ("archive", .text(atlas.archive))]
    return .object(
      fields + JSONValue.fields(of: atlas.origin) + JSONValue.fields(of: atlas.checksums)
        + [("files", .texts(atlas.members.map(\.text)))])
  }

  /// All there is, for a person: what it is called, and what is known of that.
  var facts: [(String, String)] {
    let size = atlas.checksums.size.map { ByteCount($0).description } ?? "size unknown"
    return [("archive", atlas.archive), ("", "from \(atlas.origin), \(size)"), ("catalog", catalog)]
      + atlas.members.map { ("file", $0.fileName) }
  }
}

extension JSONValue {
  /// Where something comes from.
  static func fields(of origin: Origin) -> [(String, JSONValue)] {
    switch origin {
    case .osf(let osf): [("osf", .text(osf.text))]
    case .url(let url), .relative(let url): [("url", .text(url))]
    }
  }

  /// What is known of some bytes.
  static func fields(of checksums: Checksums) -> [(String, JSONValue)] {
    let known: [(String, JSONValue?)] = [
      ("size", checksums.size.map { .number($0) }), ("md5", checksums.md5.map { .text($0.hex) }),
      ("sha256", checksums.sha256.map { .text($0.hex) }),
    ]
    return known.compactMap { name, value in value.map { (name, $0) } }
  }
}
