import Dataset
import Diagnostics
import LoopbackOSF
import TestWorld

/// One thing that goes wrong on the way of a file, and what must come of it.
struct FaultCase: Sendable, CustomStringConvertible {
  /// How a sync ends.
  enum End: Sendable {
    /// With the right bytes, exit 0.
    case right
    /// With this error, exit 1, and nothing in the file's place.
    case fails(DiagnosticCode)
  }

  let name: String
  let lies: [(fault: Fault, times: Int?)]
  let end: End
  /// How many requests the file takes in all: to the front, and to the storage.
  let requests: (front: Int, storage: Int)
  /// The shortest time that is waited in all.
  var waits = Duration.zero
  /// Whether a part is kept for the next run.
  var keepsPart = false
  /// Whether a connection may turn out to be spoilt, which takes another request.
  var mayTakeOneMore = false
  /// Whether the storage is asked for the rest, and not for the whole again.
  var resumes = false

  var description: String { name }

  init(
    _ name: String, _ fault: Fault, times: Int? = nil, also others: [(Fault, Int?)] = [], _ end: End,
    _ front: Int, _ storage: Int, waits: Duration = .zero, keepsPart: Bool = false, resumes: Bool = false,
    mayTakeOneMore: Bool = false
  ) {
    self.name = name
    lies = [(fault, times)] + others.map { (fault: $0.0, times: $0.1) }
    self.end = end
    requests = (front, storage)
    self.waits = waits
    self.keepsPart = keepsPart
    self.resumes = resumes
    self.mayTakeOneMore = mayTakeOneMore
  }

  static let all = statuses + bodies + ranges + connections + redirects

  /// What the front or the storage answers instead.
  private static let statuses: [FaultCase] = [
    FaultCase("front says 400", .status(400, on: .front), .fails(.serverRefused), 1, 0),
    FaultCase("front says 401 of an open file", .status(401, on: .front), .fails(.serverRefused), 1, 0),
    FaultCase("front says 403", .status(403, on: .front), .fails(.serverRefused), 1, 0),
    FaultCase("front says 404", .status(404, on: .front), .fails(.serverRefused), 1, 0),
    FaultCase("front says 410", .status(410, on: .front), .fails(.serverRefused), 1, 0),
    FaultCase("front says 408 for ever", .status(408, on: .front), .fails(.serverRefused), 5, 0),
    FaultCase("front says 408 once", .status(408, on: .front), times: 1, .right, 2, 1),
    FaultCase("front says 425 once", .status(425, on: .front), times: 1, .right, 2, 1),
    FaultCase("front says 429 once", .status(429, on: .front), times: 1, .right, 2, 1),
    FaultCase(
      "front says 429 with seconds", .status(429, retryAfter: "7", on: .front), times: 1, .right, 2, 1,
      waits: .seconds(7)),
    FaultCase(
      "front says 429 with a date", .status(429, retryAfter: "Sun, 06 Nov 1994 08:50:07 GMT", on: .front), times: 1,
      .right, 2, 1, waits: .seconds(30)),
    FaultCase(
      "front says 429 with an hour", .status(429, retryAfter: "3600", on: .front), .fails(.serverRefused), 1, 0),
    FaultCase(
      "front says 429 with nonsense", .status(429, retryAfter: "soon", on: .front), times: 1, .right, 2, 1),
    FaultCase("front says 429 for ever", .status(429, on: .front), .fails(.serverRefused), 5, 0),
    FaultCase("front says 500 once", .status(500, on: .front), times: 1, .right, 2, 1),
    FaultCase("front says 502 for ever", .status(502, on: .front), .fails(.serverRefused), 5, 0),
    FaultCase(
      "front says 503 twice, with seconds", .status(503, retryAfter: "2", on: .front), times: 2, .right, 3, 1,
      waits: .seconds(4)),
    FaultCase("front says 504 four times", .status(504, on: .front), times: 4, .right, 5, 1),
    FaultCase("storage says 400 once", .status(400), times: 1, .right, 2, 2),
    FaultCase("storage says 401", .status(401), .fails(.serverRefused), 1, 1),
    FaultCase("storage says 403 for ever", .status(403), .fails(.serverRefused), 3, 3),
    FaultCase("storage says 404 once", .status(404), times: 1, .right, 2, 2),
    FaultCase("storage says 410", .status(410), .fails(.serverRefused), 1, 1),
    FaultCase("storage says 416 to a whole", .status(416), .fails(.serverRefused), 5, 5),
    FaultCase("storage says 500 for ever", .status(500), .fails(.serverRefused), 5, 5),
    FaultCase(
      "storage says 503 once, with seconds", .status(503, retryAfter: "3"), times: 1, .right, 2, 2,
      waits: .seconds(3)),
  ]

  /// What is wrong with a body.
  private static let bodies: [FaultCase] = [
    FaultCase("body is cut once", .cut(after: 5000), times: 1, .right, 2, 2, resumes: true),
    FaultCase("body is cut three times", .cut(after: 6000), times: 3, .right, 4, 4, resumes: true),
    FaultCase("body is cut at once, for ever", .cut(after: 0), .fails(.unreachable), 5, 5),
    FaultCase(
      "body is cut early, for ever", .cut(after: 100), .fails(.unreachable), 5, 5, keepsPart: true, resumes: true),
    FaultCase("body is short, and says so, once", .cutQuietly(after: 5000), times: 1, .right, 2, 2),
    FaultCase("body is short, and says so, for ever", .cutQuietly(after: 5000), .fails(.wrongLength), 5, 5),
    FaultCase("body is empty once", .emptyBody, times: 1, .right, 2, 2),
    FaultCase("body is empty for ever", .emptyBody, .fails(.wrongLength), 5, 5),
    FaultCase("a byte is wrong once", .flipByte(at: 10_000), times: 1, .right, 2, 2),
    FaultCase("a byte is wrong for ever", .flipByte(at: 10_000), .fails(.wrongBytes), 2, 2),
    FaultCase("a page comes once", .errorPage, times: 1, .right, 2, 2),
    FaultCase("a page comes for ever", .errorPage, .fails(.wrongBytes), 2, 2),
    FaultCase("body is long, and says so", .tooLong(by: 100), .fails(.wrongLength), 2, 2),
    FaultCase("body is long, and does not say so", .tooLong(by: 1 << 20, isChunked: true), .fails(.wrongLength), 2, 2),
    FaultCase("length is told too large", .wrongLength(by: 10), times: 1, .right, 2, 2),
    FaultCase("length is told too small", .wrongLength(by: -10), times: 1, .right, 2, 2, mayTakeOneMore: true),
    FaultCase(
      "another file comes once", .replaced(by: FaultScene.bystander.served.versions[0]), times: 1, .right, 2, 2),
    FaultCase(
      "another file comes for ever", .replaced(by: FaultScene.bystander.served.versions[0]), .fails(.wrongLength), 5, 5),
    FaultCase("right bytes, chunked", .chunked, .right, 1, 1),
    FaultCase("right bytes that are said to be packed", .gzipEncoded, .right, 1, 1),
    FaultCase("body is slow", .slow(bytesPerSecond: 40_000), .right, 1, 1),
  ]

  /// What is wrong with the rest of a file after it was cut.
  private static let ranges: [FaultCase] = [
    FaultCase(
      "cut, then the range is ignored", .cut(after: 5000), times: 1, also: [(.ignoreRange, nil)], .right, 2, 2,
      resumes: true),
    FaultCase(
      "cut, then 206 with the whole", .cut(after: 5000), times: 1, also: [(.wrongContentRange(nil), nil)], .right, 3, 3,
      resumes: true),
    FaultCase(
      "cut, then 206 of another place", .cut(after: 5000), times: 1,
      also: [(.wrongContentRange("bytes 6000-19999/20000"), nil)], .right, 3, 3, resumes: true),
    FaultCase(
      "cut, then 206 of another size", .cut(after: 5000), times: 1,
      also: [(.wrongContentRange("bytes 5000-29999/30000"), nil)], .right, 3, 3, resumes: true),
    FaultCase(
      "cut, then 206 with nonsense", .cut(after: 5000), times: 1, also: [(.wrongContentRange("bytes 5000-"), nil)],
      .right, 3, 3, resumes: true),
    FaultCase(
      "cut, then another tag", .cut(after: 5000), times: 1, also: [(.wrongETag, 1)], .right, 3, 3, resumes: true),
    FaultCase(
      "cut, and the tag was weak", .weakETag, times: 1, also: [(.cut(after: 5000), 1)], .right, 1, 1),
    FaultCase(
      "cut, then changed", .cut(after: 5000), times: 1,
      also: [(.replaced(by: FaultScene.bystander.served.versions[0]), 1)], .right, 3, 3, resumes: true),
    FaultCase(
      "a wrong byte, then cut, then the rest", .flipByte(at: 100), times: 1, also: [(.cut(after: 5000), 1)], .right,
      3, 3, resumes: true),
    FaultCase(
      "cut, then a page, then the rest", .cut(after: 5000), times: 1, also: [(.errorPage, 1)], .right, 3, 3,
      resumes: true),
    FaultCase(
      "cut, then pages for ever", .cut(after: 5000), times: 1, also: [(.errorPage, nil)], .fails(.wrongBytes), 3, 3,
      keepsPart: true, resumes: true),
    FaultCase(
      "cut, then 503, then the rest", .cut(after: 5000), times: 1, also: [(.status(503), 1)], .right, 3, 3,
      resumes: true),
  ]

  /// What becomes of connections.
  private static let connections: [FaultCase] = [
    FaultCase("storage stalls once", .stall(after: 5000), times: 1, .right, 2, 2, resumes: true),
    FaultCase(
      "storage stalls for ever", .stall(after: 1000), .fails(.unreachable), 5, 5, keepsPart: true, resumes: true),
    FaultCase("storage is silent once", .silence(), times: 1, .right, 2, 2),
    FaultCase("front is silent once", .silence(on: .front), times: 1, .right, 2, 1),
    FaultCase("front is silent for ever", .silence(on: .front), .fails(.unreachable), 5, 0),
    FaultCase("storage hangs up once", .hangUp(), times: 1, .right, 2, 2),
    FaultCase("front hangs up for ever", .hangUp(on: .front), .fails(.unreachable), 5, 0),
    FaultCase("storage resets before it answers", .resetBeforeHead(), times: 1, .right, 2, 2),
    FaultCase("front resets before it answers", .resetBeforeHead(on: .front), times: 1, .right, 2, 1),
    FaultCase("storage speaks no HTTP once", .notHTTP(), times: 1, .right, 2, 2),
    FaultCase("front speaks no HTTP for ever", .notHTTP(on: .front), .fails(.unreachable), 5, 0),
    FaultCase("storage is late", .lateHead(after: .milliseconds(200)), .right, 1, 1),
  ]

  /// Where redirects lead.
  private static let redirects: [FaultCase] = [
    FaultCase("redirects without end", .redirectLoop, .fails(.redirectRefused), 11, 0),
    FaultCase("redirect to no address", .redirectTo("nonsense://x"), .fails(.redirectRefused), 1, 0),
    FaultCase("redirect with a password", .redirectTo("http://u:p@127.0.0.1/"), .fails(.redirectRefused), 1, 0),
    FaultCase("redirect to nowhere", .redirectWithoutLocation, .fails(.redirectRefused), 1, 0),
    FaultCase(
      "redirect to where nobody listens", .redirectTo("http://127.0.0.1:1/x"), .fails(.unreachable), 5, 0),
    FaultCase("redirect to where nobody listens, once", .redirectTo("http://127.0.0.1:1/x"), times: 1, .right, 2, 1),
  ]
}
