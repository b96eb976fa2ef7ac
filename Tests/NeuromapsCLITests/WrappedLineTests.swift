import Testing

@testable import NeuromapsCLI

@Suite("A line broken for a terminal")
struct WrappedLineTests {
  @Test("for a program, and where there is no room, it stays whole", arguments: [nil, 10, 200])
  func whole(_ width: Int?) {
    let text = "  title       one two three four five six seven eight nine ten"
    #expect(WrappedLine(text, hanging: 14).lines(width: width) == [text])
  }

  @Test("it is broken at blanks, and what follows hangs below the value")
  func broken() {
    #expect(
      WrappedLine("  title       one two three four five six seven eight", hanging: 14).lines(width: 36) == [
        "  title       one two three four",
        "              five six seven eight",
      ])
  }

  @Test("without a column it hangs two below its own beginning")
  func own() {
    #expect(
      WrappedLine("  aaaa bbbb cccc dddd eeee ffff").lines(width: 24) == ["  aaaa bbbb cccc dddd", "    eeee ffff"])
  }

  @Test("a word that is longer than a line is left whole, so that an address can be copied")
  func longWord() {
    let address = "https://" + String(repeating: "x", count: 40)
    #expect(WrappedLine("see \(address) there", hanging: 2).lines(width: 30) == ["see", "  \(address)", "  there"])
    #expect(WrappedLine(address).lines(width: 30) == [address])
    #expect(WrappedLine("  file  \(address) x", hanging: 8).lines(width: 30) == ["  file  \(address)", "        x"])
  }

  @Test("no line is wider than the terminal, and no word is lost or added", arguments: 24...60)
  func all(_ width: Int) {
    let text = "  primary     " + (1...60).map { String(repeating: "w", count: $0 % 8 + 1) }.joined(separator: " ")
    let lines = WrappedLine(text, hanging: 4).lines(width: width)
    #expect(lines.allSatisfy { $0.count <= width && $0.last != " " })
    #expect(lines.joined(separator: " ").split(separator: " ") == text.split(separator: " "))
  }

  @Test("nothing in it can steer the terminal")
  func printable() {
    #expect(WrappedLine("a\u{1b}[31m b\nc").lines(width: nil) == ["a?[31m b?c"])
  }
}
