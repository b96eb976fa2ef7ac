/// A host and its port.
struct ProxyPlace: Sendable {
  /// The host, an IPv6 address without its brackets.
  let host: String

  /// The port.
  let port: Int

  /// Reads `host:port`; nil for anything else.
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65535).contains(port)
    else { return nil }
    let host = text[..<colon]
    self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : String(host)
    self.port = port
  }

  /// Whether the host is this machine.
  var isLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }
}
