import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Writing YAML")
struct YAMLWriterTests {
  @Test("lists and mappings are written in block style, one field a line")
  func layout() {
    var writer = YAMLWriter(header: "# A note.\n\n")
    writer.mapping { writer in
      writer.field("version", Int64(1))
      writer.field("isGood", true)
      writer.field("name", "a b")
      writer.field("tags", ["a", "b c", "1"])
      writer.field("none", [String]())
      writer.field("items") { writer in
        writer.sequence { writer in
          writer.text("x")
          writer.mapping { writer in
            writer.field("path", "a/b")
            writer.field("size", Int64.max)
          }
        }
      }
      writer.field("empty") { writer in writer.sequence { _ in } }
    }
    #expect(
      String(decoding: writer.finish(), as: UTF8.self) == """
        # A note.

        version: 1
        isGood: true
        name: a b
        tags: [a, b c, '1']
        none: []
        items:
        - x
        - path: a/b
          size: 9223372036854775807
        empty: []

        """)
  }

  @Test(
    "what every YAML library reads as text stands without quotes",
    arguments: [
      "a", "a b", "a/b*/c/1k", "neuromaps", "1mm", "10k", "MNI152", "https://h/a?b=c", "v1.2", "CC BY-NC-SA 4.0", "a#b",
      "a:b", "nothing", "yesterday", "日本", "größe", "it's", "a, b", "annotation {tags}", "0.0.7-1a",
    ])
  func plain(_ text: String) {
    #expect(written(text) == "\(text)\n")
  }

  @Test(
    "what some YAML library reads as something else stands in quotes",
    arguments: [
      "", "~", "null", "Null", "NULL", "true", "True", "FALSE", "yes", "No", "on", "OFF", "y", "N", "0", "1", "-1",
      "+1",
      "1.5", "1e3", "1E-3", "1_000", "0777", "1:20", "2026-01-02", "annotation {tags: x}", ".inf", "-.INF", ".NaN",
      "12345678901234567890123456789012", "123e4567", "*x", "&x", "!x", "- a", "a: b", "a #b", "#a", "'a'", "\"a\"",
      "{a}",
      "[a]", "%a", "@a", "`a", "|", ">", "? a", " a", "a ", "---", "...",
    ])
  func quoted(_ text: String) {
    #expect(written(text) == "'\(text.replacing("'", with: "''"))'\n")
  }

  @Test(
    "so do numbers of other bases, times of day, and the words for a default and a merge",
    arguments: [
      "0x1F", "-0x1f", "0o17", "0b101", "2026-01-02T03:04:05Z", "2026-01-02t03:04:05.5+01:00", "2026-01-02 03:04:05",
      "=", "<<",
    ])
  func quotedToo(_ text: String) {
    #expect(written(text) == "'\(text)'\n")
  }

  @Test(
    "a text never takes more than one line, as locks are merged line by line",
    arguments: [
      "a\nb", "\n", "a\n", "\na", "a\n\nb", "a\r\nb", "a\u{85}b", "a\u{2028}b", "a: b\n c",
      String(repeating: "ab ", count: 200),
    ])
  func oneLine(_ text: String) {
    let line = written(text)
    let breaks = line.unicodeScalars.filter { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) }
    #expect(breaks.count == 1, "\(line)")
    #expect(line.hasSuffix("\n"))
  }

  @Test("a text is read as it was written, in every place", arguments: 0..<400)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let texts = (0..<8).map { _ in generator.text(upTo: 8) }
    var writer = YAMLWriter()
    writer.mapping { writer in
      writer.field("block", texts[0])
      writer.field("flow", Array(texts[1...3]))
      writer.field("list") { writer in
        writer.sequence { writer in
          for text in texts[4...5] { writer.text(text) }
          writer.mapping { writer in
            writer.field("a", texts[6])
            writer.field("b") { writer in writer.sequence { writer in writer.text(texts[7]) } }
          }
        }
      }
    }
    let bytes = writer.finish()
    let (root, problems) = Note.read(bytes)
    #expect(problems.diagnostics.map(\.message) == [], "\(String(decoding: bytes, as: UTF8.self))")
    let read = try #require(root).scalars.compactMap(\.text).filter {
      !["block", "flow", "list", "a", "b"].contains($0)
    }
    #expect(scalars(read) == scalars(texts.filter { !["a", "b"].contains($0) }))
  }

  @Test("any text can be a key")
  func keys() throws {
    for seed in 1000..<1200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let key = generator.text(upTo: 5)
      var writer = YAMLWriter()
      writer.mapping { writer in writer.field(key, "value") }
      let bytes = writer.finish()
      let fields = try #require(Note.read(bytes).root?.fields, "\(String(decoding: bytes, as: UTF8.self))")
      #expect(scalars(fields.map(\.name)) == scalars([key]))
      #expect(fields.first?.value.text == "value")
    }
  }

  /// Swift compares characters; bytes are what is promised.
  private func scalars(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  private func written(_ text: String) -> String {
    var writer = YAMLWriter()
    writer.text(text)
    return String(decoding: writer.finish(), as: UTF8.self)
  }
}
