internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store

/// What one piece of work has come to before its files have their names.
struct Shipment: Sendable {
  /// A file that is ready to get its name.
  struct Item: Sendable {
    let file: LockedFile
    let prepared: DataFolder.PreparedFile
    /// What holds its bytes, if they came just now and are no copy.
    var intake: ObjectIntake?
    let fate: SyncOutcome.Fate
    let checksums: Checksums
    let warning: Diagnostic?
    let received: Int64
  }

  /// Files that have come to their end already.
  var outcomes: [SyncOutcome]
  /// What was learned of an archive.
  let archive: Checksums?
  /// What the store shall keep, if anything is new.
  var entry: ObjectEntry?
  /// Why the store will not keep it, though the files come.
  var lost: FileError?
  /// Files that are ready.
  var items: [Item] = []

  init(_ outcomes: [SyncOutcome] = [], archive: Checksums? = nil) {
    self.outcomes = outcomes
    self.archive = archive
  }
}
