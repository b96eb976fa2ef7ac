/// Something that happened in a sync, for whoever shows progress.
package enum SyncEvent: Sendable {
  /// So many files, of so many bytes where sizes are known, will be downloaded.
  case planned(downloads: Int, bytes: Int64)
  /// Something happened on the way of bytes.
  case transfer(TransferEvent)
  /// A file has come to its end.
  case finished(SyncOutcome)
}
