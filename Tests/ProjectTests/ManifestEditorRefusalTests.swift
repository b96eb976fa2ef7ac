import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Edits of a manifest that are refused")
struct ManifestEditorRefusalTests {
  private static let selector = ManifestItem.selector(
    MapQuery([.space: [Glob("a")], .tags: [Glob("b")]]), exclude: [])

  /// A text, and what cannot be done to it at the mark.
  struct Case: Sendable, CustomStringConvertible {
    let refusal: Refusal
    let change: ManifestChange

    init(_ action: ManifestChange.Action, _ item: ManifestItem, in group: String? = nil, _ refusal: Refusal) {
      change = ManifestChange(action, [item], in: group)
      self.refusal = refusal
    }

    var description: String { refusal.description }
  }

  private static let cases: [Case] = [
    Case(
      .remove, EditDesk.item("a/b/c/1k"),
      Refusal(
        "the only item behind a question mark", "version: 1\n? annotations\n: - ‹a/b/c/1k›\n",
        Expected(
          .cannotEdit, "cannot be edited here: the item shares its lines", note: "left as it is",
          hint: "take out of `annotations` by hand: `a/b/c/1k`"))),
    Case(
      .remove, selector,
      Refusal(
        "a comment within braces that something else is around",
        "version: 1\nannotations: [‹{space: a,\n  # why\n  tags: b}›, a/b/c/1k]\n",
        Expected(.cannotEdit, "a comment would be lost", hint: "by hand: `{space: a, tags: b}`"))),
    Case(
      .add, EditDesk.item("a/b/c/1k"),
      Refusal(
        "a key without a value within braces", "{version: 1, ‹annotations›: }\n",
        Expected(.cannotEdit, "`annotations` has no value", hint: "write by hand below `annotations`: `- a/b/c/1k`"))),
    Case(
      .add, EditDesk.item("fsLR/32k"), in: "figures",
      Refusal(
        "a group whose last key has no value", "version: 1\ngroups: {figures: {‹annotations›: }}\n",
        Expected(
          .cannotEdit, "`annotations` has no value", hint: "below `atlases` of the group `figures`: `- fsLR/32k`"))),
    Case(
      .add, EditDesk.item("a/b/c/1k"),
      Refusal(
        "a comment that would become part of the entry", "‹v›ersion: 1\nannotations: [# none\n]\n",
        Expected(.cannotEdit, "`annotations` would not be as it should"))),
    Case(
      .add, EditDesk.item("a/b/c/1k"), in: "not a name",
      Refusal(
        "a group that cannot be called so", "‹v›ersion: 1\n",
        Expected(.cannotEdit, "the result could not be read", hint: "of the group `not a name`"))),
    Case(
      .add, EditDesk.item("a/b/c/1k"),
      Refusal(
        "a manifest that is wrong in itself", "version: 1\nannotations: ‹text›\n‹colour›: red\n",
        Expected(.manifestWrongValue, "takes a list"), Expected(.manifestUnknownKey, "`colour`"))),
  ]

  @Test("what cannot be kept is told with its place, and what to do by hand", arguments: cases)
  func refuses(_ test: Case) {
    let text = test.refusal.text
    let found = EditDesk.findings(text.text, test.change)
    #expect(text.differences(from: found, test.refusal.expected) == [])
  }

  // MARK: What is not there

  private func absences(
    _ text: String, _ names: String..., in group: String? = nil,
    isSelected: @escaping (MapQuery, AnnotationID) -> Bool = { _, _ in false }
  ) throws -> [Diagnostic] {
    let change = ManifestChange(.remove, names.map(EditDesk.item), in: group)
    let manifest = try Desk.manifest(text)
    #expect(try EditDesk.edit(text, change).text.text == text)
    #expect(ManifestEditor.missing(change, in: manifest).count == names.count)
    return ManifestAbsence(manifest, change, isSelected: isSelected).diagnostics
  }

  @Test("what is nearly there is suggested")
  func nearest() throws {
    let text = "version: 1\nannotations: [a/mapone/c/1k, a/maptwo/c/1k]\natlases: [fsLR/32k]\n"
    let found = try absences(text, "a/maptow/c/1k", "fsLR/23k", "q/q/q/q")
    #expect(found.map(\.code) == [.notWanted, .notWanted, .notWanted])
    #expect(found.map(\.location) == [nil, nil, nil])
    #expect(found[0].message == "`a/maptow/c/1k` is no entry of `neuromaps.yaml`")
    #expect(found.map(\.hints) == [["did you mean `a/maptwo/c/1k`?"], ["did you mean `fsLR/32k`?"], []])
  }

  @Test("the pattern or selector that brings a map in is pointed at")
  func broughtIn() throws {
    let text = MarkedText(
      """
      version: 1
      annotations:
        - a/x/c/1k
        - ‹a/*/c/1k›
        - ‹{tags: PET, exclude: [b/y/c/1k]}›
      atlases: [‹all›]

      """)
    let found = try absences(text.text, "a/b/c/1k", "b/x/c/1k", "b/y/c/1k", "fsLR/32k") { query, id in
      query.patterns[.tags] == [Glob("PET")] && id.source == "b"
    }
    #expect(found.map(\.location?.span) == [text.marks[0], text.marks[1], nil, text.marks[2]])
    #expect(found[0].message == "`a/b/c/1k` is no entry of `neuromaps.yaml`; line 4 brings it in")
    #expect(found[1].hints == ["to leave it out, write a selector with `exclude: [b/x/c/1k]`"])
  }

  @Test("another set that wants it is told of, and a group that is not there")
  func elsewhere() throws {
    let text = "version: 1\nannotations: [a/b/c/1k]\ngroups:\n  figures:\n    annotations: [a/d/c/1k]\n  tables: {}\n"
    #expect(
      try absences(text, "a/d/c/1k").map(\.notes) == [["the group `figures` wants it (`--group figures`), by line 5"]])
    let other = try absences(text, "a/b/c/1k", in: "figures")
    #expect(other.map(\.message) == ["`a/b/c/1k` is no entry of the group `figures` of `neuromaps.yaml`"])
    #expect(other.map(\.notes) == [["the main set wants it (no `--group`), by line 2"]])
    let unknown = try absences(text, "a/b/c/1k", "a/d/c/1k", in: "figure")
    #expect(unknown.map(\.message) == ["`neuromaps.yaml` has no group `figure`"])
    #expect(unknown.map(\.hints) == [["did you mean `figures`?"]])
    #expect(try absences(text, "a/b/c/1k", in: "q").map(\.hints) == [["there are `figures`, `tables`"]])
  }

  @Test("lines that differ are told in order")
  func lineChanges() {
    func changes(_ before: String, _ after: String) -> [String] {
      LineChange.between(
        SourceText(name: "a", bytes: Array(before.utf8)), SourceText(name: "b", bytes: Array(after.utf8))
      ).map(\.description)
    }
    #expect(changes("a\nb\nc\n", "a\nb\nc\n") == [])
    #expect(changes("a\nb\nc\n", "a\nB\nc\nd\n") == ["-b", "+B", "+d"])
    #expect(changes("a\r\nb\r\n", "a\r\n") == ["-b"])
    #expect(changes("a: []", "a:\n  - b") == ["-a: []", "+a:", "+  - b"])
  }
}
