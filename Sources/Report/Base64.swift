/// Bytes as text of 64 characters, with `=` at the end (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Adds the text of `bytes` to `output`.
  static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
    output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let second = start + 1 < bytes.count ? Int(bytes[start + 1]) : 0
      let third = start + 2 < bytes.count ? Int(bytes[start + 2]) : 0
      let group = Int(bytes[start]) << 16 | second << 8 | third
      output.append(alphabet[group >> 18])
      output.append(alphabet[group >> 12 & 63])
      output.append(start + 1 < bytes.count ? alphabet[group >> 6 & 63] : UInt8(ascii: "="))
      output.append(start + 2 < bytes.count ? alphabet[group & 63] : UInt8(ascii: "="))
    }
  }

  /// The text of `bytes`.
  static func text(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    append(bytes, to: &output)
    return String(decoding: output, as: UTF8.self)
  }
}
