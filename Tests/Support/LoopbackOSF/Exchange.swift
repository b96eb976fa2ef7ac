import NIOHTTP1

/// A request and the honest answer to it.
struct Exchange: Sendable {
  /// What was asked for.
  enum Kind: Sendable {
    /// A file at the front, which redirects.
    case redirect

    /// What the front knows of a file.
    case metadata

    /// Bytes, of the storage or the static folder.
    case content

    /// Anything else: never lied about.
    case other
  }

  /// The origin that was asked.
  let origin: Origin

  /// The request's head.
  let request: HTTPRequestHead

  /// What was asked for.
  let kind: Kind

  /// A file's id, or the path of a static file; empty for the kind `other`.
  let subject: String

  /// The content that is answered with; nil unless the kind is `content`.
  let version: ServedVersion?

  /// The honest answer.
  let answer: Answer

  /// The scheme of the address that was asked: `http` or `https`.
  var scheme = "http"

  /// An exchange about no file.
  init(_ origin: Origin, _ request: HTTPRequestHead, answer: Answer) {
    self.init(origin, request, .other, of: "", answer: answer)
  }

  /// An exchange about a file at the front.
  init(_ origin: Origin, _ request: HTTPRequestHead, _ kind: Kind, of subject: String, answer: Answer) {
    self.origin = origin
    self.request = request
    self.kind = kind
    self.subject = subject
    version = nil
    self.answer = answer
  }

  /// An exchange about a content.
  init(_ origin: Origin, _ request: HTTPRequestHead, contentOf subject: String, _ version: ServedVersion) {
    self.origin = origin
    self.request = request
    kind = .content
    self.subject = subject
    self.version = version
    answer = .content(version, for: request.headers)
  }

  /// The answer to the same request without some headers, or with another content.
  func contentAnswer(of other: ServedVersion? = nil, without names: [String] = []) -> Answer {
    guard let version = other ?? version else { return answer }
    var headers = request.headers
    for name in names { headers.remove(name: name) }
    return .content(version, for: headers)
  }

  /// The address of step `number` of an endless redirect.
  func loop(_ number: Int) -> String {
    "\(scheme)://\(request.headers.first(name: "host") ?? "127.0.0.1")/loop/\(number)"
  }
}
