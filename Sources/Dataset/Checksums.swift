/// Everything known of a file's bytes: any of size, MD5 and SHA-256, at least one digest.
public struct Checksums: Hashable, Sendable {
  /// Bytes, where known.
  public let size: Int64?
  /// Where known.
  public let md5: MD5Digest?
  /// Where known.
  public let sha256: SHA256Digest?

  /// Nil without a digest: a size alone binds nothing.
  public init?(size: Int64? = nil, md5: MD5Digest? = nil, sha256: SHA256Digest? = nil) {
    guard md5 != nil || sha256 != nil else { return nil }
    self.size = size
    self.md5 = md5
    self.sha256 = sha256
  }

  /// What hashing a whole file gave.
  package init(size: Int64, md5: MD5Digest?, sha256: SHA256Digest) {
    self.size = size
    self.md5 = md5
    self.sha256 = sha256
  }

  /// Whether both can be of one file: they share a digest, and nothing that both know differs.
  ///
  /// A shared SHA-256 decides alone about MD5 that one side lacks; sharing nothing is no match.
  public func agrees(with other: Checksums) -> Bool {
    var sharesDigest = false
    if let a = sha256, let b = other.sha256 {
      guard a == b else { return false }
      sharesDigest = true
    }
    if let a = md5, let b = other.md5 {
      guard a == b else { return false }
      sharesDigest = true
    }
    if let a = size, let b = other.size, a != b { return false }
    return sharesDigest
  }

  /// This with what only `other` knows; call it on values that agree.
  package func completed(by other: Checksums) -> Checksums {
    Checksums(size: size ?? other.size, md5: md5 ?? other.md5, sha256: sha256 ?? other.sha256) ?? self
  }

  /// Whether nothing is left to learn from the bytes that a lock holds: size and SHA-256.
  package var isComplete: Bool { size != nil && sha256 != nil }
}

extension Checksums {
  /// As `description`, but with the digest that `other` is known by, so that a person can compare.
  package func described(like other: Checksums) -> String {
    other.sha256 == nil && md5 != nil ? (Checksums(size: size, md5: md5)?.description ?? description) : description
  }
}

extension Checksums: CustomStringConvertible {
  /// The strongest digest and the size, short enough for a sentence.
  public var description: String {
    let digest = sha256.map { "sha256:\($0)" } ?? md5.map { "md5:\($0)" } ?? "no digest"
    return size.map { "\(digest), \($0) bytes" } ?? digest
  }
}
