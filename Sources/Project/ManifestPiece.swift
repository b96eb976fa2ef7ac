internal import YAML

/// What is put into a manifest: items of a list, in the keys around it that may not be there yet.
indirect enum ManifestPiece {
  /// Items; at least one.
  case items([ManifestItem])
  /// A key with its value.
  case field(String, ManifestPiece)

  /// Items with all keys from the top.
  init(_ items: [ManifestItem], of list: ManifestList, in group: String?) {
    let field = ManifestPiece.field(list.rawValue, .items(items))
    self = group.map { .field("groups", .field($0, field)) } ?? field
  }

  /// In block style.
  var lines: [String] {
    switch self {
    case .items(let items): items.flatMap(\.lines)
    case .field(let name, let value): ["\(YAMLWriter.line(name)):"] + value.lines.map { "  \($0)" }
    }
  }

  /// In flow style: what goes between the brackets or braces, with commas between.
  var inline: [String] {
    switch self {
    case .items(let items): items.map(\.inline)
    case .field(let name, .items(let items)):
      ["\(YAMLWriter.inline(name)): [\(items.map(\.inline).joined(separator: ", "))]"]
    case .field(let name, let value):
      ["\(YAMLWriter.inline(name)): {\(value.inline.joined(separator: ", "))}"]
    }
  }
}
