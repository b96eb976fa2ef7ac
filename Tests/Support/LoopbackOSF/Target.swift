import Effects

/// A request target, taken apart.
struct Target {
  /// The path, still percent-encoded.
  let path: String

  /// The path's parts between slashes, decoded; nil when an escape is broken, a NUL or not UTF-8.
  let parts: [String]?

  /// The query's members in order, decoded; a member without `=` has an empty value.
  let query: [(name: String, value: String)]

  /// Reads `uri`, the path and query of a request line.
  init(_ uri: String) {
    let halves = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    path = halves.isEmpty ? "" : String(halves[0])
    let parts = path.split(separator: "/").map { PercentEncoding.decoded($0) }
    self.parts = parts.contains(nil) ? nil : parts.compactMap { $0 }
    query =
      halves.count < 2
      ? []
      : halves[1].split(separator: "&").map { member in
        let sides = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (PercentEncoding.decoded(sides[0]) ?? "", sides.count > 1 ? PercentEncoding.decoded(sides[1]) ?? "" : "")
      }
  }

  /// The first value of that name; nil when the query has none.
  func value(of name: String) -> String? {
    query.first { $0.name == name }?.value
  }
}
