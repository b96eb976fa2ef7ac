import Diagnostics
import Testing

@Suite("The text of a file")
struct SourceTextTests {
  @Test(
    "a line is found by its number, without its end",
    arguments: [(1, "one"), (2, ""), (3, "drei ä"), (4, "four\r!"), (5, ""), (6, ""), (1000, "")])
  func lines(number: Int, line: String) {
    #expect(source("one\r\n\ndrei ä\nfour\r!\n").line(number) == line)
  }

  @Test("the last line needs no end")
  func lastLine() {
    #expect(source("a\nb").line(2) == "b")
    #expect(source("").line(1) == "")
  }

  @Test("a long line is cut, and never within a character that then counts as more than one")
  func cut() {
    #expect(source(String(repeating: "a", count: 5000)).line(1) == String(repeating: "a", count: 1000))
    #expect(source(String(repeating: "ä", count: 600) + "\nx").line(1).unicodeScalars.count == 500)
    #expect(source("b" + String(repeating: "ä", count: 600)).line(1).unicodeScalars.count <= 501)
  }

  @Test("bad UTF-8 is repaired, for showing")
  func repaired() {
    #expect(SourceText(name: "f", bytes: [0x61, 0xff, 0x62]).line(1) == "a\u{fffd}b")
  }

  @Test(
    "a byte's place counts lines and Unicode scalars from 1",
    arguments: [(0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (8, 2, 2), (9, 2, 3), (999, 2, 3)])
  func positions(offset: Int, line: Int, column: Int) {
    #expect(source("aä\n🧠b").position(ofByte: offset) == SourcePosition(line: line, column: column))
  }

  @Test("a location carries the file, the span, and the line on which it begins")
  func location() {
    let span = SourceSpan(SourcePosition(line: 2, column: 1), SourcePosition(line: 3, column: 2))
    let location = source("a\nbc\nd").location(span)
    #expect(location == Diagnostics.SourceLocation(file: "f", span: span, line: "bc"))
  }

  @Test("places are ordered as they are read")
  func order() {
    let places = [(1, 1), (1, 2), (1, 10), (2, 1), (10, 1)].map { SourcePosition(line: $0.0, column: $0.1) }
    #expect(places.reversed().sorted() == places)
  }

  private func source(_ text: String) -> SourceText { SourceText(name: "f", bytes: Array(text.utf8)) }
}
