import Testing

@testable import NeuromapsCLI

@Suite("Texts of others in Markdown") struct MarkdownCodeTests {
  @Test(
    "A usual text stands between backticks",
    arguments: [
      "lab/blob/MNI152/2mm", "CC BY-NC-SA 4.0", "<script>alert(1)</script>", "**bold**", "@somebody", "größe",
    ])
  func usual(_ text: String) {
    #expect(MarkdownCode(text).description == "`\(text)`")
  }

  @Test(
    "What would end the code, or a cell, is written by numbers",
    arguments: [
      ("`", "<code>&#96;</code>"), ("a|b", "<code>a&#124;b</code>"), ("", "<code></code>"),
      ("`<b>&amp;\\|*ö", "<code>&#96;&#60;b&#62;&#38;amp&#59;&#92;&#124;&#42;ö</code>"),
      // To Swift a bar with a mark on it is no bar, to Markdown it is one.
      ("|\u{301}", "<code>&#124;\u{301}</code>"),
    ])
  func unusual(_ text: String, _ code: String) {
    #expect(MarkdownCode(text).description == code)
  }

  @Test("Nothing gets onto another line", arguments: ["a\nb", "a\r\nb", "a\u{85}b", "a\u{0}b"])
  func lines(_ text: String) {
    let code = MarkdownCode(text).description
    #expect(code.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x85 })
    #expect(code.hasPrefix("`a?"))
  }
}
