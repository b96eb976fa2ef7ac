/// An `https:` or `http:` address in the parts that matter for following redirects safely.
package struct WebAddress: Hashable, Sendable {
  /// Who is spoken to: an address with the same three is the same server.
  package struct Server: Hashable, Sendable {
    /// `https` or `http`.
    package let scheme: String
    /// Lower-case; a literal IPv6 address within brackets.
    package let host: String
    /// As given, or the scheme's own.
    package let port: Int

    /// The host without the brackets of a literal IPv6 address.
    package var bareHost: String { host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host }

    /// Whether packets to it stay on this machine.
    package var isLoopback: Bool {
      host == "localhost" || host == "[::1]"
        || host.hasPrefix("127.") && host.split(separator: ".").count == 4
          && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
  }

  /// Who is spoken to.
  package let server: Server
  /// Path and query, from the first slash; no fragment.
  private let target: String

  /// Nil for anything but an absolute web address without user and password.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else { return nil }
    let scheme = text[..<colon].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else { return nil }
    let rest = text[colon...].dropFirst(3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@"), let (host, port) = Self.hostAndPort(authority) else { return nil }
    server = Server(scheme: scheme, host: host.lowercased(), port: port ?? (scheme == "https" ? 443 : 80))
    let path = rest[authority.endIndex...].prefix { $0 != "#" }
    target = path.hasPrefix("/") ? String(path) : "/\(path)"
  }

  /// Where a `Location` header of an answer from here leads; nil if it is no web address.
  package func redirected(to location: String) -> WebAddress? {
    if location.hasPrefix("//") { return WebAddress("\(server.scheme):\(location)") }
    if location.hasPrefix("/") { return WebAddress("\(server)\(location)") }
    if location.contains(":") { return WebAddress(location) }
    let path = target.prefix { $0 != "?" }
    let folder = path[...(path.lastIndex(of: "/") ?? path.startIndex)]
    return WebAddress("\(server)\(folder)\(location)")
  }

  /// The whole address, secrets in its query included: for a request, never for a person.
  package var text: String { "\(server)\(target)" }

  private static func hostAndPort(_ authority: Substring) -> (Substring, Int?)? {
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      let port = authority[authority.index(after: end)...]
      if port.isEmpty { return (authority, nil) }
      guard port.hasPrefix(":"), let number = Self.port(port.dropFirst()) else { return nil }
      return (authority[...end], number)
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
    guard parts.count == 2 else { return (host, nil) }
    guard let number = port(parts[1]) else { return nil }
    return (host, number)
  }

  private static func port(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
    return UInt16(text).map(Int.init)
  }
}

extension WebAddress: CustomStringConvertible {
  /// Without the query, which may hold a signature.
  package var description: String { "\(server)\(target.prefix { $0 != "?" })" }
}

extension WebAddress.Server: CustomStringConvertible {
  /// The address of its top, without a slash at the end; the port only if it is not the usual one.
  package var description: String {
    let isUsual = port == (scheme == "https" ? 443 : 80)
    return isUsual ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
  }
}
