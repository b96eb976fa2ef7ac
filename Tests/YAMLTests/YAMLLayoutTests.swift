import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Which bytes lines and values take up")
struct YAMLLayoutTests {
  private func layout(_ bytes: [UInt8]) -> YAMLLayout { YAMLLayout(SourceText(name: "note.yaml", bytes: bytes)) }

  private func layout(_ text: String) -> YAMLLayout { layout(Array(text.utf8)) }

  private func text(_ layout: YAMLLayout, _ range: Range<Int>) -> String {
    String(decoding: layout.bytes[range], as: UTF8.self)
  }

  @Test(
    "each value is found among the bytes, whatever letters and ends of lines are before it",
    arguments: [
      "a: b\nc: d\n", "größe: ä # 日本\nc: d\n", "e\u{301}: x\r\nc: 🧠\r\n", "a: b\rc: d", "\u{feff}a: b\nc: d",
      "a: b # x\u{85}c: d\u{2028}e: f\n", "{a: b, c: [d, 'e e']}\n",
    ])
  func values(_ source: String) throws {
    let layout = layout(source)
    for scalar in try #require(Note.read(source).root).scalars {
      let written = text(layout, layout.range(of: scalar))
      #expect(written.replacing("'", with: "") == scalar.text, "\(source)")
    }
  }

  @Test(
    "a value ends where its text does, not where the next begins",
    arguments: [
      ("a:\n- b\n- c # d\n# e\n\nf: g\n", "- b\n- c"),
      ("a:\n  b: c\n  d: e\n\n# f\n", "b: c\n  d: e"),
      ("a:\n  b:\n  - c\n   # d\ne: f\n", "b:\n  - c"),
      ("a: [b,\n c] # d\n", "[b,\n c]"),
      ("a: {b: c} \n", "{b: c}"),
      ("a: >-\n  b\n  c\n\n\nd: e\n", ">-\n  b\n  c"),
      ("a: |\n  b\n", "|\n  b"),
      ("a: |\n  b", "|\n  b"),
      ("a:\n  - >-\n    b\n\n  # c\nd: e\n", "- >-\n    b"),
      ("a: b\n  c # d\n", "b\n  c"),
      ("a: # b\nc: d\n", ""),
      ("a:\n  b:\n  c: # d\n", "b:\n  c:"),
    ])
  func ends(_ source: String, _ value: String) throws {
    let layout = layout(source)
    let field = try #require(Note.read(source).root?.fields?.first)
    #expect(text(layout, layout.range(of: field.value)) == value)
    if !field.lacksValue { #expect(layout.end(of: field) == layout.range(of: field.value).upperBound) }
  }

  @Test("a pair alone within brackets ends with its value")
  func pair() throws {
    let source = "a: [b: c , d]\n"
    let layout = layout(source)
    let list = try #require(Note.read(source).root?.fields?.first?.value)
    let pair = try #require(list.items?.first)
    #expect(text(layout, layout.range(of: pair)) == "b: c")
    #expect(layout.isBracketed(list) && !layout.isBracketed(pair))
  }

  @Test(
    "the colon of a key is found on the key's line only",
    arguments: [("a: b", 1), ("'a' : b", 4), ("{a : b}", 3), ("? a\n: b", nil)] as [(String, Int?)])
  func colon(_ source: String, _ offset: Int?) throws {
    let field = try #require(Note.read(source).root?.fields?.first)
    #expect(layout(source).colon(of: field) == offset)
  }

  @Test(
    "lines are told apart as libyaml does",
    arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"])
  func lines(_ lineBreak: String) {
    let source = "a: b # é\(lineBreak)\(lineBreak)  c"
    let layout = layout(source)
    let (first, length) = ("a: b # é".utf8.count, lineBreak.utf8.count)
    #expect(layout.nextLine(after: 0) == first + length)
    #expect(layout.lineEnd(at: 2) == first)
    #expect(layout.nextLine(after: first + length) == first + 2 * length)
    #expect(layout.nextLine(after: first + 2 * length) == source.utf8.count)
    #expect(layout.lineBreak(endingAt: first + length) == Array(lineBreak.utf8))
    #expect(layout.lineBreak(endingAt: source.utf8.count) == [])
    #expect(layout.line(at: source.utf8.count) == 2)
    #expect(layout.nextToken(from: 4) == source.utf8.count - 1)
    #expect(layout.isFirst(source.utf8.count - 1) && !layout.isFirst(3))
    #expect(layout.isLast(4) && !layout.isLast(2))
  }

  @Test("a line is a comment's if nothing else is on it")
  func comments() {
    let layout = layout("# a\nb # c\n\n  # d\n")
    #expect((0...4).filter { layout.hasOnlyComment(line: $0) } == [0, 3])
  }

  @Test("any bytes have a layout that covers them", arguments: 0..<50)
  func anything(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let (text, cut) = (generator.text(upTo: 40), Int.random(in: 0...2, using: &generator))
    // The last character may be cut.
    let bytes = Array("\(text)\u{2028}".utf8.dropLast(cut))
    let layout = layout(bytes)
    var (start, line) = (layout.start(ofLine: 0), 0)
    while start < bytes.count {
      #expect(layout.line(at: start) == line)
      #expect(layout.lineStart(at: start) == start)
      let next = layout.nextLine(after: start)
      #expect(next > start)
      #expect(layout.lineEnd(at: start) + layout.lineBreak(endingAt: next).count == next)
      (start, line) = (next, line + 1)
    }
    #expect(layout.nextToken(from: 0) <= bytes.count)
  }
}
