/// Something that happened in a sync, for whoever shows progress.
package enum SyncEvent: Sendable {
  /// So many files, of so many bytes where sizes are known, will be downloaded.
  case planned(downloads: Int, bytes: Int64)
  /// Something happened on the way of bytes.
  case transfer(TransferEvent)
  /// Somebody else writes to the data directory, and is waited for.
  case isBusy(folder: String, holder: String)
  /// A file has come to its end.
  case finished(SyncOutcome)
}
