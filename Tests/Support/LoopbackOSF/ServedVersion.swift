/// One version of a file's content, with the digests the caller worked out beforehand.
///
/// The server computes nothing: a digest that does not fit the content is a lie of the caller's choosing.
public struct ServedVersion: Sendable {
  /// The bytes, on disk or in memory.
  public let content: ServedContent

  /// The MD5 of the content, 32 lower-case hex digits.
  public let md5: String

  /// The SHA-256 of the content, 64 lower-case hex digits; the object's name at the storage origin.
  public let sha256: String

  /// The content's length in bytes.
  public let size: Int

  /// Takes the content and what is told of it.
  public init(content: ServedContent, md5: String, sha256: String, size: Int) {
    self.content = content
    self.md5 = md5
    self.sha256 = sha256
    self.size = size
  }

  /// Takes bytes in memory and their digests.
  public init(bytes: [UInt8], md5: String, sha256: String) {
    self.init(content: .bytes(bytes), md5: md5, sha256: sha256, size: bytes.count)
  }
}
