public import Catalog
internal import Dataset

/// What part of a lock is wanted.
public struct LockSelection: Hashable, Sendable {
  /// Which sets of the manifest.
  public var groups: GroupSelection
  /// Names of maps and atlases, or patterns of them, to be content with; empty for everything in these sets.
  public var patterns: [ItemPattern]

  /// A part; without arguments what a plain `sync` brings: the main set.
  public init(groups: GroupSelection = .main, patterns: [ItemPattern] = []) {
    self.groups = groups
    self.patterns = patterns
  }
}

extension Lockfile {
  /// What of it is wanted.
  package func selecting(_ selection: LockSelection) -> Lockfile {
    func isWanted(_ item: DatasetItem, _ groups: [String]) -> Bool {
      selection.groups.includes(groups)
        && (selection.patterns.isEmpty || selection.patterns.contains { $0.matches(item) })
    }
    var copy = self
    copy.maps = maps.filter { isWanted(.map($0.id), $0.groups) }
    copy.atlases = atlases.filter { isWanted(.atlas($0.id), $0.groups) }
    guard copy.maps.count < maps.count || copy.atlases.count < atlases.count else { return self }
    let items = Set(copy.items)
    copy.files = files.filter { items.contains($0.item) }
    return copy
  }
}
