import MarkedText
import ReaderChecks
import Testing

@Suite("Readers end soon, whatever 64 KiB say")
struct LargeInputTests {
  /// Some bytes of which there are many.
  struct Input: Sendable, CustomStringConvertible {
    let description: String
    let text: String

    init(_ description: String, _ part: String, after head: String = "") {
      self.description = description
      text = head + String(repeating: part, count: ((64 << 10) - head.utf8.count) / part.utf8.count)
    }
  }

  private static let list = "version: 1\nannotations: ["

  private static let manifests = [
    Input("lists in lists", "["), Input("lists in lists, a line each", "-\n"), Input("lists on one line", "- "),
    Input("keys without values", "? "), Input("values without keys", ": "), Input("keys of keys", "a: "),
    Input("one key", "a: 1\n"), Input("documents", "---\n"), Input("lines without anything", "\n"),
    Input("comments", "#\t\n"), Input("tabs", "\t\n"), Input("characters of number zero", "\0"),
    Input("anchors", "&a ", after: list), Input("tags", "!a ", after: list), Input("aliases", "*a, ", after: list),
    Input("wrong entries", "x, ", after: list), Input("right entries", "a/b/c/d, ", after: list),
    Input("lists of four", "[a,b,c,d],", after: list), Input("selectors of nothing", "{}, ", after: list),
    Input("a line in quotes", "\\n", after: "version: 1\ndata_dir: \""),
    Input("a text of lines", "a\n\n ", after: "version: 1\ndata_dir: "),
    Input("a text in block style", " a\n", after: "version: 1\ndata_dir: |\n"),
  ]

  @Test("a manifest", .timeLimit(.minutes(1)), arguments: manifests)
  func manifest(_ input: Input) {
    #expect(CheckedReader.manifest.read(Array(input.text.utf8)).violations == [])
  }

  @Test("a catalog that cites what no reference is, many times", .timeLimit(.minutes(1)))
  func citations() {
    let references = (1000..<1400).map { "  r\($0): {type: misc}\n" }.joined()
    let head = "version: 1\nname: x\nrevision: a\nmaps: []\nreferences:\n\(references)cite: ["
    let input = Input("", "x,", after: head)
    #expect(CheckedReader.catalog.read(Array("\(input.text)]\n".utf8)).violations == [])
  }

  @Test(
    "an answer of OSF", .timeLimit(.minutes(1)), arguments: ["[", "{\"a\":", "[{\"a\":[", "1,", "\"a\\u0000\",", " "])
  func answer(_ part: String) {
    let input = Input("", part, after: "{\"data\": [")
    #expect(CheckedReader.osf.read(Array(input.text.utf8)).violations == [])
  }
}
