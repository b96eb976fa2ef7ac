import Diagnostics
import ReaderChecks
import Testing

@Suite("The checks of what a reader tells")
struct ReaderChecksTests {
  private static let source = SourceText(name: "note.yaml", bytes: Array("a: b\nä: c\n".utf8))

  private static func problem(
    _ start: (Int, Int), _ end: (Int, Int), file: String = "note.yaml", line: String? = nil
  ) -> Diagnostic {
    let span = SourceSpan(
      SourcePosition(line: start.0, column: start.1), SourcePosition(line: end.0, column: end.1))
    return Diagnostic(
      .manifestSyntax, "a problem",
      at: Diagnostics.SourceLocation(file: file, span: span, line: line ?? source.line(start.0)))
  }

  @Test(
    "accept a place of the text, and the ends of its lines and of itself",
    arguments: [
      problem((1, 1), (1, 5)), problem((1, 5), (1, 5)), problem((1, 5), (1, 6)), problem((2, 1), (2, 5)),
      problem((1, 1), (3, 1)), problem((3, 1), (3, 1)), problem((3, 1), (3, 2)),
    ])
  func right(_ diagnostic: Diagnostic) {
    #expect(DiagnosticChecks(Self.source).violations([diagnostic]).lines == [])
  }

  @Test(
    "see a place that is not in the text, and another line or file",
    arguments: [
      problem((1, 6), (1, 6)), problem((1, 5), (1, 7)), problem((2, 6), (2, 6)), problem((5, 1), (5, 1)),
      problem((4, 1), (4, 1)), problem((2, 1), (1, 5)), problem((1, 2), (1, 1)), problem((1, 1), (2, 6)),
      problem((0, 1), (1, 1)), problem((1, 0), (1, 1)), problem((1, 1), (1, 2), file: "other.yaml"),
      problem((1, 1), (1, 2), line: "ä: c"), Diagnostic(.manifestSyntax, "a problem without a place"),
    ])
  func wrong(_ diagnostic: Diagnostic) {
    #expect(DiagnosticChecks(Self.source).violations([diagnostic]).lines != [])
  }

  @Test("see too many problems, and another order than the file's")
  func whole() {
    let checks = DiagnosticChecks(Self.source)
    let problem = Self.problem((2, 1), (2, 2))
    #expect(checks.violations([Diagnostic](repeating: problem, count: 100)).lines == [])
    #expect(checks.violations([Diagnostic](repeating: problem, count: 101)).lines != [])
    #expect(checks.violations([problem, Self.problem((1, 1), (1, 2))]).lines != [])
  }

  @Test("take the line behind a last line without an end for the end")
  func withoutEnd() {
    let checks = DiagnosticChecks(SourceText(name: "note.yaml", bytes: Array("a: [b".utf8)))
    #expect(checks.violations([SourceSpan(line: 2, column: 1)], of: "it").lines == [])
    #expect(checks.violations([SourceSpan(line: 2, column: 2)], of: "it").lines != [])
    #expect(checks.violations([SourceSpan(line: 3, column: 1)], of: "it").lines != [])
  }

  @Test("count a byte that is no UTF-8 as a character")
  func badBytes() {
    let checks = DiagnosticChecks(SourceText(name: "note.yaml", bytes: [0xf0, 0x9f, 0xa7, 0x0a]))
    #expect(checks.violations([SourceSpan(line: 1, column: 4)], of: "it").lines == [])
    #expect(checks.violations([SourceSpan(line: 1, column: 5)], of: "it").lines != [])
  }
}
