/// Something that happened in a sync, for whoever shows progress.
package enum SyncEvent: Sendable {
  /// So many files, of so many bytes where sizes are known, will be downloaded.
  case planned(downloads: Int, bytes: Int64)
  /// More bytes have come; fewer, when a try is given up.
  case received(Int64)
  /// A file has come to its end.
  case finished(SyncOutcome)
}
