public import Dataset

/// A map or an atlas that two locks do not have alike.
public struct LockItemChange: Hashable, Sendable {
  /// Which it is.
  public let item: DatasetItem
  /// As the older lock has it; nil when it was added.
  public let older: LockedItem?
  /// As the newer lock has it; nil when it was removed.
  public let newer: LockedItem?
  /// Its files that were added, removed or changed: an archive first, then by path. None where only what is said of
  /// it as a whole has changed.
  public let files: [LockFileChange]
  /// The papers that it cites in both locks, and that are not described alike, sorted by key.
  public let references: [LockReferenceChange]

  /// What became of it.
  public var kind: LockChange { older == nil ? .added : newer == nil ? .removed : .changed }

  /// Nil if both have it alike.
  init?(_ item: DatasetItem, from older: LockContents, to newer: LockContents) {
    let (before, after) = (older.entries[item], newer.entries[item])
    let archives = Set([before?.archive, after?.archive].compactMap { $0 })
    let paths = Set((before?.pins ?? [:]).keys).union((after?.pins ?? [:]).keys)
    let ordered = archives.sorted(by: precedes) + paths.subtracting(archives).sorted(by: precedes)
    let files = ordered.compactMap { path in
      LockFileChange(
        path, isArchive: archives.contains(path), from: before?.pins[path], to: after?.pins[path])
    }
    let references = older.changedPapers(of: item, to: newer)
    if let before, let after, files.isEmpty, references.isEmpty, before.isDescribed(like: after) { return nil }
    self.item = item
    self.older = before?.about
    self.newer = after?.about
    self.files = files
    self.references = references
  }
}
