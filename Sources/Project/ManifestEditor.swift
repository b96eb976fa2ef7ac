package import Diagnostics
internal import YAML

/// Changes what a manifest wants, and no byte more: comments, order, quotes, indentation and ends of lines of
/// everything else stay.
///
/// A new item goes behind the last one of its list, in the style of the list; comment lines behind that one come after
/// the new item. An item goes with its lines and the comments at their ends; a line with nothing but a comment stays.
/// What comes out is read again: unless it wants exactly what it should, and says all else as before, nothing is
/// changed.
package enum ManifestEditor {
  /// The manifest after a change, or everything that is wrong with the manifest or the change.
  package static func edit(_ source: SourceText, _ change: ManifestChange) throws(Findings) -> ManifestEdit {
    let manifest = try ManifestReader.read(source)
    do throws(ManifestObstacle) {
      switch change.action {
      case .add: return try add(change, to: manifest)
      case .remove: return try remove(change, from: manifest)
      }
    } catch {
      throw Findings(error.diagnostic(hints: byHand(change)))
    }
  }

  /// What of a removal is not there to be removed.
  package static func missing(_ change: ManifestChange, in manifest: Manifest) -> [ManifestItem] {
    guard change.action == .remove else { return [] }
    let set = ManifestSet(manifest, group: change.group)
    return change.items.filter { set?.indices(of: $0).isEmpty ?? true }
  }

  // MARK: Adding

  private static func add(
    _ change: ManifestChange, to manifest: Manifest
  ) throws(ManifestObstacle) -> ManifestEdit {
    let set = ManifestSet(manifest, group: change.group)
    var (added, unchanged): ([ManifestItem], [ManifestEdit.Unchanged]) = ([], [])
    for item in change.items {
      let same = set?.entry(for: item)
      let pattern = change.writtenOut.contains(item) ? nil : set?.pattern(for: item)
      if let entry = same ?? pattern {
        let line = entry.span.start.line
        unchanged.append(ManifestEdit.Unchanged(item: item, line: line, isByPattern: same == nil))
      } else if !added.contains(where: { $0.list == item.list && $0.normalForm == item.normalForm }) {
        added.append(item)
      }
    }
    var text = manifest.source
    var expected: [ManifestList: [String]] = [:]
    for list in ManifestList.allCases {
      let items = added.filter { $0.list == list }
      expected[list] = (set?.normalForms(list) ?? []) + items.map(\.normalForm)
      guard !items.isEmpty else { continue }
      let piece = ManifestPiece(items, of: list, in: change.group)
      text = text.applying(try ManifestInsertion(text).replacements(piece, into: try root(of: text)))
    }
    if !added.isEmpty { try ManifestCheck(manifest, change.group, expected).check(text) }
    return ManifestEdit(text: text, added: added, removed: [], unchanged: unchanged)
  }

  // MARK: Removing

  private static func remove(
    _ change: ManifestChange, from manifest: Manifest
  ) throws(ManifestObstacle) -> ManifestEdit {
    guard let set = ManifestSet(manifest, group: change.group) else {
      return ManifestEdit(text: manifest.source, added: [], removed: [], unchanged: [])
    }
    var text = manifest.source
    var removed: [ManifestItem] = []
    var expected: [ManifestList: [String]] = [:]
    for list in ManifestList.allCases {
      let going = Set(change.items.filter { $0.list == list }.flatMap { set.indices(of: $0) }).sorted()
      removed += going.map { set[list][$0].item }
      var left = set.normalForms(list)
      for index in going.reversed() {
        left.remove(at: index)
        text = text.applying(try removal(of: index, list, change.group, from: text))
      }
      expected[list] = left
    }
    if !removed.isEmpty { try ManifestCheck(manifest, change.group, expected).check(text) }
    return ManifestEdit(text: text, added: [], removed: removed, unchanged: [])
  }

  private static func removal(
    of index: Int, _ list: ManifestList, _ group: String?, from text: SourceText
  ) throws(ManifestObstacle) -> [TextReplacement] {
    let keys = (group.map { ["groups", $0] } ?? []) + [list.rawValue]
    var node = try root(of: text)
    var field: YAMLField?
    for key in keys {
      field = node.fields?.first { $0.name == key }
      if let value = field?.value { node = value }
    }
    guard let field else {
      throw ManifestObstacle(reason: "there is no `\(list.rawValue)`", location: text.location(node.span))
    }
    return try ManifestRemoval(text).replacements(removing: index, of: node, in: field)
  }

  // MARK: Text

  private static func root(of text: SourceText) throws(ManifestObstacle) -> YAMLNode {
    var problems = YAMLProblems(text, ManifestReader.dialect)
    if let root = YAMLReader.read(&problems), problems.areNone { return root }
    throw ManifestObstacle(
      reason: "the result could not be read", location: text.location(SourceSpan(line: 1, column: 1)),
      causes: problems.diagnostics.map(\.message))
  }

  private static func byHand(_ change: ManifestChange) -> [String] {
    change.items.map { item in
      let list = "`\(item.list.rawValue)`" + (change.group.map { " of the group `\($0)`" } ?? "")
      return switch change.action {
      case .add: "write by hand below \(list): `- \(item.inline)`"
      case .remove: "take out of \(list) by hand: `\(item.inline)`"
      }
    }
  }
}

extension SourceText {
  /// The text after some replacements.
  fileprivate func applying(_ replacements: [TextReplacement]) -> SourceText {
    SourceText(name: name, bytes: bytes.applying(replacements))
  }
}
