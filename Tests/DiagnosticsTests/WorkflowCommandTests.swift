import Diagnostics
import Testing

@Suite("A diagnostic as GitHub Actions reads it") struct WorkflowCommandTests {
  @Test("A mistake in a file has its place, up to its last character, and what to do")
  func place() {
    let diagnostic = Diagnostic(
      .unknownValue, "unknown space `fsLR32k`", at: location(14, 12..<19), hints: ["did you mean `fsLR`?"])
    #expect(
      line(diagnostic, "study/neuromaps.yaml")
        == "::error file=study/neuromaps.yaml,line=14,col=12,endColumn=18,title=NM0104::"
        + "unknown space `fsLR32k`%0Ahint: did you mean `fsLR`?\n")
  }

  @Test("Facts come first, then causes from the outside in, then hints, each on a line of its own")
  func order() {
    let diagnostic = Diagnostic(
      .fileFailed, "cannot write `a`", notes: ["n", "m"], causes: ["outer", "inner"], hints: ["h"])
    #expect(
      line(diagnostic, nil)
        == "::error title=NM0401::cannot write `a`%0Anote: n%0Anote: m%0A"
        + "caused by: outer%0Acaused by: inner%0Ahint: h\n")
  }

  @Test("A warning is one there too")
  func warning() {
    let diagnostic = Diagnostic(.mirrorFellShort, "m", severity: .warning)
    #expect(line(diagnostic, nil) == "::warning title=NM0309::m\n")
  }

  @Test("A problem of a whole file has no line")
  func wholeFile() {
    #expect(line(Diagnostic(.lockStale, "m"), "neuromaps.yaml") == "::error file=neuromaps.yaml,title=NM0212::m\n")
  }

  @Test("Of a place that is in no file of the repository the message tells")
  func elsewhere() {
    #expect(
      line(Diagnostic(.catalogWrongValue, "m", at: location(3, 5..<6)), nil)
        == "::error title=NM0503::m%0A--> neuromaps.yaml:3:5\n")
  }

  @Test("A span of nothing ends where it begins")
  func emptySpan() {
    #expect(line(Diagnostic(.unknownValue, "m", at: location(1, 4..<4)), "f").contains(",col=4,endColumn=4,"))
  }

  @Test("A span over several lines has a last line and no columns", arguments: [(6, 2, 6), (6, 1, 5), (4, 1, 3)])
  func severalLines(endLine: Int, endColumn: Int, last: Int) {
    let span = SourceSpan(SourcePosition(line: 3, column: 5), SourcePosition(line: endLine, column: endColumn))
    let location = Diagnostics.SourceLocation(file: "f", span: span, line: "  - tags: [PET]")
    #expect(
      line(Diagnostic(.matchesNothing, "m", at: location), "f")
        == "::error file=f,line=3,endLine=\(last),title=NM0105::m\n")
  }

  @Test("What would end a part of the command is escaped, more of it in a file's name than in the message")
  func escapes() {
    let evil = "100%\r\n::warning title=a,b::c"
    #expect(
      line(Diagnostic(.lockStale, evil), evil)
        == "::error file=100%25%0D%0A%3A%3Awarning title=a%2Cb%3A%3Ac,title=NM0212::"
        + "100%25%0D%0A::warning title=a,b::c\n")
  }

  @Test("Nothing makes a second line", arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{b}", "\u{c}"])
  func oneLine(_ end: String) {
    let evil = "a\(end)::error::b"
    let diagnostic = Diagnostic(.lockStale, evil, notes: [evil], causes: [evil], hints: [evil])
    let text = line(diagnostic, evil)
    #expect(text.unicodeScalars.count { $0 == "\n" } == 1)
    #expect(text.hasSuffix("::error::b\n"))
    #expect(!text.dropLast().contains { $0.isNewline })
  }

  @Test("What could steer a terminal is shown as `?`", arguments: ["\u{0}", "\t", "\u{1b}", "\u{9b}", "\u{202e}"])
  func controls(_ control: String) {
    let evil = "a\(control)b"
    #expect(line(Diagnostic(.lockStale, evil), evil) == "::error file=a?b,title=NM0212::a?b\n")
  }

  private func line(_ diagnostic: Diagnostic, _ file: String?) -> String {
    WorkflowCommand(diagnostic, file: file).line
  }

  private func location(_ line: Int, _ columns: Range<Int>) -> Diagnostics.SourceLocation {
    let span = SourceSpan(
      SourcePosition(line: line, column: columns.lowerBound), SourcePosition(line: line, column: columns.upperBound))
    return Diagnostics.SourceLocation(file: "neuromaps.yaml", span: span, line: "")
  }
}
