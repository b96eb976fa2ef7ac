import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("What is refused of YAML")
struct YAMLRefusalTests {
  private static let refusals = [
    Refusal("a tab in the indentation", "a:\n‹\t›b: c\n", Expected(.manifestSyntax, "a tab", hint: "spaces")),
    Refusal("a tab behind a value", "a: b‹\t›# c\n", Expected(.manifestSyntax, "a tab")),
    Refusal("a tab in quotes", "a: \"b‹\t›c\"\n", Expected(.manifestSyntax, "a tab")),
    Refusal("a tab behind a `#` in quotes", "a: \"b # c‹\t›d\"\n", Expected(.manifestSyntax, "a tab")),
    Refusal("a tab behind a letter with a `#`", "a: b#c‹\t›\n", Expected(.manifestSyntax, "a tab")),
    Refusal(
      "tabs, once a line", "a: b‹\t›\t\t\nä: b‹\t›\n", Expected(.manifestSyntax, "a tab"),
      Expected(.manifestSyntax, "a tab")),
    Refusal("an anchor", "a: ‹&x b›\n", Expected(.manifestSyntax, "an anchor")),
    Refusal("an anchor of a list", "a: ‹&x [›b]\n", Expected(.manifestSyntax, "an anchor")),
    Refusal(
      "an alias", "a: ‹&x b›\nc: ‹*x›\n", Expected(.manifestSyntax, "an anchor"),
      Expected(.manifestSyntax, "an alias", hint: "quotes")),
    Refusal("an alias of nothing", "a: ‹*x›\n", Expected(.manifestSyntax, "an alias", hint: "quotes")),
    Refusal("an alias as a key", "‹*x› : b\n", Expected(.manifestSyntax, "an alias")),
    Refusal("a tag", "a: ‹!!str b›\n", Expected(.manifestSyntax, "a tag")),
    Refusal("a tag of a mapping", "‹!x {›a: b}\n", Expected(.manifestSyntax, "a tag")),
    Refusal(
      "an anchor and a tag at once", "a: ‹‹&x !y b››\n", Expected(.manifestSyntax, "an anchor"),
      Expected(.manifestSyntax, "a tag")),
    Refusal("a second document", "a: b\n‹---›\nc: d\n", Expected(.manifestSyntax, "a second document")),
    Refusal("a list as a key", "? ‹[›a]\n: b\n", Expected(.manifestSyntax, "a key must be text")),
    Refusal("a mapping as a key", "{‹{›a: b}: c}\n", Expected(.manifestSyntax, "a key must be text")),
    Refusal(
      "a key twice", "a: b\nc: d\n‹a›: e\n", Expected(.manifestDuplicateKey, "`a`", note: "line 1", hint: "one")),
    Refusal(
      "a key three times", "a: b\n‹a›: c\n‹\"a\"›: d\n", Expected(.manifestDuplicateKey, note: "line 1"),
      Expected(.manifestDuplicateKey, note: "line 1")),
    Refusal("a key twice within a list", "- {a: b, ‹a›: c}\n- {a: b}\n", Expected(.manifestDuplicateKey, "`a`")),
    Refusal("a bracket that is left open", "a: [b\n‹›", Expected(.manifestSyntax, "not YAML")),
    Refusal("a quote that is left open", "a: \"b\n‹›", Expected(.manifestSyntax, "not YAML")),
    Refusal("an entry that is indented too little", "a:\n  - b\n ‹-› c\n", Expected(.manifestSyntax, "not YAML")),
    Refusal("an unquoted pattern that begins with a star", "- ‹*›/a/b/c\n", Expected(.manifestSyntax, hint: "quotes")),
    Refusal("an unquoted pattern of a word and a star", "- *‹a›/b/c/d\n", Expected(.manifestSyntax, hint: "quotes")),
    Refusal("a control character", "a: b\nc: d‹\u{1}›e\n", Expected(.manifestSyntax, "control characters")),
    Refusal("the character of number zero", "a: b\nä: ‹\0›\n", Expected(.manifestSyntax, "control characters")),
    Refusal(
      "33 levels", String(repeating: "[", count: 32) + "‹[›" + String(repeating: "]", count: 33),
      Expected(.manifestSyntax, "nested deeper than 32 levels")),
    Refusal(
      "33 levels of keys", String(repeating: "{a: ", count: 32) + "‹{›b" + String(repeating: "}", count: 33),
      Expected(.manifestSyntax, "nested deeper than 32 levels")),
  ]

  @Test("it is refused at its place", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let problems = Note.read(refusal.text.text).problems
    let found = problems.diagnostics
    #expect(refusal.text.differences(from: found.map(widened), refusal.expected) == [])
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.location?.file == "note.yaml" })
  }

  /// libyaml's own complaints have a place and no length: here they get one that marks can write.
  private func widened(_ diagnostic: Diagnostic) -> Diagnostic {
    guard diagnostic.message.hasPrefix("not YAML"), let location = diagnostic.location else { return diagnostic }
    let start = location.span.start
    let isAtEnd = start.column > location.line.unicodeScalars.count
    let end = isAtEnd ? start : SourcePosition(line: start.line, column: start.column + 1)
    return Diagnostic(
      diagnostic.code, diagnostic.message,
      at: Diagnostics.SourceLocation(file: location.file, span: SourceSpan(start, end), line: location.line),
      notes: diagnostic.notes, hints: diagnostic.hints)
  }

  private static let badBytes: [(bytes: [UInt8], line: Int, column: Int)] = [
    ([0x61, 0x3a, 0x20, 0xff], 1, 4),
    ([0x61, 0x3a, 0x20, 0xc3, 0xa4, 0x80], 1, 5),
    ([0x0a, 0x61, 0x3a, 0x20, 0xc0, 0xaf], 2, 4),
    ([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80], 1, 4),
    ([0x61, 0x3a, 0x20, 0xe0, 0x80, 0xaf], 1, 4),
    ([0x61, 0x3a, 0x20, 0xf4, 0x90, 0x80, 0x80], 1, 4),
    ([0x61, 0x3a, 0x20, 0xf0, 0x9f, 0xa7], 1, 4),
    ([0x61, 0x3a, 0x20, 0xc3], 1, 4),
  ]

  @Test("bytes that are not UTF-8 are refused where they stand", arguments: badBytes)
  func badUTF8(bytes: [UInt8], line: Int, column: Int) throws {
    let (root, problems) = Note.read(bytes)
    let first = try #require(problems.diagnostics.first)
    #expect(first.code == .manifestSyntax)
    #expect(first.message.contains("is not UTF-8"))
    #expect(first.location?.span.start == SourcePosition(line: line, column: column))
    #expect(root != nil, "reading went on")
  }

  @Test("a message names the bad byte by its two digits")
  func badByte() {
    #expect(Note.read([0xff]).problems.diagnostics.first?.message == "the byte 0xff is not UTF-8")
  }

  @Test("UTF-16 is refused at its first byte")
  func utf16() {
    let bytes: [UInt8] = [0xff, 0xfe] + "a: b\n".utf8.flatMap { [$0, 0] }
    let found = Note.read(bytes).problems.diagnostics
    #expect(found.first?.location?.span.start == SourcePosition(line: 1, column: 1))
    #expect(found.first?.message.contains("0xff") == true)
  }

  @Test("a file over the limit is refused unread")
  func oversize() throws {
    let (root, problems) = Note.read([UInt8](repeating: UInt8(ascii: "\t"), count: (1 << 20) + 1))
    #expect(root == nil)
    #expect(problems.diagnostics.map(\.message) == ["the note has 1048577 bytes; at most 1 MiB are read"])
    #expect(problems.diagnostics.first?.location?.span == SourceSpan(line: 1, column: 1))
  }

  @Test("reading goes on after each, and all are told in the order of the file")
  func all() {
    let text = MarkedText("a: ‹&x b›\n‹a›: ‹!!int 1›\nc:‹\t›d\ne: ‹*x›\n")
    let found = Note.read(text.text).problems.diagnostics
    #expect(
      text.differences(
        from: found,
        [
          Expected(.manifestSyntax, "an anchor"), Expected(.manifestDuplicateKey), Expected(.manifestSyntax, "a tag"),
          Expected(.manifestSyntax, "a tab"), Expected(.manifestSyntax, "an alias"),
        ]) == [])
  }

  @Test("more than a hundred problems are counted, not told")
  func many() {
    let found = Note.read(String(repeating: "- &x a\n", count: 150)).problems.diagnostics
    #expect(found.count == 100)
    #expect(found.last?.notes.last == "50 more problems not shown")
  }

  @Test("a file of other bytes altogether is refused without ado", .timeLimit(.minutes(1)))
  func garbage() {
    for byte in [UInt8(0xff), UInt8(ascii: "\t")] {
      let line = [byte, byte, UInt8(ascii: "\n")]
      let elapsed = ContinuousClock().measure {
        #expect(Note.read((0..<5_000).flatMap { _ in line }).problems.diagnostics.count == 100)
      }
      #expect(elapsed < .milliseconds(500), "15,000 bytes: time must not grow with the square")
    }
  }
}
