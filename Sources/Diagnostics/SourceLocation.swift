/// A span of a named file together with the line it begins on, so that a diagnostic can be
/// printed when the file is long gone.
public struct SourceLocation: Hashable, Sendable {
  /// The file as the user knows it: `neuromaps.yaml`.
  public let file: String
  /// The stretch that is meant.
  public let span: SourceSpan
  /// The text of the line on which the span begins, without its end of line.
  public let line: String

  /// A location.
  public init(file: String, span: SourceSpan, line: String) {
    self.file = file
    self.span = span
    self.line = line
  }
}
