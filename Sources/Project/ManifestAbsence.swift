package import Catalog
package import Dataset
package import Diagnostics

/// Why something cannot be removed from a manifest: no entry is written so.
package struct ManifestAbsence {
  private let manifest: Manifest
  private let change: ManifestChange
  private let isSelected: (MapQuery, AnnotationID) -> Bool

  /// - Parameters:
  ///   - change: a removal.
  ///   - isSelected: whether a query finds a map; only who knows the catalogs can tell.
  package init(
    _ manifest: Manifest, _ change: ManifestChange, isSelected: @escaping (MapQuery, AnnotationID) -> Bool
  ) {
    self.manifest = manifest
    self.change = change
    self.isSelected = isSelected
  }

  /// What to tell of all that is missing, each thing once.
  package var diagnostics: [Diagnostic] {
    guard let set = ManifestSet(manifest, group: change.group) else { return [unknownGroup] }
    return ManifestEditor.missing(change, in: manifest).map { diagnostic(for: $0, set) }
  }

  private var file: String { manifest.source.name }

  private var unknownGroup: Diagnostic {
    let name = change.group ?? ""
    let names = manifest.groups.map(\.name)
    let near = Suggestion.nearest(to: name, among: names).map { "did you mean `\($0)`?" }
    let all = names.isEmpty ? "it has no groups" : "there are \(names.map { "`\($0)`" }.joined(separator: ", "))"
    return Diagnostic(.notWanted, "`\(file)` has no group `\(name)`", hints: [near ?? all])
  }

  private func diagnostic(for item: ManifestItem, _ set: ManifestSet) -> Diagnostic {
    let place = change.group.map { "the group `\($0)` of `\(file)`" } ?? "`\(file)`"
    if let entry = set[item.list].first(where: { brings(item, $0.item) }) {
      return Diagnostic(
        .notWanted, "`\(item)` is no entry of \(place); line \(entry.span.start.line) brings it in",
        at: manifest.source.location(entry.span), notes: elsewhere(item),
        hints: ["to leave it out, write a selector with `exclude: [\(item.inline)]`"])
    }
    let near = Suggestion.nearest(to: item.description, among: set[item.list].map(\.item.description))
    return Diagnostic(
      .notWanted, "`\(item)` is no entry of \(place)", notes: elsewhere(item),
      hints: near.map { ["did you mean `\($0)`?"] } ?? [])
  }

  private func brings(_ item: ManifestItem, _ other: ManifestItem) -> Bool {
    guard case .map(let pattern) = item, let id = pattern.id, case .selector(let query, let exclude) = other else {
      return other.covers(item)
    }
    return isSelected(query, id) && !exclude.contains { $0.matches(id) }
  }

  /// The other sets that want it.
  private func elsewhere(_ item: ManifestItem) -> [String] {
    let names: [String?] = manifest.groups.map { $0.name }
    return ([nil] + names).filter { $0 != change.group }.compactMap { name in
      ManifestSet(manifest, group: name)?.entry(for: item).map { entry in
        let set = name.map { "the group `\($0)` wants it (`--group \($0)`)" } ?? "the main set wants it (no `--group`)"
        return "\(set), by line \(entry.span.start.line)"
      }
    }
  }
}
