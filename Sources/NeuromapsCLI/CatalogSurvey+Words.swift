internal import Catalog
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Sync

extension CatalogSurvey {
  /// Where it is from, as a table has it.
  var origin: String { place ?? "built in" }

  /// What it holds, in a few words: `3 maps, 5 files, 73.2 kB, 1 paper`.
  var contents: String {
    let size =
      unsized == 0 ? "\(ByteCount(bytes))" : "\(ByteCount(bytes)) and \(counted(unsized, "file")) of unknown size"
    let counts = [
      counted(catalog.maps.count, "map"), counted(files, "file"), size,
      catalog.atlases.isEmpty ? nil : counted(catalog.atlases.count, "atlas"),
      counted(catalog.references.count, "paper"),
    ]
    return counts.compactMap { $0 }.joined(separator: ", ")
  }

  /// What `catalog show` tells of one: names and facts, nil for what it does not say.
  var facts: [(String, String?)] {
    [
      ("title", catalog.title), ("revision", catalog.revision), ("from", origin), ("sha256", catalog.digest.hex),
      ("holds", contents), ("restricted", restricted == 0 ? nil : counted(restricted, "map")),
      ("caution", catalog.caution),
    ]
  }

  /// The same for programs.
  var fields: [(String, JSONValue)] {
    [
      ("name", .text(catalog.name)), ("revision", .text(catalog.revision)), ("title", .optional(catalog.title)),
      ("path", .optional(place)), ("sha256", .text(catalog.digest.hex)), ("maps", .number(Int64(catalog.maps.count))),
      ("restricted", .number(Int64(restricted))), ("files", .number(Int64(files))), ("bytes", .number(bytes)),
      ("files_of_unknown_size", .number(Int64(unsized))), ("atlases", .number(Int64(catalog.atlases.count))),
      ("references", .number(Int64(catalog.references.count))),
    ]
  }

  /// Several, a row each.
  static func table(_ surveys: [CatalogSurvey]) -> TextTable {
    var table = TextTable([
      TextTable.Column(name: "catalog", style: .bold), TextTable.Column(name: "revision"),
      TextTable.Column(name: "maps", isRightAligned: true), TextTable.Column(name: "files", isRightAligned: true),
      TextTable.Column(name: "atlases", isRightAligned: true), TextTable.Column(name: "sha256", style: .dim),
      TextTable.Column(name: "from", style: .dim),
    ])
    for survey in surveys {
      let catalog = survey.catalog
      let counts = [catalog.maps.count, survey.files, catalog.atlases.count].map { "\($0)" }
      table.add([catalog.name, catalog.revision] + counts + [String(catalog.digest.hex.prefix(12)), survey.origin])
    }
    return table
  }
}

extension OriginFinding {
  /// An object of `catalog check --online`.
  var json: JSONValue {
    let (word, reason): (String, String?) =
      switch answer {
      case .right: ("right", nil)
      case .sizeOnly: ("size_only", nil)
      case .unmeasured: ("not_compared", nil)
      case .wrong(let reason): ("wrong", reason)
      case .missing(let reason): ("missing", reason)
      case .unknown(let failure): ("unknown", failure.summary)
      }
    return .object(
      [(item.kind, .text(item.description)), ("file", .text(name))] + JSONValue.fields(of: origin)
        + [("answer", .text(word)), ("reason", .optional(reason))])
  }
}

extension Diagnostic {
  /// An object in a list of warnings.
  var json: JSONValue {
    .object([("code", .text(code.rawValue)), ("message", .text(message)), ("notes", .texts(notes))])
  }
}
