/// Where the bytes of a file come from.
public enum Origin: Hashable, Sendable {
  /// A file on OSF.
  case osf(OSFFile)
  /// An `https:`, `http:` or `file:` address.
  case url(String)
  /// A path relative to the file that names it: the catalog, or the lock.
  case relative(String)

  /// Reads an address or a relative path; nil for another scheme, an absolute path, white space,
  /// or an address that carries a user's name or password.
  public init?(url text: String) {
    guard !text.isEmpty, text.utf8.count <= 2048 else { return nil }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else { return nil }
    // By scalars: to Swift a sign with a combining mark behind it is another sign.
    let scalars = text.unicodeScalars
    guard let colon = scalars.firstIndex(of: ":"), !scalars[..<colon].contains("/") else {
      guard scalars.first != "/" else { return nil }
      self = .relative(text)
      return
    }
    let rest = scalars[scalars.index(after: colon)...]
    guard rest.starts(with: "//".unicodeScalars) else { return nil }
    let host = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    switch String(scalars[..<colon]) {
    case "https", "http":
      guard !host.isEmpty, !host.contains("@") else { return nil }
    case "file":
      guard host.isEmpty || host.elementsEqual("localhost".unicodeScalars),
        rest.dropFirst(2 + host.count).first == "/"
      else { return nil }
    default: return nil
    }
    self = .url(text)
  }

  /// The text, if it is an address and no relative path.
  package static func address(_ text: String) -> String? {
    if case .url(let url) = Origin(url: text) { url } else { nil }
  }

  /// A relative origin seen from another folder, `folder` being where the file that names it is: a
  /// path or an address. `..` is resolved by its text and never climbs above an address's host.
  /// Other origins stay as they are.
  package func moved(into folder: String) -> Origin {
    guard case .relative(let path) = self, !folder.isEmpty else { return self }
    let (base, start) = Self.baseAndPath(folder)
    var parts: [Substring] = []
    let escaped = folder.hasPrefix("/") || base == nil ? Self.escaped(start) : String(start)
    for part in "\(escaped)/\(path)".split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
        continue
      }
      if part == "..", base != nil { continue }
      parts.append(part)
    }
    let joined = parts.joined(separator: "/")
    return base.map { .url("\($0)/\(joined)") } ?? .relative(joined)
  }

  /// This file on OSF in the version that has these bytes; nil if that has others, or it is no file on OSF.
  package func pinned(to version: OSFVersion, of checksums: Checksums) -> Origin? {
    guard case .osf(let file) = self, version.checksums.agrees(with: checksums) else { return nil }
    return OSFFile(project: file.project, file: file.file, version: version.number).map(Origin.osf)
  }

  /// Where the same bytes are now; a version that is pinned on OSF stays.
  package func following(_ present: Origin) -> Origin {
    if case .osf(let own) = self, case .osf(let other) = present, own.text == other.text { return self }
    return present
  }

  /// A path as part of an address: what an address cannot hold, percent-encoded.
  package static func escaped(_ path: some StringProtocol) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    return String(
      decoding: path.utf8.flatMap { byte -> [UInt8] in
        let isSpecial = byte <= 0x20 || byte == 0x7f || "%?#:\\".utf8.contains(byte)
        return isSpecial ? [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]] : [byte]
      }, as: UTF8.self)
  }

  /// The scheme and host of an address, `file://` of an absolute path, nothing of a relative one; and
  /// what follows.
  private static func baseAndPath(_ folder: String) -> (String?, Substring) {
    if folder.hasPrefix("/") { return ("file://", folder[...]) }
    guard let colon = folder.firstIndex(of: ":"), folder[colon...].hasPrefix("://") else { return (nil, folder[...]) }
    let host = folder[colon...].dropFirst(3)
    let path = host.firstIndex(of: "/") ?? folder.endIndex
    return (String(folder[..<path]), folder[path...])
  }
}

extension Origin: CustomStringConvertible {
  /// As in a message: `osf.io/4mw3a`, an address without its query, a path.
  public var description: String {
    switch self {
    case .osf(let file): "OSF \(file.text)"
    case .url(let text): String(text.prefix { $0 != "?" })
    case .relative(let path): path
    }
  }
}
