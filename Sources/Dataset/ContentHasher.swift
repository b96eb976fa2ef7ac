private import Crypto

/// Counts and hashes bytes as they stream past: size, SHA-256, and MD5 where asked for.
///
/// With a SHA-256 to compare against MD5 is wasted time (it halves the speed), so the caller says.
package struct ContentHasher: Sendable {
  private var size: Int64 = 0
  private var sha256 = SHA256()
  private var md5: Insecure.MD5?

  /// A hasher that has seen nothing.
  package init(md5 wantsMD5: Bool) {
    md5 = wantsMD5 ? Insecure.MD5() : nil
  }

  /// Takes the next bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    size += Int64(bytes.count)
    sha256.update(bufferPointer: bytes)
    md5?.update(bufferPointer: bytes)
  }

  /// Bytes seen so far.
  package var count: Int64 { size }

  /// The checksums of everything seen.
  package consuming func finish() -> Checksums {
    let strong = SHA256Digest(bytes: Array(sha256.finalize()))
    let weak = md5.flatMap { MD5Digest(bytes: Array($0.finalize())) }
    guard let strong else { preconditionFailure("a SHA-256 has 32 bytes") }
    return Checksums(size: size, md5: weak, sha256: strong)
  }

  /// A file name that stands for a text of any length and characters: 16 hexadecimal digits.
  package static func fileName(for text: String) -> String { String(sha256(Array(text.utf8)).hex.prefix(16)) }

  /// The SHA-256 of bytes that are in memory already.
  package static func sha256(_ bytes: [UInt8]) -> SHA256Digest {
    var hasher = ContentHasher(md5: false)
    bytes.withUnsafeBytes { hasher.update($0) }
    guard let digest = hasher.finish().sha256 else { preconditionFailure("a SHA-256 is always taken") }
    return digest
  }
}
