import Catalog
import Diagnostics
import Project

/// What `add` and `remove` do to the text of a manifest.
enum EditDesk {
  static func item(_ name: String) -> ManifestItem {
    switch ItemPattern(name) {
    case .map(let pattern): .map(pattern)
    case .atlas(let pattern): .atlas(pattern)
    case nil: preconditionFailure("`\(name)` names a map or an atlas")
    }
  }

  static func edit(_ text: String, _ change: ManifestChange) throws(Findings) -> ManifestEdit {
    try ManifestEditor.edit(SourceText(name: "neuromaps.yaml", bytes: Array(text.utf8)), change)
  }

  static func add(_ names: String..., to text: String, in group: String? = nil) throws(Findings) -> String {
    try edit(text, ManifestChange(.add, names.map(item), in: group)).text.text
  }

  static func remove(_ names: String..., from text: String, in group: String? = nil) throws(Findings) -> String {
    try edit(text, ManifestChange(.remove, names.map(item), in: group)).text.text
  }

  /// Everything that is wrong with a change; nothing if it can be made.
  static func findings(_ text: String, _ change: ManifestChange) -> [Diagnostic] {
    do throws(Findings) {
      _ = try edit(text, change)
      return []
    } catch {
      return error.diagnostics
    }
  }
}

extension SourceText {
  /// The text, which is UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
