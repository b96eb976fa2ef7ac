internal import Catalog
internal import Diagnostics
internal import Project

/// What must hold of the edits of a manifest, whatever manifest that is.
enum EditChecks {
  /// Adds to the main set and to groups, takes away again, and takes away some of what was there.
  static func violations(_ manifest: Manifest) -> Violations {
    var violations = Violations()
    for item in items { add(item, nil, to: manifest, &violations) }
    let groups = ["no-group-of-that-name"] + manifest.groups.prefix(1).map(\.name)
    for group in groups { add(items[0], group, to: manifest, &violations) }
    for item in wanted(manifest).prefix(3) { _ = edit(manifest.source, .remove, item, nil, &violations) }
    return violations
  }

  private static let items: [ManifestItem] = [
    .selector(MapQuery([.desc: [Glob("a, b"), Glob("new: x")]]), exclude: []), .atlas(Glob("it's new")),
  ]

  private static func wanted(_ manifest: Manifest) -> [ManifestItem] {
    let maps = manifest.entries.map { entry -> ManifestItem in
      switch entry.form {
      case .tuple(let pattern, _): .map(pattern)
      case .selector(let selector): .selector(selector.query, exclude: selector.exclude.map(\.pattern))
      }
    }
    return maps + manifest.atlases.map { .atlas($0.glob) }
  }

  /// What came is wanted, and all that was; when it has gone again, that alone.
  private static func add(
    _ item: ManifestItem, _ group: String?, to manifest: Manifest, _ violations: inout Violations
  ) {
    guard let text = edit(manifest.source, .add, item, group, &violations) else { return }
    let (old, new) = (manifest.declarations, ManifestReader.readAll(text).0?.declarations ?? [])
    violations.require(Set(new).isSuperset(of: old), "adding takes away: \(shown(text))")
    guard new.count > old.count else { return }
    violations.require(new.count == old.count + 1, "adding one adds more: \(shown(text))")
    guard let back = edit(text, .remove, item, group, &violations) else { return }
    let left = ManifestReader.readAll(back).0?.declarations
    violations.require(left == old, "what came does not go again: \(shown(text)) became \(shown(back))")
  }

  /// The text after an edit, which reads without a word; nil for an edit that is refused, which is told as all is.
  private static func edit(
    _ source: SourceText, _ action: ManifestChange.Action, _ item: ManifestItem, _ group: String?,
    _ violations: inout Violations
  ) -> SourceText? {
    do throws(Findings) {
      let text = try ManifestEditor.edit(source, ManifestChange(action, [item], in: group)).text
      let findings = ManifestReader.readAll(text).1
      violations.require(findings.isEmpty, "an edit is refused: \(findings): \(shown(text))")
      return text
    } catch {
      violations.add(DiagnosticChecks(source).violations(error.diagnostics))
      violations.require(!error.diagnostics.isEmpty, "an edit is refused without a word")
      return nil
    }
  }

  private static func shown(_ text: SourceText) -> String {
    String(decoding: text.bytes, as: UTF8.self).debugDescription
  }
}
