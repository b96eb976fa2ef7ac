/// How much of an image is read before it is given up: far more than any map has.
package struct ImageLimits: Hashable, Sendable {
  /// Bytes of an image, unpacked.
  package var bytes: Int64 = 4 << 30
  /// Bytes that come out of gzip for one that goes in; the first `denseBytes` do not count.
  package var ratio: Int64 = 200
  /// Images may well be dense: a mask is nearly all zeros.
  package var denseBytes: Int64 = 512 << 20
  /// Bytes that may follow the data of a volume, unpacked.
  package var trailingBytes: Int64 = 1 << 20
  /// Values that are held in memory at once, where all of a volume or a surface are asked for.
  package var heldValues: Int64 = 1 << 28

  /// The usual limits.
  package init() {}

  /// Bytes that so many packed ones may hold.
  func bytes(for packed: Int64) -> Int64 {
    let (product, overflows) = packed.multipliedReportingOverflow(by: ratio)
    return min(bytes, max(denseBytes, overflows ? bytes : product))
  }
}
