/// A lie: one thing that goes wrong in an answer that would have been honest.
///
/// Lies are told by the storage unless said otherwise, and only where they show: one about ranges waits for a
/// range, one about a body for a GET. An answer that refuses (a status of 400 and more) is never changed.
/// A new case needs its two lines in `Fault+Answer.swift`, which the compiler asks for, and nothing else.
public enum Fault: Sendable {
  /// All bits of the content's byte at this offset are inverted; nothing else changes. A range that leaves it
  /// out is honest.
  case flipByte(at: Int)

  /// The connection closes after so many bytes of the body, though Content-Length told of all.
  case cut(after: Int)

  /// The body ends after so many bytes, and Content-Length agrees.
  case cutQuietly(after: Int)

  /// A small HTML page, status 200, in place of the file.
  case errorPage

  /// This status and a short error body, with `Retry-After` if given; of the front, for metadata too.
  case status(Int, retryAfter: String? = nil, on: Origin = .storage)

  /// This status and a short error body for what the front knows of a file; downloads stay honest.
  case statusOfMetadata(Int, retryAfter: String? = nil)

  /// This text, status 200, in place of what the front knows of a file; not to HEAD.
  case metadata(String)

  /// So many more bytes than the file has follow it: under a longer Content-Length, or chunked under none.
  case tooLong(by: Int, isChunked: Bool = false)

  /// Content-Length tells so many bytes more than the body has, after which the connection closes; or fewer when
  /// negative: then all bytes follow, and the connection is kept.
  case wrongLength(by: Int)

  /// The right bytes, chunked, without a Content-Length.
  case chunked

  /// No bytes, rightly told of, under status 200 and the file's tag.
  case emptyBody

  /// The body trickles, in about twenty pieces a second.
  case slow(bytesPerSecond: Int)

  /// Nothing follows after so many bytes of the body; the connection stays open till the client or `stop` ends it.
  case stall(after: Int)

  /// The connection is reset after so many bytes of the body, some of which may be lost on the way.
  case reset(after: Int)

  /// The request is read and never answered; the connection stays open.
  case silence(on: Origin = .storage)

  /// The connection closes without an answer.
  case hangUp(on: Origin = .storage)

  /// The connection is reset without an answer.
  case resetBeforeHead(on: Origin = .storage)

  /// The answer is bytes that are no HTTP; then the connection closes.
  case notHTTP(on: Origin = .storage)

  /// Nothing comes for so long; then the answer is honest.
  case lateHead(after: Duration, on: Origin = .storage)

  /// The front redirects to itself, each time to another address, without end: telling it once is enough.
  case redirectLoop

  /// The front redirects to this `Location`, sent as it is.
  case redirectTo(String)

  /// The front redirects, status 302, but does not tell where to.
  case redirectWithoutLocation

  /// The whole content, status 200, though a range was asked.
  case ignoreRange

  /// Status 206 for a range that was not asked. With nil the whole content from its first byte, rightly labeled
  /// so (appended to a part, it spoils the file); with a header, the right bytes under that `Content-Range`.
  case wrongContentRange(String? = nil)

  /// An entity tag that belongs to no content.
  case wrongETag

  /// The content's entity tag as a weak one: `W/"…"`.
  case weakETag

  /// No entity tag.
  case noETag

  /// The right bytes, which are said to be gzipped.
  case gzipEncoded

  /// The address gives these bytes now, tag and all: the file changed between two requests.
  case replaced(by: ServedVersion)
}
