import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Reading YAML")
struct YAMLReaderTests {
  private static let values: [(String, String)] = [
    ("a: b\n", "{a: b}"),
    ("a:\n  - b\n  - c: d\n    e: f\n", "{a: [b, {c: d, e: f}]}"),
    ("{a: [b, c], d: {}}", "{a: [b, c], d: {}}"),
    ("- 'it''s'\n- \"\\u00e4\\t\"\n", "['it's', 'ä\t']"),
    ("a: |\n  one\n  two\n", "{a: 'one\ntwo\n'}"),
    ("a: >-\n  one\n  two\n", "{a: 'one two'}"),
    ("a: one\n  two\n", "{a: one two}"),
    ("---\na: b\n...\n", "{a: b}"),
    ("%YAML 1.1\n---\na: b\n", "{a: b}"),
    ("a: b # comment\n# another\t\n", "{a: b}"),
    ("a: b#no comment\n", "{a: b#no comment}"),
    ("a: b\r\nc: d\r\n", "{a: b, c: d}"),
    ("a:\nb: ~\n", "{a: , b: ~}"),
    ("a: no", "{a: no}"),
    ("", ""), ("# only a comment\n", ""), ("---\n", ""),
  ]

  @Test("values are as written, in the order of the file", arguments: values)
  func reads(text: String, outline: String) {
    let (root, problems) = Note.read(text)
    #expect(root?.outline == outline)
    #expect(problems.diagnostics == [])
  }

  @Test(
    "every text knows its place, in Unicode scalars",
    arguments: [
      "‹a›: ‹b›\n",
      "‹größe›: ‹日本語›\n‹k›: [‹é›, ‹🧠›, ‹x›]\n",
      "‹e\u{301}›: ‹x›\n",
      "‹\"ä b\"›: ‹'it''s'›\n",
      "{‹a›: [‹b›, ‹'c'›], ‹d›: {‹e›: ‹f›}}",
      "‹k›:\n  - ‹one›   # 🧠 comment\n  - ‹two›\n",
      "‹a›:‹›\n‹b›: ‹~›\n",
      "‹a›: ‹one\n  two›\n‹b›: ‹c›\n",
    ])
  func places(_ marked: String) {
    let text = MarkedText(marked)
    let (root, problems) = Note.read(text.text)
    #expect(root?.scalars.map(\.span) == text.marks)
    #expect(problems.diagnostics == [])
  }

  @Test("a list in brackets and a mapping in braces end behind them")
  func collections() throws {
    let text = MarkedText("‹- ‹[a, {b: c}]›\n- ‹{d: [e]}›\n›")
    let root = try #require(Note.read(text.text).root)
    #expect([root.span] + (root.items ?? []).map(\.span) == text.marks)
  }

  @Test(
    "a list or mapping knows whether it is in flow style",
    arguments: [
      ("- a\n", false), ("a: b\n", false), ("[a]\n", true), ("{a: b}\n", true), ("a\n", false), ("[]", true),
      ("{}", true), ("# c\n- [a]\n", false),
    ])
  func flow(text: String, isFlow: Bool) {
    #expect(Note.read(text).root?.isFlow == isFlow)
  }

  @Test("a pair alone within brackets is a mapping in flow style, and what is in it has its own")
  func flowWithin() throws {
    let root = try #require(Note.read("a: [b: c, d]\ne:\n- {f: g}\n").root?.fields)
    #expect(root.map(\.value.isFlow) == [true, false])
    #expect(root[0].value.items?.map(\.isFlow) == [true, false])
    #expect(root[1].value.items?.map(\.isFlow) == [true])
  }

  @Test("what says the same is the same, however it is written")
  func sameContent() throws {
    func isSame(_ a: String, _ b: String) throws -> Bool {
      try #require(Note.read(a).root).hasContent(of: try #require(Note.read(b).root))
    }
    #expect(try isSame("a: [b, 'c']\n", "# x\na:\n- b\n- \"c\"\n"))
    for other in ["a: [b]", "a: [c, b]", "a: [b, c, d]", "b: [b, c]", "a: {b: c}", "a: b", "[a]", "a: [b, c]\nd: e"] {
      #expect(try !isSame("a: [b, c]", other), "\(other)")
    }
    #expect(try !isSame("a: ~", "a: '~'"))
    #expect(try !isSame("a: é", "a: e\u{301}"))
  }

  @Test("a byte order mark in front, as some editors write it, is passed over")
  func byteOrderMark() {
    let (root, problems) = Note.read([0xef, 0xbb, 0xbf] + Array("a: b\nc: d\n".utf8))
    #expect(root?.outline == "{a: b, c: d}")
    #expect(problems.diagnostics == [])
  }

  @Test(
    "nothing is what is written without quotes as nothing",
    arguments: [
      ("a:", true), ("a: ~", true), ("a: null", true), ("a: \"\"", false), ("a: 'null'", false), ("a: nil", false),
    ])
  func nulls(text: String, isNull: Bool) throws {
    let value = try #require(Note.read(text).root?.fields?.first?.value)
    #expect(value.isNull == isNull)
    #expect((value.text == nil) == isNull)
  }

  @Test("a mapping's kind, a list's, a text's and nothing's have names")
  func kinds() {
    let kinds = ["a: b", "[a]", "a", "~", "'~'"].map { Note.read($0).root?.kindName }
    #expect(kinds == ["a mapping", "a list", "text", "nothing", "text"])
  }

  @Test("32 levels are read")
  func deep() {
    let text = String(repeating: "[", count: 32) + "a" + String(repeating: "]", count: 32)
    let (root, problems) = Note.read(text)
    #expect(root?.outline == text)
    #expect(problems.diagnostics == [])
  }

  @Test("a file of exactly the limit is read")
  func limit() {
    let text = Array("a: b\n#".utf8)
    let (root, problems) = Note.read(text + [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) - text.count))
    #expect(root?.outline == "{a: b}")
    #expect(problems.diagnostics == [])
  }
}
