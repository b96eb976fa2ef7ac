import Diagnostics
import Testing

@Suite("A diagnostic as a person reads it")
struct DiagnosticRendererTests {
  @Test("a mistake in a file shows its line with carets below")
  func excerpt() {
    let diagnostic = Diagnostic(
      .unknownValue, "unknown space `fsLR32k`", at: location(14, 12..<19, "    space: fsLR32k"),
      hints: ["did you mean `fsLR`? density is its own key: `den: 32k`"])
    #expect(
      plain(diagnostic) == """
        error[NM0104]: unknown space `fsLR32k`
          --> neuromaps.yaml:14:12
           |
        14 |     space: fsLR32k
           |            ^^^^^^^
        hint: did you mean `fsLR`? density is its own key: `den: 32k`

        """)
  }

  @Test("a mistake without a place is followed by its facts and what to do")
  func facts() {
    let diagnostic = Diagnostic(
      .wrongBytes, "the bytes of `…/fcgradient01/…hemi-L_feature.func.gii` are not the locked ones",
      notes: [
        "expected sha256:91c0…7e, 4.2 MB; received sha256:03fa…11, 4.2 MB, from files.osf.io",
        "nothing was written to the data directory",
      ],
      hints: ["if you trust the new file, run `neuromaps lock --upgrade-map margulies2016/fcgradient01/fsLR/32k`"])
    #expect(
      plain(diagnostic) == """
        error[NM0302]: the bytes of `…/fcgradient01/…hemi-L_feature.func.gii` are not the locked ones
        note: expected sha256:91c0…7e, 4.2 MB; received sha256:03fa…11, 4.2 MB, from files.osf.io
        note: nothing was written to the data directory
        hint: if you trust the new file, run `neuromaps lock --upgrade-map margulies2016/fcgradient01/fsLR/32k`

        """)
  }

  @Test("notes come first, then causes from the outside in, then hints")
  func order() {
    let diagnostic = Diagnostic(
      .fileFailed, "cannot write `a`", severity: .warning, notes: ["n"], causes: ["outer", "inner"], hints: ["h"])
    #expect(
      plain(diagnostic)
        == "warning[NM0401]: cannot write `a`\nnote: n\ncaused by: outer\ncaused by: inner\nhint: h\n")
  }

  @Test("the margin is as wide as the line's number", arguments: [(1, 1), (99, 2), (100, 3), (123_456, 6)])
  func margin(line: Int, width: Int) {
    let lines = plain(Diagnostic(.unknownValue, "m", at: location(line, 1..<2, "x"))).split(separator: "\n")
    let space = String(repeating: " ", count: width)
    #expect(lines.dropFirst() == ["\(space)--> neuromaps.yaml:\(line):1", "\(space) |", "\(line) | x", "\(space) | ^"])
  }

  @Test("a span over several lines is marked to the end of its first line")
  func severalLines() {
    let span = SourceSpan(SourcePosition(line: 3, column: 5), SourcePosition(line: 6, column: 2))
    let location = Diagnostics.SourceLocation(file: "f", span: span, line: "  - tags: [PET]")
    #expect(
      plain(Diagnostic(.matchesNothing, "m", at: location)).hasSuffix("3 |   - tags: [PET]\n  |     ^^^^^^^^^^^\n"))
  }

  @Test("a span of nothing has one caret, and so has one behind the line's end", arguments: [1, 4, 5, 9])
  func emptySpan(column: Int) {
    let rendered = plain(Diagnostic(.unknownValue, "m", at: location(1, column..<column, "abc ")))
    let carets = rendered.split(separator: "\n").last.map(String.init)
    #expect(carets == "  | " + String(repeating: " ", count: min(column, 5) - 1) + "^")
  }

  @Test("a span never marks more than the line has")
  func longSpan() {
    #expect(plain(Diagnostic(.unknownValue, "m", at: location(1, 2..<500, "abcd"))).hasSuffix("| abcd\n  |  ^^^\n"))
  }

  @Test("of an empty line only the place is told")
  func emptyLine() {
    #expect(
      plain(Diagnostic(.manifestMissingKey, "m", at: location(1, 1..<2, "")))
        == "error[NM0107]: m\n --> neuromaps.yaml:1:1\n")
  }

  @Test("of a long line 120 characters around the place are shown", arguments: [1, 60, 61, 300, 880, 941, 998, 1000])
  func longLine(column: Int) {
    let text = (0..<1000).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0 * 7 % 26))) }.joined()
    let lines = plain(Diagnostic(.unknownValue, "m", at: location(1, column..<(column + 3), text)))
      .split(separator: "\n", omittingEmptySubsequences: false)
    let shown = Array(lines[3].dropFirst("1 | ".count))
    let offset = lines[4].dropFirst("  | ".count).prefix { $0 == " " }.count
    #expect(shown.count == 120)
    #expect(shown[offset] == Array(text)[column - 1])
    #expect(lines[4].filter { $0 == "^" }.count == min(3, 1001 - column))
  }

  @Test("a place far beyond what is shown of a line is no reason to stop")
  func farAway() {
    let rendered = plain(
      Diagnostic(.unknownValue, "m", at: location(1, 50_000..<50_004, String(repeating: "x", count: 1000))))
    #expect(rendered.contains(":1:50000\n"))
    #expect(rendered.hasSuffix("^\n"))
  }

  @Test("columns count Unicode scalars, as places do")
  func scalars() {
    let rendered = plain(Diagnostic(.unknownValue, "m", at: location(1, 4..<5, "äöü!")))
    #expect(rendered.hasSuffix("1 | äöü!\n  |    ^\n"))
  }

  @Test(
    "what could steer a terminal is shown as `?`",
    arguments: [
      "\u{0}", "\u{7}", "\u{8}", "\n", "\r", "\u{1b}", "\u{7f}", "\u{80}", "\u{9b}", "\u{202a}", "\u{202e}",
      "\u{2066}", "\u{2069}",
    ])
  func controls(_ control: String) {
    let evil = "a\(control)b"
    let span = SourceSpan(line: 1, column: 3)
    let diagnostic = Diagnostic(
      .unknownValue, evil, at: Diagnostics.SourceLocation(file: evil, span: span, line: evil), notes: [evil],
      causes: [evil],
      hints: [evil])
    #expect(
      plain(diagnostic) == """
        error[NM0104]: a?b
         --> a?b:1:3
          |
        1 | a?b
          |   ^
        note: a?b
        caused by: a?b
        hint: a?b

        """)
  }

  @Test("a tab of the line is one space, so that the caret stands below its place")
  func tab() {
    let rendered = plain(Diagnostic(.manifestSyntax, "a\tb", at: location(1, 2..<3, "\t\tx")))
    #expect(rendered == "error[NM0101]: a?b\n --> neuromaps.yaml:1:2\n  |\n1 |   x\n  |  ^\n")
  }

  @Test("a carriage return with its newline is two control characters")
  func carriageReturn() {
    #expect(plain(Diagnostic(.unknownValue, "a\r\nb")) == "error[NM0104]: a??b\n")
  }

  @Test("colors change nothing but the colors")
  func colors() {
    let diagnostic = Diagnostic(
      .unknownValue, "m", at: location(14, 5..<8, "    abc"), notes: ["n"], causes: ["c"], hints: ["h"])
    let colored = DiagnosticRenderer(isColored: true).render(diagnostic)
    #expect(
      colored == """
        \u{1b}[31;1merror[NM0104]\u{1b}[0m: m
          \u{1b}[34;1m-->\u{1b}[0m neuromaps.yaml:14:5
           \u{1b}[34;1m|\u{1b}[0m
        \u{1b}[34;1m14\u{1b}[0m \u{1b}[34;1m|\u{1b}[0m     abc
           \u{1b}[34;1m|\u{1b}[0m     \u{1b}[31;1m^^^\u{1b}[0m
        \u{1b}[36;1mnote\u{1b}[0m: n
        \u{1b}[36;1mcaused by\u{1b}[0m: c
        \u{1b}[32;1mhint\u{1b}[0m: h

        """)
    #expect(colored.replacing(#/\u{1b}\[[0-9;]*m/#, with: "") == plain(diagnostic))
  }

  @Test("a warning is yellow, with its caret")
  func warning() {
    let diagnostic = Diagnostic(.matchesNothing, "m", severity: .warning, at: location(1, 1..<2, "x"))
    let colored = DiagnosticRenderer(isColored: true).render(diagnostic)
    #expect(colored.hasPrefix("\u{1b}[33;1mwarning[NM0105]\u{1b}[0m: m\n"))
    #expect(colored.hasSuffix("\u{1b}[33;1m^\u{1b}[0m\n"))
  }

  private func plain(_ diagnostic: Diagnostic) -> String { DiagnosticRenderer(isColored: false).render(diagnostic) }

  private func location(_ line: Int, _ columns: Range<Int>, _ text: String) -> Diagnostics.SourceLocation {
    let span = SourceSpan(
      SourcePosition(line: line, column: columns.lowerBound), SourcePosition(line: line, column: columns.upperBound))
    return Diagnostics.SourceLocation(file: "neuromaps.yaml", span: span, line: text)
  }
}
