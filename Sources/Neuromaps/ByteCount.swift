/// A number of bytes as people say it: `8.1 MB`, in powers of a thousand.
package struct ByteCount: CustomStringConvertible, Sendable {
  private let bytes: Int64

  /// A number of bytes.
  ///
  /// - Parameter bytes: how many.
  package init(_ bytes: Int64) { self.bytes = bytes }

  /// Up to three digits and a unit.
  package var description: String {
    var value = Double(bytes)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 999.5 || unit == "GB" {
        if unit == "bytes" { return "\(bytes) \(bytes == 1 ? "byte" : "bytes")" }
        let tenths = Int64((value * 10).rounded())
        return value < 99.95 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int64(value.rounded())) \(unit)"
      }
      value /= 1000
    }
    return "\(bytes) bytes"
  }
}
