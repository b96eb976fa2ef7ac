/// A stretch of a text, from a position up to, not including, another.
public struct SourceSpan: Hashable, Sendable {
  /// Where it begins.
  public let start: SourcePosition
  /// The position after its last character.
  public let end: SourcePosition

  /// A span.
  public init(_ start: SourcePosition, _ end: SourcePosition) {
    self.start = start
    self.end = end
  }

  /// One character.
  public init(line: Int, column: Int) {
    self.init(
      SourcePosition(line: line, column: column), SourcePosition(line: line, column: column + 1))
  }
}
