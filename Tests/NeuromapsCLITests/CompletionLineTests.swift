import Testing

@testable import NeuromapsCLI

@Suite("A line that is being typed") struct CompletionLineTests {
  private static let words = [
    "neuromaps", "list", "--source", "a", "--space", "=", "fsLR", "--source=b", "--tag", "'PET'", "--restricted",
    "--source",
  ]

  /// As shells ask at the end of the line.
  private func line(_ words: [String]) -> CompletionLine {
    CompletionLine(words, at: words.count - 1, words.last ?? "")
  }

  @Test("knows the values of options, in each way that shells hand them over")
  func values() {
    let line = line(Self.words + ["c"])
    #expect(line.values(of: "--source") == ["a", "b"])
    #expect(line.values(of: "--space") == ["fsLR"])
    #expect(line.values(of: "--tag") == ["PET"])
    #expect(line.values(of: "--den").isEmpty)
    #expect(line.has("--restricted"))
    #expect(!line.has("--atlases"))
  }

  @Test("does not take the word at the cursor, or an option's lack of one, for a value")
  func cursor() {
    #expect(line(Self.words).values(of: "--source") == ["a", "b"])
    #expect(CompletionLine(Self.words, at: 3, "").values(of: "--source") == ["b"])
    #expect(CompletionLine(Self.words, at: 6, "").values(of: "--space").isEmpty)
    #expect(CompletionLine(Self.words, at: 7, "").values(of: "--source") == ["a"])
  }

  @Test(
    "The word is what is before the cursor, without quotes and option",
    arguments: [
      ("abagen/ge", "abagen/ge"), ("'abagen/ge", "abagen/ge"), (#""a\ b"#, "a b"), ("''", ""), ("", ""),
      ("--upgrade-map=abagen/", "abagen/"), ("--tag=", ""), ("--tag", "--tag"), ("a=b", "a=b"),
    ])
  func word(_ typed: String, _ word: String) {
    #expect(line(["neuromaps", "info", typed]).word == word)
  }

  @Test("The beginning that the parser tells is that of the last word, so of others all is taken")
  func beginning() {
    #expect(CompletionLine(["neuromaps", "info", "abagen"], at: 2, "ab").word == "ab")
    #expect(CompletionLine(["neuromaps", "info", "abagen", "xyz"], at: 2, "xy").word == "abagen")
  }

  @Test("A place that is not there has no word", arguments: [-1, 3, Int.max, Int.min])
  func noPlace(_ place: Int) {
    #expect(CompletionLine(["neuromaps", "info", "--tag"], at: place, "x").word == "")
    #expect(CompletionLine([], at: place, "x").word == "")
  }
}
