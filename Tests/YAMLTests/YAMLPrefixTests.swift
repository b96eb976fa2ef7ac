import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Files cut short and files of anything")
struct YAMLPrefixTests {
  private static let fixtures = [
    "version: 1\nannotations:\n  - a/b/c/d\n  - [é, 'it''s', \"\\u00e4 🧠\"]\n  - {tags: [PET], exclude: [\"*/x\"]}\n",
    "a: |\n  one\n  two\nb: >-\n  three\n\n  four\n? c\n: d\n---\n- e\n...\n",
    "a: &x [1, 2]\nb: *x\nc: !!map {d: e}\nc: \t f # g\n%TAG ! x:\n",
    "\u{feff}%YAML 1.2\n--- # x\n\"a\\x41\": 'b\n\n  c'\n\r\n- \u{2028}\n",
  ]

  @Test("every prefix gives a value or a diagnostic", arguments: fixtures)
  func prefixes(_ text: String) {
    let bytes = Array(text.utf8)
    for count in 0...bytes.count { check(Array(bytes.prefix(count))) }
  }

  @Test("every byte may be any other", arguments: fixtures)
  func flips(_ text: String) {
    var generator = SeededGenerator(seed: 3)
    for index in text.utf8.indices {
      var bytes = Array(text.utf8)
      bytes[text.utf8.distance(from: text.utf8.startIndex, to: index)] = UInt8.random(in: 0...255, using: &generator)
      check(bytes)
    }
  }

  @Test("a text of anything gives a value or a diagnostic", arguments: 0..<50)
  func anything(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<40 {
      check(Array(generator.text(upTo: 30).utf8))
      check((0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  private func check(_ bytes: [UInt8]) {
    let (root, problems) = Note.read(bytes)
    #expect(root != nil || !problems.areNone, "\(bytes)")
    for diagnostic in problems.diagnostics {
      #expect(!DiagnosticRenderer(isColored: true).render(diagnostic).isEmpty)
      let span = diagnostic.location?.span
      #expect((span?.start.line ?? 0) >= 1 && (span?.start.column ?? 0) >= 1, "\(diagnostic)")
      #expect(span.map { $0.start <= $0.end } == true, "\(diagnostic)")
    }
  }
}
