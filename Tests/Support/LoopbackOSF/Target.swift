/// A request target, taken apart.
struct Target {
  /// The path, still percent-encoded.
  let path: String

  /// The path's parts between slashes, decoded; nil when an escape is broken or not UTF-8.
  let parts: [String]?

  /// The query's members in order, decoded; a member without `=` has an empty value.
  let query: [(name: String, value: String)]

  /// Reads `uri`, the path and query of a request line.
  init(_ uri: String) {
    let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = halves.isEmpty ? "" : String(halves[0])
    let parts = path.split(separator: "/").map { Self.decoded($0) }
    self.parts = parts.contains(nil) ? nil : parts.compactMap { $0 }
    query =
      halves.count < 2
      ? []
      : halves[1].split(separator: "&").map { member in
        let sides = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (Self.decoded(sides[0]) ?? "", sides.count > 1 ? Self.decoded(sides[1]) ?? "" : "")
      }
  }

  /// The first value of that name; nil when the query has none.
  func value(of name: String) -> String? {
    query.first { $0.name == name }?.value
  }

  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
        return nil
      }
      bytes.append(value)
      rest.removeFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}
