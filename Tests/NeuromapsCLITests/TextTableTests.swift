import Testing

@testable import NeuromapsCLI

@Suite("A table of texts") struct TextTableTests {
  private static let escape = "\u{1b}"

  private static func animals() -> TextTable {
    var table = TextTable([
      TextTable.Column(name: "animal", style: .bold), TextTable.Column(name: "legs", isRightAligned: true),
      TextTable.Column(name: "tags", style: .dim),
    ])
    table.add(["ant", "6", "small,black,fast"])
    table.add(["centipede", "100", ""])
    return table
  }

  @Test("For programs there are tabs between cells, and nothing is aligned, cut or colored") func forPrograms() {
    let lines = ["animal\tlegs\ttags", "ant\t6\tsmall,black,fast", "centipede\t100\t"]
    #expect(Self.animals().tabSeparated(isColored: false) == lines)
  }

  @Test("For people columns are aligned, numbers at their right, and no line ends in a space") func forPeople() {
    let lines = ["animal     legs  tags", "ant           6  small,black,fast", "centipede   100"]
    #expect(Self.animals().aligned(width: nil, isColored: false) == lines)
    #expect(Self.animals().aligned(width: 33, isColored: false) == lines)
  }

  @Test("On a narrow terminal a line ends in `…`") func narrow() {
    func shown(_ width: Int) -> [String] { Self.animals().aligned(width: width, isColored: false) }
    #expect(shown(32) == ["animal     legs  tags", "ant           6  small,black,fa…", "centipede   100"])
    #expect(shown(25) == ["animal     legs  tags", "ant           6  small,b…", "centipede   100"])
    #expect(shown(20) == ["animal     legs  ta…", "ant           6  sm…", "centipede   100"])
    #expect(shown(3) == ["an…", "an…", "ce…"])
    #expect(shown(1) == ["…", "…", "…"])
  }

  @Test("Colors change nothing but colors, at any width", arguments: 1...40)
  func colors(_ width: Int) throws {
    let colored = Self.animals().aligned(width: width, isColored: true)
    #expect(colored.map(Self.uncolored) == Self.animals().aligned(width: width, isColored: false))
    for line in colored {
      let sequences = line.matches(of: #/\u{1b}\[[0-9]*m/#).map { String($0.output) }
      #expect(sequences.count == line.count { $0 == "\u{1b}" }, "a sequence is cut: \(line.debugDescription)")
      #expect(sequences.isEmpty || sequences.last == "\(Self.escape)[0m", "a color runs on: \(line.debugDescription)")
    }
  }

  @Test("A heading is bold, a cell as its column is") func styles() {
    let lines = Self.animals().tabSeparated(isColored: true)
    #expect(
      lines[0] == "\(Self.escape)[1manimal\(Self.escape)[0m\t\(Self.escape)[1mlegs\(Self.escape)[0m"
        + "\t\(Self.escape)[1mtags\(Self.escape)[0m")
    #expect(lines[2] == "\(Self.escape)[1mcentipede\(Self.escape)[0m\t100\t")
  }

  @Test("Marks and columns for people do not reach programs") func peopleOnly() {
    var table = TextTable([
      TextTable.Column(name: "a"), TextTable.Column(name: "secret", isForPeopleOnly: true),
      TextTable.Column(name: "tags"),
    ])
    table.add(["1", "x", "red"], mark: "restricted")
    #expect(table.tabSeparated(isColored: false) == ["a\ttags", "1\tred"])
    #expect(table.aligned(width: nil, isColored: false) == ["a  secret  tags", "1  x       restricted red"])
    #expect(
      table.aligned(width: 22, isColored: true).last?.contains("\(Self.escape)[33mrestricted\(Self.escape)[0m") == true)
    #expect(table.aligned(width: 19, isColored: false).last == "1  x       restric…")
  }

  @Test(
    "Columns are those of a terminal",
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("脳", 2), ("뇌", 2), ("ｆ", 2), ("µm", 2), ("█▌…", 3),
      ("\u{200b}", 0), ("👩‍🔬", 2), ("a脳b", 4),
    ])
  func columns(_ text: String, _ columns: Int) {
    #expect(text.columns == columns)
  }

  @Test("A wide character is kept whole or left out, an accent stays on its letter") func wide() {
    var table = TextTable(["a", "b"])
    table.add(["脳", "e\u{301}e\u{301}脳脳脳脳脳"])
    table.add(["x", "y"])
    #expect(table.aligned(width: nil, isColored: false) == ["a   b", "脳  e\u{301}e\u{301}脳脳脳脳脳", "x   y"])
    #expect(table.aligned(width: 12, isColored: false)[1] == "脳  e\u{301}e\u{301}脳脳…")
    #expect(table.aligned(width: 3, isColored: false)[1] == "脳…")
    #expect(table.aligned(width: 2, isColored: false)[1] == "…")
  }

  @Test("Nothing in a cell steers the terminal") func hostile() {
    var table = TextTable(["a"])
    table.add(["\(Self.escape)[2J\u{9b}\n\u{202e}x"])
    for lines in [table.tabSeparated(isColored: false), table.aligned(width: 80, isColored: false)] {
      #expect(lines == ["a", "?[2J???x"])
    }
  }

  private static func uncolored(_ line: String) -> String { line.replacing(#/\u{1b}\[[0-9]*m/#, with: "") }
}
