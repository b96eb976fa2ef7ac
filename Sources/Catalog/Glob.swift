/// A value to match: exact and case-sensitive, but for `*` (any text) and `?` (any character);
/// the word `all` matches everything, as in the Python toolbox.
public struct Glob: Hashable, Sendable {
  /// As written.
  public let text: String

  /// Takes the pattern as written.
  public init(_ text: String) { self.text = text }

  /// Whether it matches one value only, itself.
  public var isLiteral: Bool { text != "all" && !text.utf8.contains { $0 == star || $0 == question } }

  /// Whether a value matches, whole.
  ///
  /// Takes time proportional to both lengths at worst: on a mismatch only the last `*` is widened.
  public func matches(_ value: String) -> Bool {
    if isLiteral { return text == value }
    if text == "all" { return true }
    let (pattern, value) = (Array(text.unicodeScalars), Array(value.unicodeScalars))
    var (p, v) = (0, 0)
    var retry: (p: Int, v: Int)?
    while v < value.count {
      if p < pattern.count, pattern[p] == "*" {
        retry = (p, v)
        p += 1
      } else if p < pattern.count, pattern[p] == "?" || pattern[p] == value[v] {
        p += 1
        v += 1
      } else if let last = retry {
        retry = (last.p, last.v + 1)
        (p, v) = (last.p + 1, last.v + 1)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == "*" }
  }

  private var star: UInt8 { UInt8(ascii: "*") }
  private var question: UInt8 { UInt8(ascii: "?") }
}

extension Glob: CustomStringConvertible {
  /// As written.
  public var description: String { text }
}
