internal import Diagnostics

/// The lines of a text, and how many columns each has.
struct TextLines {
  /// In characters; a byte that is no UTF-8 is one, as the reader puts a character in its place.
  private let widths: [Int]
  /// Whether it has ends of lines that libyaml counts and editors do not: U+0085, U+2028, U+2029, a lone CR.
  private let hasOddBreaks: Bool

  init(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    widths = lines.map(Self.width)
    hasOddBreaks = lines.contains(where: Self.hasOddBreak)
  }

  /// Whether a position is one of the text: a character, the end of a line, or the end of the text.
  func hold(_ position: SourcePosition) -> Bool {
    guard position.line >= 1, position.column >= 1 else { return false }
    // Whatever follows such a break has other lines and columns for libyaml than for everybody else.
    if hasOddBreaks { return true }
    if position.line <= widths.count { return position.column <= widths[position.line - 1] + 1 }
    // To libyaml every text ends with a line's end, so that its end is at the start of the next line.
    return position.line == widths.count + 1 && position.column == 1 && widths.last != 0
  }

  /// Whether a span is one of the text; at the end of a line it may be a character wide.
  func hold(_ span: SourceSpan) -> Bool {
    guard span.start <= span.end, hold(span.start) else { return false }
    return span == SourceSpan(line: span.start.line, column: span.start.column) || hold(span.end)
  }

  private static func width(_ line: ArraySlice<UInt8>) -> Int {
    if line.allSatisfy({ $0 < 0x80 }) { return line.count }
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = line.makeIterator()
    var width = 0
    while true {
      switch parser.parseScalar(from: &bytes) {
      case .valid: width += 1
      case .error(let length): width += length
      case .emptyInput: return width
      }
    }
  }

  private static func hasOddBreak(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    guard text.contains(where: { $0 == UInt8(ascii: "\r") || $0 >= 0x80 }) else { return false }
    let odd: [Unicode.Scalar] = ["\r", "\u{85}", "\u{2028}", "\u{2029}"]
    return String(decoding: text, as: UTF8.self).unicodeScalars.contains { odd.contains($0) }
  }
}
