import NIOHTTP1

/// An answer to be sent: honest when made, changed by at most one `Fault` before it leaves.
struct Answer: Sendable {
  /// How the answer ends.
  enum Ending: Sendable {
    /// With its last byte; the connection is kept alive if the client wants it.
    case complete

    /// The connection is closed after so many bytes of the body.
    case close(after: Int)

    /// The connection is reset after so many bytes of the body.
    case reset(after: Int)

    /// Nothing more is sent after so many bytes of the body; the connection stays open.
    case stall(after: Int)
  }

  /// The status.
  var status: Int

  /// The headers, without the framing: see `length`.
  var headers: HTTPHeaders

  /// The body, of a HEAD's answer too (it is not sent then).
  var body: AnswerBody

  /// The Content-Length to tell; nil for a chunked body.
  var length: Int?

  /// How it ends.
  var ending = Ending.complete

  /// Whether there is a status line at all; without it nothing is sent but `bytesInstead`: then the connection
  /// stalls or is reset if `ending` says so, else it closes.
  var hasHead = true

  /// What is sent, as it is, in place of an answer without a head.
  var bytesInstead: [UInt8] = []

  /// How long nothing is sent at first; nil for no time at all.
  var delay: Duration?

  /// How fast the body is sent; nil for as fast as it goes.
  var bytesPerSecond: Int?

  /// An answer with this body, its length told truly.
  init(status: Int, headers: HTTPHeaders = [:], body: AnswerBody) {
    self.status = status
    self.headers = headers
    self.body = body
    length = body.count
  }

  /// An answer with a text in memory.
  static func text(_ text: String, type: String, status: Int = 200, headers: HTTPHeaders = [:]) -> Answer {
    var answer = Answer(status: status, headers: headers, body: AnswerBody(Array(text.utf8)))
    answer.headers.replaceOrAdd(name: "Content-Type", value: type)
    return answer
  }

  /// A JSON answer of the front.
  static func json(_ json: JSON) -> Answer {
    text(json.text, type: "application/json; charset=UTF-8")
  }

  /// A refusal as WaterButler words it.
  static func frontError(_ status: Int, _ message: String, headers: HTTPHeaders = [:]) -> Answer {
    let json = JSON.object([("code", .integer(status)), ("message", .string(message))])
    return text(json.text, type: "application/json; charset=UTF-8", status: status, headers: headers)
  }

  /// A refusal as the storage words it.
  static func storageError(_ status: Int, _ code: String, headers: HTTPHeaders = [:]) -> Answer {
    let xml = "<?xml version='1.0' encoding='UTF-8'?><Error><Code>\(code)</Code></Error>"
    return text(xml, type: "application/xml; charset=UTF-8", status: status, headers: headers)
  }

  /// A redirect with an empty body.
  static func redirect(to location: String) -> Answer {
    Answer(status: 302, headers: ["Location": location], body: AnswerBody([]))
  }

  /// The bytes of `version`, or the range of them that `headers` ask for.
  static func content(_ version: ServedVersion, for headers: HTTPHeaders, etag: String? = nil) -> Answer {
    let etag = etag ?? "\"\(version.md5)\""
    var told: HTTPHeaders = [
      "Content-Type": "application/octet-stream", "ETag": etag, "Accept-Ranges": "bytes",
    ]
    let size = version.size
    switch ByteRange(headers, size: size, etag: etag) {
    case .whole:
      return Answer(status: 200, headers: told, body: AnswerBody(version.content, 0..<size))
    case .part(let range):
      told.add(name: "Content-Range", value: "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)")
      return Answer(status: 206, headers: told, body: AnswerBody(version.content, range))
    case .beyond:
      return storageError(416, "InvalidRange", headers: ["Content-Range": "bytes */\(size)"])
    }
  }
}
