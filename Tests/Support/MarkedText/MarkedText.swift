package import Diagnostics

/// A text in which `‹` and `›` enclose the stretches that diagnostics are expected to point at.
///
/// Marks may nest, span lines, and enclose nothing.
package struct MarkedText: Sendable {
  /// The text without its marks.
  package let text: String
  /// What the marks enclose, in the order in which they open.
  package let marks: [SourceSpan]

  /// Takes the marks out of a text; every mark that opens must close.
  package init(_ marked: String) {
    var text = String.UnicodeScalarView()
    var (line, column) = (1, 1)
    var open: [Int] = []
    var spans: [SourceSpan] = []
    for scalar in marked.unicodeScalars {
      let here = SourcePosition(line: line, column: column)
      switch scalar {
      case "‹":
        open.append(spans.count)
        spans.append(SourceSpan(here, here))
      case "›":
        guard let index = open.popLast() else { preconditionFailure("a mark closes that is not open: \(marked)") }
        spans[index] = SourceSpan(spans[index].start, here)
      case "\n":
        text.append(scalar)
        (line, column) = (line + 1, 1)
      default:
        text.append(scalar)
        column += 1
      }
    }
    precondition(open.isEmpty, "a mark is left open: \(marked)")
    self.text = String(text)
    marks = spans
  }

  /// The text as a file of that name.
  package func source(named name: String) -> SourceText {
    SourceText(name: name, bytes: Array(text.utf8))
  }

  /// What is wrong with `found`: a line for each that is missing, unexpected or at another place.
  ///
  /// - Parameter expected: one for each mark, in the order of the marks.
  package func differences(from found: [Diagnostic], _ expected: [Expected]) -> [String] {
    precondition(expected.count == marks.count, "\(marks.count) marks for \(expected.count) expectations: \(text)")
    var left = found
    var lines: [String] = []
    for (mark, expected) in zip(marks, expected) {
      if let index = left.firstIndex(where: { $0.location?.span == mark && expected.isMet(by: $0) }) {
        lines += misplaced(left.remove(at: index))
      } else {
        lines.append("missing: \(expected) at \(describe(mark))")
      }
    }
    lines += left.map { "unexpected: \(describe($0))" }
    let places = found.compactMap(\.location?.span.start)
    if places != places.sorted() { lines.append("not in the order of the file: \(places)") }
    return lines
  }

  /// The line that a diagnostic shows must be the line that it names.
  private func misplaced(_ diagnostic: Diagnostic) -> [String] {
    guard let location = diagnostic.location else { return [] }
    let shown = text.split(separator: "\n", omittingEmptySubsequences: false)[location.span.start.line - 1]
    return shown == location.line ? [] : ["shows the line `\(location.line)`, not `\(shown)`"]
  }

  private func describe(_ span: SourceSpan) -> String {
    "\(span.start.line):\(span.start.column)–\(span.end.line):\(span.end.column)"
  }

  private func describe(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { describe($0.span) } ?? "no place"
    return "\(diagnostic.code) `\(diagnostic.message)` \(diagnostic.notes) \(diagnostic.hints) at \(place)"
  }
}
