import Catalog
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What is known of maps in a lock that is not as it was written")
struct LockFactsRefusalTests {
  /// An edit of a lock and the line, after it, at which it must be refused.
  struct Edit: Sendable, CustomStringConvertible {
    let description: String
    let old: String
    let new: String
    let expected: Expected
    let line: String

    init(_ description: String, _ old: String, _ new: String, _ expected: Expected, at line: String) {
      (self.description, self.old, self.new, self.expected, self.line) = (description, old, new, expected, line)
    }
  }

  private static let canonical = Expected(.lockNotCanonical)

  private static func wrong(_ message: String) -> Expected { Expected(.lockWrongValue, message) }

  private static let second = "- key: lab2024\n  catalog: lab\n  type: misc\n  authors: [Example Lab]\n"
  private static let third = "- key: '2020'\n  catalog: other\n  type: article\n  year: in press\n"

  private static let edits: [Edit] = [
    // The version of what is written from it.
    Edit(
      "a later version", "metadata: 1\n", "metadata: 2\n",
      Expected(
        .lockVersion, "the lock's metadata is of version 2; this program writes 1", note: "nothing was changed",
        hint: "install a newer neuromaps"), at: "metadata: 2"),
    Edit("no version", "metadata: 1\n", "metadata: 0\n", wrong("a whole number from 1 on"), at: "metadata: 0"),
    Edit("a word", "metadata: 1\n", "metadata: true\n", wrong("a whole number from 1 on"), at: "metadata: true"),
    Edit("a number in quotes", "metadata: 1\n", "metadata: '1'\n", canonical, at: "metadata: '1'"),
    Edit("an earlier revision", "revision: 3\nm", "revision: 2\nm", canonical, at: "revision: 2"),
    Edit("without its line", "metadata: 1\n", "", canonical, at: "revision: 3"),
    // Papers.
    Edit(
      "a paper that is not there", "  primary: [doe2020, lab2024]", "  primary: [doe2020, lab2025]",
      wrong("the lock has no reference `lab2025` of the catalog `lab`"), at: "  primary: [doe2020, lab2025]"),
    Edit(
      "a paper of another catalog", "  primary: ['2020', doe2020, doe2020]", "  primary: [lab2024]",
      wrong("the lock has no reference `lab2024` of the catalog `other`"), at: "  primary: [lab2024]"),
    Edit(
      "a paper of another revision", "  secondary: [doe2020]", "  secondary: [lab2024]",
      wrong("the lock has no reference `lab2024` in revision `unknown` of the catalog `lab`"),
      at: "  secondary: [lab2024]"),
    Edit(
      "a paper that a catalog cites and that is not there", "cite: [lab2024, doe2020]", "cite: [lab, doe2020]",
      wrong("no reference `lab` of the catalog `lab`"), at: "  cite: [lab, doe2020]"),
    Edit(
      "a paper of a catalog that is not there", "  catalog: other\n  type: article\n  year",
      "  catalog: others\n  type: article\n  year",
      wrong("the reference's catalog `others` is not among the lock's catalogs"), at: "- key: '2020'"),
    Edit(
      "a paper twice", "  catalog: lab\n  revision: '1'\n  type: misc\n", "  catalog: lab\n  type: misc\n",
      wrong("the reference `doe2020` stands twice"), at: "- key: doe2020"),
    Edit(
      "a paper without a type", "  type: misc\n  authors", "  authors", Expected(.lockMissingKey), at: "- key: lab2024"),
    Edit(
      "a paper without a catalog", "  catalog: other\n  type", "  type", Expected(.lockMissingKey), at: "- key: '2020'"),
    Edit(
      "authors that are a text", "[Example Lab]", "Example Lab", wrong("takes a list"), at: "  authors: Example Lab"),
    Edit("papers out of order", second + third, third + second, canonical, at: "- key: '2020'"),
    Edit(
      "a field that no paper has", "  type: misc\n  authors", "  kind: misc\n  type: misc\n  authors",
      Expected(.lockUnknownKey, "`kind` in a reference"), at: "  kind: misc"),
    // Maps and catalogs.
    Edit(
      "facts in another order", "  modality: PET\n  measure: BPnd\n", "  measure: BPnd\n  modality: PET\n", canonical,
      at: "  measure: BPnd"),
    Edit("a number that is none", "  'n': '12'\n", "  'n': [12]\n", wrong("`n` takes text"), at: "  'n': [12]"),
    Edit("a title of nothing", "  title: ''\n", "  title:\n", wrong("not nothing"), at: "  title:"),
    Edit(
      "keys that are no list", "  primary: [doe2020]\n", "  primary: doe2020\n", wrong("takes a list"),
      at: "  primary: doe2020"),
    Edit(
      "no keys, written out", "  modality: MRI\n", "  modality: MRI\n  secondary: []\n", canonical,
      at: "  secondary: []"),
    Edit(
      "a key that is a list", "  primary: [doe2020]\n", "  primary: [[doe2020]]\n", wrong("each of `primary`"),
      at: "  primary: [[doe2020]]"),
    Edit("a caution on two lines", "first.\\nThen", "first.\n\n  Then", canonical, at: "  caution: \"Ask us first."),
  ]

  @Test("is refused at its line", arguments: edits)
  func refused(_ edit: Edit) throws {
    let text = try LockFixture.facts.text()
    let range = try #require(text.firstRange(of: edit.old))
    let edited = String(text[..<range.lowerBound]) + edit.new + text[range.upperBound...]
    let found = Desk.lockFindings(Array(edited.utf8))
    let match = found.first { edit.expected.isMet(by: $0) && $0.location?.line == edit.line }
    #expect(match != nil, "\(found)")
  }

  @Test("stands in no lock without its version", arguments: ["  title: x\n", "  primary: []\n", "  license_url: x\n"])
  func withoutVersion(line: String) throws {
    let text = try LockFixture.lab.text()
    let range = try #require(text.firstRange(of: "  restricted: "))
    let edited = String(text[..<range.lowerBound]) + line + text[range.lowerBound...]
    let found = Desk.lockFindings(Array(edited.utf8))
    #expect(found.map(\.code) == [.lockNotCanonical])
    #expect(found.first?.location.map { "\($0.line)\n" } == line)
  }

  @Test("may have a paper that nothing cites any more, as after a merge by git")
  func uncited() throws {
    let text = try LockFixture.facts.text().replacing("  cite: [lab2024, doe2020]\n", with: "")
      .replacing("[doe2020, lab2024]", with: "[doe2020]").replacing("[lab2024, doe2020]", with: "[doe2020]")
    let lock = try Desk.readLock(text)
    #expect(lock.references.contains { $0.reference.key == "lab2024" })
  }
}
