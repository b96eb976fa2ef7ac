/// What a client asked of the proxy itself, and how it was answered.
public struct ProxyRequest: Sendable, Hashable {
  /// The method; only `CONNECT` is understood.
  public let method: String

  /// What was asked for as sent, such as `files.osf.io:443`.
  public let target: String

  /// The value of `Proxy-Authorization`, nil when there was none.
  public let authorization: String?

  /// The status answered: 200 for a tunnel; 0 for no answer, or one that is no HTTP.
  public internal(set) var status = 0

  /// Reads the head of a request; nil for what is no HTTP.
  init?(head: some Collection<UInt8>) {
    let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ") ?? []
    guard words.count == 3, words[2].hasPrefix("HTTP/1.") else { return nil }
    method = String(words[0])
    target = String(words[1])
    let fields = lines.dropFirst().map { $0.split(separator: ":", maxSplits: 1) }
    let field = fields.first { $0.count == 2 && $0[0].lowercased() == "proxy-authorization" }
    authorization = field.map { String($0[1].drop { $0 == " " }) }
  }
}
