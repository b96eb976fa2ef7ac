public import Dataset

/// What a lock has that another has not, or has otherwise.
public struct LockDifference: Hashable, Sendable {
  /// Every map and atlas of which anything is to be told, sorted.
  public let items: [LockItemChange]
  /// The catalogs that both locks name, in different states, sorted by name.
  public let catalogs: [LockCatalogChange]
  /// What became of what the lock knows of its maps, as a whole; nil where both locks know it alike, or there is only
  /// one lock.
  public let metadata: LockChange?

  /// Compares; without an older lock everything is added, without a newer one removed.
  public init(from older: Lockfile?, to newer: Lockfile?) {
    let (before, after) = (LockContents(older), LockContents(newer))
    items = Set(before.entries.keys).union(after.entries.keys).sorted().compactMap { item in
      LockItemChange(item, from: before, to: after)
    }
    catalogs = after.catalogs.values.sorted { precedes($0.name, $1.name) }.compactMap { catalog in
      guard let earlier = before.catalogs[catalog.name], earlier != catalog else { return nil }
      // That something is said of it now is told of the lock, once.
      if before.metadata == nil || after.metadata == nil, earlier.isState(of: catalog) { return nil }
      return LockCatalogChange(older: earlier, newer: catalog)
    }
    switch (before.metadata, after.metadata) {
    case (nil, _?): metadata = older == nil ? nil : .added
    case (_?, nil): metadata = newer == nil ? nil : .removed
    case (let a, let b): metadata = a == b ? nil : .changed
    }
  }

  /// Only in the newer lock, sorted.
  public var added: [DatasetItem] { only(.added).map(\.item) }

  /// Only in the older lock, sorted.
  public var removed: [DatasetItem] { only(.removed).map(\.item) }

  /// In both, with other bytes, origins or files, sorted. Checksums that were merely learned do not count.
  public var changed: [DatasetItem] { only(.changed).filter { !$0.files.isEmpty }.map(\.item) }

  /// In both, with the same files, but with another license, catalog or group, restricted or described otherwise,
  /// sorted.
  public var amended: [DatasetItem] { only(.changed).filter(\.files.isEmpty).map(\.item) }

  /// Whether the locks hold the same alike.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// Whether there is anything to tell: also of licenses, groups, catalogs and what is known of the maps.
  public var hasNews: Bool { !items.isEmpty || !catalogs.isEmpty || metadata != nil }

  /// Those maps and atlases of which that is to be told, sorted.
  public func only(_ kind: LockChange) -> [LockItemChange] { items.filter { $0.kind == kind } }
}
