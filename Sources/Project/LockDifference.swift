public import Dataset

/// Which maps a lock has that another has not, or has otherwise.
public struct LockDifference: Hashable, Sendable {
  /// Only in the newer lock, sorted.
  public let added: [AnnotationID]
  /// Only in the older lock, sorted.
  public let removed: [AnnotationID]
  /// In both, with other bytes, origins or files, sorted. Checksums that were merely learned do not count.
  public let changed: [AnnotationID]

  /// Compares; without an older lock everything is added.
  public init(from older: Lockfile?, to newer: Lockfile) {
    let (before, after) = (Self.filesByMap(older), Self.filesByMap(newer))
    added = after.keys.filter { before[$0] == nil }.sorted()
    removed = before.keys.filter { after[$0] == nil }.sorted()
    changed = after.keys.filter { id in before[id].map { Self.differ($0, after[id] ?? []) } ?? false }.sorted()
  }

  /// Whether the locks hold the same maps alike.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  private static func filesByMap(_ lock: Lockfile?) -> [AnnotationID: [LockedFile]] {
    Dictionary(grouping: lock?.files ?? [], by: \.map)
  }

  private static func differ(_ a: [LockedFile], _ b: [LockedFile]) -> Bool {
    a.count != b.count
      || zip(a, b).contains { $0.path != $1.path || $0.origin != $1.origin || !$0.checksums.agrees(with: $1.checksums) }
  }
}
