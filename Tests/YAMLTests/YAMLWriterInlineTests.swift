import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Writing single texts as YAML")
struct YAMLWriterInlineTests {
  @Test(
    "a text is quoted only where it must be, and within brackets more often",
    arguments: [
      ("abagen/genepc1/fsaverage/10k", "abagen/genepc1/fsaverage/10k", "abagen/genepc1/fsaverage/10k"),
      ("*/a/b/c", "'*/a/b/c'", "'*/a/b/c'"), ("a/b?/c/d", "a/b?/c/d", "'a/b?/c/d'"), ("a, b", "a, b", "'a, b'"),
      ("10", "'10'", "'10'"), ("no", "'no'", "'no'"), ("CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0", "CC BY-NC-SA 4.0"),
      ("it's", "it's", "it's"), ("größe", "größe", "größe"), ("", "''", "''"), ("a\nb", "\"a\\nb\"", "\"a\\nb\""),
    ])
  func quotes(text: String, line: String, inline: String) {
    #expect(YAMLWriter.line(text) == line)
    #expect(YAMLWriter.inline(text) == inline)
    #expect(YAMLWriter.inline([text, "x"]) == "[\(inline), x]")
  }

  @Test("whatever is written is read again", arguments: 0..<200)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let texts = (0..<3).map { _ in generator.text(upTo: 6) }
    let source = """
      a: \(YAMLWriter.line(texts[0]))
      b: [x, \(YAMLWriter.inline(texts[1])), y]
      c: {d: \(YAMLWriter.inline(texts[2]))}
      e: \(YAMLWriter.inline(texts))

      """
    let (root, problems) = Note.read(source)
    #expect(problems.diagnostics.map(\.message) == [], "\(source)")
    let fields = try #require(root?.fields)
    let read = [
      fields[0].value.text, fields[1].value.items?[1].text, fields[2].value.fields?.first?.value.text,
    ]
    #expect(read.map { Array(($0 ?? "").utf8) } == texts.map { Array($0.utf8) }, "\(source)")
    #expect(fields[3].value.items?.map { Array(($0.text ?? "").utf8) } == texts.map { Array($0.utf8) })
  }
}
