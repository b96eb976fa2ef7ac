/// How much of an archive is read before it is given up: far more than any atlas has.
package struct ArchiveLimits: Hashable, Sendable {
  /// Members, listed or not.
  package var members = 10_000
  /// Bytes that come out, all members together.
  package var bytes: Int64 = 8 << 30
  /// Bytes that come out for one that goes in; the first `denseBytes` do not count.
  package var ratio: Int64 = 200
  /// Small archives may well be dense.
  package var denseBytes: Int64 = 64 << 20

  /// The usual limits.
  package init() {}

  /// Bytes that an archive of `packed` bytes may hold.
  func bytes(for packed: Int64) -> Int64 {
    min(bytes, max(denseBytes, packed.multipliedReportingOverflow(by: ratio).0))
  }
}
