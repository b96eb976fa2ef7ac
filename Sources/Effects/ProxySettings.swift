/// Which proxy a server is reached through, as the environment says: `HTTPS_PROXY`, `HTTP_PROXY`,
/// `NO_PROXY`, in lower case too, which goes first.
///
/// As in curl and Go: `NO_PROXY` is a list of hosts, with everything below them, `host:port`, blocks such
/// as `10.0.0.0/8`, or `*`. This machine is never reached through a proxy.
package struct ProxySettings: Hashable, Sendable {
  /// A proxy that is asked to CONNECT.
  package struct Proxy: Hashable, Sendable {
    /// Its name or number.
    package let host: String
    /// Its port.
    package let port: Int
    /// What it wants to know, if anything; never to be shown.
    package let credentials: Credentials?
  }

  /// A user's name and password.
  package struct Credentials: Hashable, Sendable {
    /// The name.
    package let user: String
    /// The password.
    package let password: String
  }

  private struct Variable: Hashable {
    let name: String
    let value: String
  }

  private let secure: Variable?
  private let plain: Variable?
  private let exceptions: [String]

  /// What an environment says.
  package init(_ environment: Environment) {
    func variable(_ name: String) -> Variable? {
      for name in [name.lowercased(), name] {
        if let value = environment[name] { return Variable(name: name, value: value) }
      }
      return nil
    }
    secure = variable("HTTPS_PROXY")
    plain = variable("HTTP_PROXY")
    exceptions = (variable("NO_PROXY")?.value ?? "").split { $0 == "," || $0 == " " }.map { $0.lowercased() }
  }

  /// The proxy for a server; nil for none. Throws `misconfigured` for one that cannot be used.
  package func proxy(for server: WebAddress.Server) throws(TransportFailure) -> Proxy? {
    guard let variable = server.scheme == "https" ? secure : plain else { return nil }
    guard !server.isLoopback, !exceptions.contains(where: { Self.covers($0, server) }) else { return nil }
    return try Self.proxy(variable)
  }

  private static func proxy(_ variable: Variable) throws(TransportFailure) -> Proxy {
    var rest = variable.value[...]
    if let colon = rest.firstIndex(of: ":"), rest[colon...].hasPrefix("://") {
      guard rest[..<colon].lowercased() == "http" else {
        throw .misconfigured(variable: variable.name, "only proxies that begin with `http://` can be used")
      }
      rest = rest[colon...].dropFirst(3)
    }
    rest = rest.prefix { $0 != "/" }
    var credentials: Credentials?
    if let sign = rest.lastIndex(of: "@") {
      let parts = rest[..<sign].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let user = PercentEncoding.decoded(parts[0]),
        let password = PercentEncoding.decoded(parts.dropFirst().first ?? "")
      else { throw .misconfigured(variable: variable.name, "its user or password is not percent-encoded rightly") }
      credentials = Credentials(user: user, password: password)
      rest = rest[rest.index(after: sign)...]
    }
    guard let server = WebAddress("http://\(rest)")?.server else {
      throw .misconfigured(variable: variable.name, "it is no address of a proxy; write it as `http://host:port`")
    }
    return Proxy(host: server.bareHost, port: server.port, credentials: credentials)
  }

  /// Whether an item of `NO_PROXY` speaks of a server.
  private static func covers(_ item: String, _ server: WebAddress.Server) -> Bool {
    if item == "*" { return true }
    if let block = AddressBlock(item) { return block.contains(server.host) }
    var name = item[...]
    if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]"), let port = Int(name[name.index(after: colon)...]) {
      guard port == server.port else { return false }
      name = name[..<colon]
    }
    name = name.drop { $0 == "." || $0 == "*" }
    return server.host == name || server.host.hasSuffix(".\(name)")
  }
}

/// A block of IPv4 addresses: `10.0.0.0/8`.
private struct AddressBlock {
  private let first: UInt32
  private let mask: UInt32

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let bits = UInt32(parts[1]), bits <= 32, let address = Self.number(parts[0]) else {
      return nil
    }
    mask = bits == 0 ? 0 : UInt32.max << (32 - bits)
    first = address & mask
  }

  func contains(_ host: String) -> Bool { Self.number(host).map { $0 & mask == first } ?? false }

  private static func number(_ text: some StringProtocol) -> UInt32? {
    let bytes = text.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
    guard bytes.count == 4 else { return nil }
    return bytes.reduce(0 as UInt32?) { number, byte in
      guard let number, let byte else { return nil }
      return number << 8 | UInt32(byte)
    }
  }
}
