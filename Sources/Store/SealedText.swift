internal import Dataset

/// A small text file that is whole or nothing: its first line tells the format, and the SHA-256 of the
/// rest: `neuromaps-index 1 91c0…7e`.
struct SealedText {
  /// Which format: `neuromaps-index 1`.
  private let format: String

  init(_ format: String) { self.format = format }

  /// The bytes of a file with these lines, each of which ends in a newline.
  func seal(_ lines: String) -> [UInt8] {
    let rest = Array(lines.utf8)
    return Array("\(format) \(ContentHasher.sha256(rest))\n".utf8) + rest
  }

  /// Where the lines begin; nil for anything that is not whole, or of another format.
  func start(of bytes: [UInt8]) -> Int? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    var hasher = ContentHasher(md5: false)
    bytes.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[(end + 1)...])) }
    let digest = hasher.finish().sha256.map { "\($0)" } ?? ""
    return String(decoding: bytes[..<end], as: UTF8.self) == "\(format) \(digest)" ? end + 1 : nil
  }

  /// The fields of each line; nil for anything that is not whole, or of another format.
  func open(_ bytes: [UInt8]) -> [[String]]? {
    guard let start = start(of: bytes) else { return nil }
    return bytes[start...].split(separator: UInt8(ascii: "\n")).map { line in
      line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }
}
