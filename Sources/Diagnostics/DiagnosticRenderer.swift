/// Writes diagnostics as a person reads them.
///
/// ```
/// error[NM0104]: unknown space `fsLR32k`
///   --> neuromaps.yaml:14:12
///    |
/// 14 |     space: fsLR32k
///    |            ^^^^^^^
/// hint: did you mean `fsLR`?
/// ```
public struct DiagnosticRenderer: Sendable {
  private let isColored: Bool

  /// A renderer that uses ANSI colors or not.
  public init(isColored: Bool) {
    self.isColored = isColored
  }

  /// The lines of one diagnostic, each ended by a newline.
  ///
  /// Control characters that came with data (a file's line, a server's words) are shown as `?`,
  /// so that nothing a stranger wrote can steer the terminal.
  public func render(_ diagnostic: Diagnostic) -> String {
    let color = diagnostic.severity == .error ? Style.red : .yellow
    var lines = [
      "\(paint("\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]", color)): \(shown(diagnostic.message))"
    ]
    if let location = diagnostic.location { lines += excerpt(location, color) }
    lines += diagnostic.notes.map { "\(paint("note", .cyan)): \(shown($0))" }
    lines += diagnostic.causes.map { "\(paint("caused by", .cyan)): \(shown($0))" }
    lines += diagnostic.hints.map { "\(paint("hint", .green)): \(shown($0))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func excerpt(_ location: SourceLocation, _ color: Style) -> [String] {
    let start = location.span.start
    let number = String(start.line)
    let margin = String(repeating: " ", count: number.utf8.count)
    var lines = ["\(margin)\(paint("-->", .blue)) \(shown(location.file)):\(start.line):\(start.column)"]
    guard !location.line.isEmpty else { return lines }
    let (window, column) = window(of: location.line, around: start.column)
    let isOneLine = location.span.end.line == start.line
    let rest = max(1, window.count - column + 1)
    let width = isOneLine ? min(rest, max(1, location.span.end.column - start.column)) : rest
    let bar = paint("|", .blue)
    lines.append("\(margin) \(bar)")
    lines.append("\(paint(number, .blue)) \(bar) \(String(String.UnicodeScalarView(window)))")
    let caret = String(repeating: " ", count: column - 1) + paint(String(repeating: "^", count: width), color)
    lines.append("\(margin) \(bar) \(caret)")
    return lines
  }

  /// The part of a long line that shows the column, and the column within that part.
  private func window(of line: String, around column: Int) -> ([Unicode.Scalar], Int) {
    let scalars = line.unicodeScalars.map { $0 == "\t" ? " " : $0.steersTerminal ? "?" : $0 }
    let width = 120
    guard scalars.count > width else { return (scalars, min(column, scalars.count + 1)) }
    let first = min(max(0, column - width / 2), max(0, scalars.count - width))
    let part = Array(scalars[first..<min(first + width, scalars.count)])
    return (part, min(column - first, part.count + 1))
  }

  private func shown(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.steersTerminal) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.steersTerminal ? "?" : $0 }))
  }

  private enum Style: String {
    case red = "31;1"
    case yellow = "33;1"
    case green = "32;1"
    case cyan = "36;1"
    case blue = "34;1"
  }

  private func paint(_ text: String, _ style: Style) -> String {
    isColored ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }
}
