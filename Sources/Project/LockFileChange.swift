/// A file, or the archive of an atlas, that two locks do not have alike.
public struct LockFileChange: Hashable, Sendable {
  /// Where it belongs below the data directory; of an archive its file name.
  public let path: String
  /// Whether it is the archive of an atlas.
  public let isArchive: Bool
  /// As the older lock has it; nil when it was added.
  public let older: LockPin?
  /// As the newer lock has it; nil when it was removed.
  public let newer: LockPin?

  /// What became of it.
  public var kind: LockChange { older == nil ? .added : newer == nil ? .removed : .changed }

  /// Nil if both have it alike.
  init?(_ path: String, isArchive: Bool, from older: LockPin?, to newer: LockPin?) {
    if let older, let newer, older.agrees(with: newer) { return nil }
    self.path = path
    self.isArchive = isArchive
    self.older = older
    self.newer = newer
  }
}
