import Catalog
import Diagnostics
import Project
import Testing

@Suite("Editing a manifest")
struct ManifestEditorTests {
  /// A list with one entry fewer and more: `add` makes the one of the other, `remove` the other way round.
  struct Shape: Sendable, CustomStringConvertible {
    let description: String
    let without: String
    let with: String

    init(_ description: String, _ without: String, _ with: String) {
      self.description = description
      self.without = without
      self.with = with
    }
  }

  private static let lists: [Shape] = [
    Shape(
      "a list of lines", "annotations:\n  - a/b/c/1k\nprefer: {}\n",
      "annotations:\n  - a/b/c/1k\n  - x/y/z/2k\nprefer: {}\n"),
    Shape(
      "items below the key's first letter", "annotations:\n- a/b/c/1k # one\n",
      "annotations:\n- a/b/c/1k # one\n- x/y/z/2k\n"
    ),
    Shape(
      "a wide indent, blank lines and comments",
      "annotations: # maps\n\n      # first\n      -   a/b/c/1k   # one\n\n# end\n",
      "annotations: # maps\n\n      # first\n      -   a/b/c/1k   # one\n      - x/y/z/2k\n\n# end\n"),
    Shape(
      "comments behind, indented as items", "annotations:\n  - a/b/c/1k\n  # - b/b/c/1k\natlases: []\n",
      "annotations:\n  - a/b/c/1k\n  - x/y/z/2k\n  # - b/b/c/1k\natlases: []\n"),
    Shape(
      "a selector last", "annotations:\n  - tags: [a]   # tag\n    # both\n    space: b\n\n",
      "annotations:\n  - tags: [a]   # tag\n    # both\n    space: b\n  - x/y/z/2k\n\n"),
    Shape(
      "an item below its dash", "annotations:\n  - # one\n    a/b/c/1k\n",
      "annotations:\n  - # one\n    a/b/c/1k\n  - x/y/z/2k\n"),
    Shape(
      "a text in block style", "annotations:\n  - >-\n    a/b/c/1k\n\n\n# end\n",
      "annotations:\n  - >-\n    a/b/c/1k\n  - x/y/z/2k\n\n\n# end\n"),
    Shape("Windows", "annotations:\r\n  - a/b/c/1k # ä\r\n", "annotations:\r\n  - a/b/c/1k # ä\r\n  - x/y/z/2k\r\n"),
    Shape("no end of the last line", "annotations:\n  - a/b/c/1k", "annotations:\n  - a/b/c/1k\n  - x/y/z/2k"),
    Shape(
      "no end of the last line on Windows", "annotations:\r\n  - a/b/c/1k",
      "annotations:\r\n  - a/b/c/1k\r\n  - x/y/z/2k"),
    Shape("an end of the document", "annotations:\n- a/b/c/1k\n...\n", "annotations:\n- a/b/c/1k\n- x/y/z/2k\n...\n"),
    Shape("letters of two bytes", "annotations:\n- ä/ö/ü/1k # ß\n", "annotations:\n- ä/ö/ü/1k # ß\n- x/y/z/2k\n"),
    Shape("a key in quotes", "\"annotations\" :\n- a/b/c/1k\n", "\"annotations\" :\n- a/b/c/1k\n- x/y/z/2k\n"),
    Shape("a key with a question mark", "? annotations\n: - a/b/c/1k\n", "? annotations\n: - a/b/c/1k\n  - x/y/z/2k\n"),
    Shape("brackets", "annotations: [a/b/c/1k]\n", "annotations: [a/b/c/1k, x/y/z/2k]\n"),
    Shape("brackets with gaps", "annotations: [ a/b/c/1k ] # c\n", "annotations: [ a/b/c/1k, x/y/z/2k ] # c\n"),
    Shape("a comma behind the last", "annotations: [a/b/c/1k,]\n", "annotations: [a/b/c/1k, x/y/z/2k,]\n"),
    Shape("a comma and a gap", "annotations: [a/b/c/1k, ]\n", "annotations: [a/b/c/1k, x/y/z/2k, ]\n"),
    Shape("a list in a list", "annotations: [[a, b, c, 1k]]\n", "annotations: [[a, b, c, 1k], x/y/z/2k]\n"),
    Shape("a pair without braces", "annotations: [space: a]\n", "annotations: [space: a, x/y/z/2k]\n"),
    Shape(
      "brackets over lines", "annotations: [\n    a/b/c/1k # one\n    # more\n]\n",
      "annotations: [\n    a/b/c/1k, # one\n    x/y/z/2k\n    # more\n]\n"),
    Shape(
      "brackets over lines, a comma behind the last", "annotations: [\n  a/b/c/1k,   # one\n  ]\n",
      "annotations: [\n  a/b/c/1k,   # one\n  x/y/z/2k,\n  ]\n"),
    Shape(
      "brackets over lines on Windows", "annotations: [\r\n  a/b/c/1k\r\n]\r\n",
      "annotations: [\r\n  a/b/c/1k,\r\n  x/y/z/2k\r\n]\r\n"),
    Shape(
      "commas in front", "annotations: [ a/b/c/1k\n, b/b/c/1k ]\n", "annotations: [ a/b/c/1k\n, b/b/c/1k, x/y/z/2k ]\n"),
    Shape(
      "a comma on a line of its own", "annotations: [a/b/c/1k # one\n ,\n]\n",
      "annotations: [a/b/c/1k, x/y/z/2k # one\n ,\n]\n"),
    Shape(
      "braces around all", "{annotations: [a/b/c/1k], VERSION}\n", "{annotations: [a/b/c/1k, x/y/z/2k], VERSION}\n"),
  ]

  /// The version goes first, unless the shape has a place for it.
  private func whole(_ text: String) -> String {
    text.contains("VERSION") ? text.replacing("VERSION", with: "version: 1") : "version: 1\n\(text)"
  }

  @Test("an entry comes behind the last, and goes again without a trace", arguments: lists)
  func roundTrip(_ shape: Shape) throws {
    let (without, with) = (whole(shape.without), whole(shape.with))
    #expect(try EditDesk.add("x/y/z/2k", to: without) == with)
    #expect(try EditDesk.remove("x/y/z/2k", from: with) == without)
  }

  @Test("so does an atlas")
  func atlas() throws {
    let (without, with) = ("version: 1\natlases:\n  - a/1k # c\n", "version: 1\natlases:\n  - a/1k # c\n  - fsLR/32k\n")
    #expect(try EditDesk.add("fsLR/32k", to: without) == with)
    #expect(try EditDesk.remove("fsLR/32k", from: with) == without)
  }

  private static let first: [Shape] = [
    Shape("no key", "", "annotations:\n  - x/y/z/2k\n"),
    Shape("no key and comments", "# one\n\n  # two\n", "# one\n\n  # two\nannotations:\n  - x/y/z/2k\n"),
    Shape("no key and no end", "data_dir: d", "data_dir: d\nannotations:\n  - x/y/z/2k"),
    Shape("no key and an end", "data_dir: d\n...\n# c\n", "data_dir: d\nannotations:\n  - x/y/z/2k\n...\n# c\n"),
    Shape("no key within braces", "{VERSION}\n", "{VERSION, annotations: [x/y/z/2k]}\n"),
    Shape("nothing", "annotations:\n# c\natlases:\n", "annotations:\n  - x/y/z/2k\n# c\natlases:\n"),
    Shape("nothing and no end", "annotations:", "annotations:\n  - x/y/z/2k"),
    Shape("nothing but a comment", "annotations:   # none\n", "annotations:   # none\n  - x/y/z/2k\n"),
    Shape("null", "annotations: null # none\n", "annotations: # none\n  - x/y/z/2k\n"),
    Shape("a tilde", "annotations: ~\n  # none\n", "annotations:\n  - x/y/z/2k\n  # none\n"),
    Shape("brackets", "annotations: []\nprefer: {}\n", "annotations:\n  - x/y/z/2k\nprefer: {}\n"),
    Shape(
      "brackets and a comment", "annotations: [ ]  # none\n  # yet\n", "annotations:  # none\n  - x/y/z/2k\n  # yet\n"),
    Shape("brackets with a comment stuck to them", "annotations: []# none\n", "annotations: # none\n  - x/y/z/2k\n"),
    Shape("brackets below", "annotations:\n  []\n", "annotations:\n  [x/y/z/2k]\n"),
    Shape("brackets over lines", "annotations: [\n  # none\n]\n", "annotations: [x/y/z/2k\n  # none\n]\n"),
    Shape("brackets within braces", "{annotations: [], VERSION}\n", "{annotations: [x/y/z/2k], VERSION}\n"),
    Shape("a byte order mark", "\u{feff}VERSION\nannotations: []\n", "\u{feff}VERSION\nannotations:\n  - x/y/z/2k\n"),
    Shape("Windows", "annotations: []\r\n", "annotations:\r\n  - x/y/z/2k\r\n"),
  ]

  @Test("the first entry takes the place of what stands for nothing", arguments: first)
  func adds(_ shape: Shape) throws {
    #expect(try EditDesk.add("x/y/z/2k", to: whole(shape.without)) == whole(shape.with))
  }

  private static let gone: [Shape] = [
    Shape("the only one", "annotations:\n  # c\n  - x/y/z/2k # d\n# e\n", "annotations: []\n  # c\n# e\n"),
    Shape("the only one, on Windows", "annotations: # c\r\n- x/y/z/2k\r\n", "annotations: [] # c\r\n"),
    Shape("the only one, no end", "annotations:\n- x/y/z/2k", "annotations: []"),
    Shape("the only one in brackets", "annotations: [ x/y/z/2k ]\n", "annotations: [ ]\n"),
    Shape(
      "the only one in brackets over lines", "annotations: [\n  # c\n  x/y/z/2k, # d\n]\n", "annotations: [\n  # c\n]\n"
    ),
    Shape("the first", "annotations:\n- x/y/z/2k # x\n# c\n- a/b/c/1k # a\n", "annotations:\n# c\n- a/b/c/1k # a\n"),
    Shape("the first in brackets", "annotations: [x/y/z/2k, a/b/c/1k]\n", "annotations: [a/b/c/1k]\n"),
    Shape("one in the middle", "annotations: [a/b/c/1k, x/y/z/2k, b/b/c/1k]\n", "annotations: [a/b/c/1k, b/b/c/1k]\n"),
    Shape(
      "one in the middle of lines", "annotations: [\n  a/b/c/1k, # a\n  x/y/z/2k, # x\n  b/b/c/1k\n]\n",
      "annotations: [\n  a/b/c/1k, # a\n  b/b/c/1k\n]\n"),
    Shape(
      "one at the end of a line", "annotations: [a/b/c/1k, x/y/z/2k,\n  b/b/c/1k]\n",
      "annotations: [a/b/c/1k,\n  b/b/c/1k]\n"),
    Shape(
      "one between commas in front", "annotations: [ a/b/c/1k\n, x/y/z/2k # x\n, b/b/c/1k\n]\n",
      "annotations: [ a/b/c/1k\n, b/b/c/1k\n]\n"),
    Shape("a list", "annotations:\n- [x, y, z, 2k] # x\n- a/b/c/1k\n", "annotations:\n- a/b/c/1k\n"),
    Shape("one that stands twice", "annotations: [x/y/z/2k, a/b/c/1k, 'x/y/z/2k']\n", "annotations: [a/b/c/1k]\n"),
    Shape(
      "one whose text is broken", "annotations:\n- >-\n  x/y/z/2k\n\n# c\n- a/b/c/1k\n",
      "annotations:\n\n# c\n- a/b/c/1k\n"),
  ]

  @Test("an entry goes with its lines or its comma, and leaves what is no part of it", arguments: gone)
  func removes(_ shape: Shape) throws {
    #expect(try EditDesk.remove("x/y/z/2k", from: whole(shape.without)) == whole(shape.with))
  }

  // MARK: Groups

  private static let groups: [Shape] = [
    Shape("no groups", "# c\n", "# c\ngroups:\n  figures:\n    annotations:\n      - x/y/z/2k\n"),
    Shape("nothing", "groups: # c\n", "groups: # c\n  figures:\n    annotations:\n      - x/y/z/2k\n"),
    Shape("braces", "groups: {}\n# c\n", "groups:\n  figures:\n    annotations:\n      - x/y/z/2k\n# c\n"),
    Shape(
      "another group", "groups:\n    one:\n        atlases: []\n# c\n",
      "groups:\n    one:\n        atlases: []\n    figures:\n      annotations:\n        - x/y/z/2k\n# c\n"),
    Shape(
      "an empty group", "groups:\n  figures: {} # c\n  two: {}\n",
      "groups:\n  figures: # c\n    annotations:\n      - x/y/z/2k\n  two: {}\n"),
    Shape(
      "a group with another list", "groups:\n  figures:\n    atlases: [a]\n  two: {}\n",
      "groups:\n  figures:\n    atlases: [a]\n    annotations:\n      - x/y/z/2k\n  two: {}\n"),
    Shape(
      "a group with the list",
      "annotations: []\ngroups:\n  figures:\n    annotations:\n    - a/b/c/1k # c\n    atlases: []\n",
      "annotations: []\ngroups:\n  figures:\n    annotations:\n    - a/b/c/1k # c\n    - x/y/z/2k\n    atlases: []\n"),
    Shape(
      "braces with another group", "groups: {one: {atlases: [a]}}\n",
      "groups: {one: {atlases: [a]}, figures: {annotations: [x/y/z/2k]}}\n"),
    Shape("braces in braces", "groups: {figures: {}}\n", "groups: {figures: {annotations: [x/y/z/2k]}}\n"),
    Shape(
      "braces over lines", "groups: {\n  figures: {atlases: [a]}, # c\n}\n",
      "groups: {\n  figures: {atlases: [a], annotations: [x/y/z/2k]}, # c\n}\n"),
  ]

  @Test("a group is made where it is missing", arguments: groups)
  func addsToGroup(_ shape: Shape) throws {
    let text = try EditDesk.add("x/y/z/2k", to: whole(shape.without), in: "figures")
    #expect(text == whole(shape.with))
  }

  @Test("a group that becomes empty stays, and the main set is not touched")
  func emptiesGroup() throws {
    let text = "version: 1\nannotations: [x/y/z/2k]\ngroups:\n  figures:\n    annotations:\n      - x/y/z/2k # c\n"
    #expect(
      try EditDesk.remove("x/y/z/2k", from: text, in: "figures")
        == "version: 1\nannotations: [x/y/z/2k]\ngroups:\n  figures:\n    annotations: []\n")
  }

  // MARK: Items

  @Test("several come in their order, maps and atlases each in their list, and each once")
  func several() throws {
    let text = "version: 1\natlases: [a]\nannotations:\n  - a/b/c/1k\n"
    #expect(
      try EditDesk.add("x/y/z/2k", "fsLR/32k", "*/q/z/2k", "x/y/z/2k", "regfusion", to: text)
        == "version: 1\natlases: [a, fsLR/32k, regfusion]\nannotations:\n  - a/b/c/1k\n  - x/y/z/2k\n  - '*/q/z/2k'\n")
  }

  private let selector = ManifestItem.selector(
    MapQuery([.tags: [Glob("PET"), Glob("a, b")], .space: [Glob("MNI152")]], includesRestricted: true),
    exclude: [MapPattern("a/*/c/1k")].compactMap { $0 })

  @Test("a selector comes as lines, a key each, or within braces, and goes however it is written")
  func selectors() throws {
    let lines = "version: 1\nannotations:\n- a/b/c/1k\n"
    let added = try EditDesk.edit(lines, ManifestChange(.add, [selector])).text.text
    #expect(
      added == lines + "- space: MNI152\n  tags: [PET, 'a, b']\n  restricted: true\n  exclude: [a/*/c/1k]\n")
    #expect(try EditDesk.edit(added, ManifestChange(.remove, [selector])).text.text == lines)

    let brackets = "version: 1\nannotations: [a/b/c/1k]\n"
    let inline = try EditDesk.edit(brackets, ManifestChange(.add, [selector])).text.text
    #expect(
      inline == "version: 1\nannotations: "
        + "[a/b/c/1k, {space: MNI152, tags: [PET, 'a, b'], restricted: true, exclude: [a/*/c/1k]}]\n")
    #expect(try EditDesk.edit(inline, ManifestChange(.remove, [selector])).text.text == brackets)

    let other =
      "version: 1\nannotations:\n- exclude: [a/*/c/1k]\n  restricted: true\n  # c\n  tags: ['a, b', PET] # d\n"
      + "  space: [MNI152]\n- a/b/c/1k\n"
    #expect(
      try EditDesk.edit(other, ManifestChange(.remove, [selector])).text.text
        == "version: 1\nannotations:\n  # c\n- a/b/c/1k\n")
  }

  @Test("a pattern takes out the entry that is written so, else the names that it matches")
  func patterns() throws {
    let text = "version: 1\nannotations: [a/b/c/1k, a/*/*/*, a/d/c/1k, a/d/*/1k, e/b/c/1k]\n"
    #expect(
      try EditDesk.remove("a/*/*/*", from: text)
        == "version: 1\nannotations: [a/b/c/1k, a/d/c/1k, a/d/*/1k, e/b/c/1k]\n")
    #expect(
      try EditDesk.remove("a/*/c/*", from: text) == "version: 1\nannotations: [a/*/*/*, a/d/*/1k, e/b/c/1k]\n")
    let atlases = "version: 1\natlases: [fsLR/32k, 'fsLR/*', fsLR/164k, civet/41k]\n"
    #expect(
      try EditDesk.remove("fs*/*", from: atlases) == "version: 1\natlases: ['fsLR/*', civet/41k]\n")
  }

  @Test("what is wanted already is told with its line, and changes nothing")
  func unchanged() throws {
    let text = "version: 1\nannotations:\n  - [a, b, c, 1k]\n  - x/*/z/2k\n  - tags: PET\natlases: [fsLR/32k, all]\n"
    let names = ["a/b/c/1k", "x/y/z/2k", "x/*/z/2k", "fsLR/32k", "regfusion", "x/y/z/3k"].map(EditDesk.item)
    let selector = ManifestItem.selector(MapQuery([.tags: [Glob("PET")]]), exclude: [])
    let edit = try EditDesk.edit(text, ManifestChange(.add, names + [selector]))
    #expect(edit.added.map(\.description) == ["x/y/z/3k"])
    #expect(
      edit.unchanged.map(\.item.description) == [
        "a/b/c/1k", "x/y/z/2k", "x/*/z/2k", "fsLR/32k", "regfusion", "{tags: PET}",
      ])
    #expect(edit.unchanged.map(\.line) == [3, 4, 4, 6, 6, 5])
    #expect(edit.unchanged.map(\.isByPattern) == [false, true, false, false, true, false])
    let again = try EditDesk.edit(edit.text.text, ManifestChange(.add, names))
    #expect(again.text.bytes == edit.text.bytes)
    #expect(again.added.isEmpty)
  }

  @Test("what a pattern matches can be written out all the same")
  func writtenOut() throws {
    let text = "version: 1\nannotations: ['*/*/*/*']\n"
    var change = ManifestChange(.add, [EditDesk.item("x/y/z/2k")])
    change.writtenOut = Set(change.items)
    #expect(try EditDesk.edit(text, change).text.text == "version: 1\nannotations: ['*/*/*/*', x/y/z/2k]\n")
  }
}
