package import Diagnostics

/// What must hold of the problems that a reader tells of a text.
package struct DiagnosticChecks {
  private let source: SourceText
  private let lines: TextLines

  /// More are counted, not told; see docs/architecture.md.
  private static let most = 100
  /// Printing a hundred would take longer than reading them.
  private static let printed = 5

  /// Checks of what is told of one text.
  package init(_ source: SourceText) {
    self.source = source
    lines = TextLines(source.bytes)
  }

  /// What is wrong with the problems: their number, order, places, or how they are printed.
  package func violations(_ diagnostics: [Diagnostic]) -> Violations {
    var violations = Violations()
    violations.require(diagnostics.count <= Self.most, "\(diagnostics.count) problems are told")
    let starts = diagnostics.compactMap { $0.location?.span.start }
    violations.require(starts == starts.sorted(), "problems are not in the order of the file: \(starts)")
    for diagnostic in diagnostics { violations.add(placing(diagnostic)) }
    // What is nowhere cannot be shown.
    guard violations.lines.isEmpty else { return violations }
    for diagnostic in diagnostics.prefix(Self.printed) { violations.add(printing(diagnostic)) }
    return violations
  }

  /// The spans that are none of the text, with what they are of.
  package func violations(_ spans: [SourceSpan], of what: String) -> Violations {
    var violations = Violations()
    violations.refuse(spans.filter { !lines.hold($0) }) { span in
      "\(what) is at \(span.start.line):\(span.start.column)–\(span.end.line):\(span.end.column), not in the text"
    }
    return violations
  }

  private func placing(_ diagnostic: Diagnostic) -> Violations {
    guard let location = diagnostic.location else {
      var violations = Violations()
      violations.require(false, "no place: \(diagnostic)")
      return violations
    }
    var violations = violations([location.span], of: "`\(diagnostic.message)`")
    violations.require(location.file == source.name, "of another file: \(diagnostic)")
    let line = source.line(location.span.start.line)
    violations.require(location.line == line, "shows another line than `\(line)`: \(diagnostic)")
    return violations
  }

  /// Each part is one line, and no character steers a terminal.
  private func printing(_ diagnostic: Diagnostic) -> Violations {
    var violations = Violations()
    let text = DiagnosticRenderer(isColored: false).render(diagnostic)
    let placeLines = diagnostic.location.map { $0.line.isEmpty ? 1 : 4 } ?? 0
    let expected = 1 + placeLines + diagnostic.notes.count + diagnostic.causes.count + diagnostic.hints.count
    violations.require(lineCount(text) == expected, "\(lineCount(text)) lines are printed, not \(expected): \(text)")
    let command = WorkflowCommand(diagnostic, file: diagnostic.location?.file).line
    violations.require(lineCount(command) == 1, "a command of several lines: \(command)")
    violations.refuse((text + command).unicodeScalars.filter(steers)) { scalar in
      "U+\(String(scalar.value, radix: 16)) is printed: \(text)"
    }
    return violations
  }

  private func lineCount(_ text: String) -> Int { text.utf8.count { $0 == UInt8(ascii: "\n") } }

  /// Control characters but the newline, and those that turn the direction of writing.
  private func steers(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7f else { return scalar.value < 0x20 && scalar != "\n" }
    return scalar.value < 0xa0 || (0x202a...0x202e).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
  }
}
