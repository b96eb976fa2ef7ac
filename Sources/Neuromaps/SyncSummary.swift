public import Dataset
public import Project
internal import Store
internal import Sync
internal import SystemPackage

/// What a sync came to.
public struct SyncSummary: Hashable, Sendable {
  /// The lock that the data directory answers now.
  public let lock: Lockfile
  /// The data directory, absolute.
  public let dataDir: String
  /// Files that were downloaded, or unpacked from what was, sorted.
  public let downloaded: [DatasetPath]
  /// Files that came from the store, sorted.
  public let reused: [DatasetPath]
  /// Files that were there, sorted.
  public let unchanged: [DatasetPath]
  /// Restricted files that were left out, sorted.
  public let skipped: [DatasetPath]
  /// Files that were removed, as nobody wants them any more, sorted.
  public let removed: [DatasetPath]
  /// Files of metadata that are in place, sorted.
  public let metadata: [DatasetPath]
  /// Bytes that were downloaded.
  public let bytes: Int64

  init(_ result: SyncResult) {
    func paths(_ fate: SyncOutcome.Fate) -> [DatasetPath] {
      result.outcomes.filter { $0.fate == fate }.map(\.file.path)
    }
    lock = result.lock
    dataDir = result.folder.string
    downloaded = paths(.downloaded)
    reused = paths(.reused)
    unchanged = paths(.unchanged)
    skipped = paths(.skipped)
    removed = result.removed.map(\.path)
    metadata = result.metadata.filter(\.isInPlace).map(\.file.path)
    bytes = result.outcomes.reduce(0) { $0 + $1.received }
  }
}
