import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What a lock knows of its maps beside the catalogs that it names")
struct LockAuditFactsTests {
  private static func lab() throws -> LoadedCatalog {
    try Desk.catalog(
      "lab",
      maps: [
        Desk.map(
          "a/one/c/1mm", "a", "license_url: \"https://h/l\"", "title: One", "modality: PET", "measure: BPnd",
          "target: GABA", "n: \"7\"", "age: \"30\"", "note: Mind", "primary: [p, q]", "secondary: [q]")
      ],
      rest: "title: Lab\ncaution: Ask\ncite: [q]\nreferences:\n"
        + "  p: {type: misc, authors: [\"Doe, Jane\"], title: P, year: \"2020\", journal: J, volume: \"1\", "
        + "number: \"2\", pages: \"3\", doi: 10.1/p, url: \"https://h/p\", publisher: B}\n  q: {type: misc}\n")
  }

  private static func text() throws -> String { Desk.print(try Desk.resolve(Desk.wanting, catalogs: [lab()]).lock) }

  private static func audit(_ text: String) throws -> LockAudit {
    LockAudit(try Desk.readLock(text), Desk.lockSource(text), catalogs: [try lab()])
  }

  /// A field, what the lock has instead of what is in it, of what that is said, and the line at which it is said.
  private static let edits: [(field: String, value: String, name: String, line: String)] = {
    let (map, lab, paper) = ("- map: a/one/c/1mm", "- name: lab", "- key: p")
    let one = ["license_url: https://h/l", "title: One", "modality: PET", "measure: BPnd", "target: GABA", "age: '30'"]
    let all = one + ["'n': '7'", "note: Mind", "primary: [p, q]", "secondary: [q]"]
    let whole = ["title: Lab", "caution: Ask", "cite: [q]"]
    let papers = [
      "title: P", "year: '2020'", "journal: J", "volume: '1'", "number: '2'", "pages: '3'", "doi: 10.1/p",
      "url: https://h/p", "publisher: B", "authors: ['Doe, Jane']",
    ]
    func edit(_ field: String, _ name: String, _ line: String) -> (String, String, String, String) {
      (field, field.hasSuffix("]") ? field.hasPrefix("authors") ? "[x]" : "[p]" : "x", name, line)
    }
    return all.map { edit($0, "`a/one/c/1mm`", map) } + whole.map { edit($0, "the catalog `lab`", lab) }
      + papers.map { edit($0, "the reference `p`", paper) }
  }()

  @Test("that was just made is as they say")
  func justMade() throws {
    let audit = try Self.audit(try Self.text())
    #expect(audit.findings == [] && audit.unknown == [] && audit.compared == ["lab"])
  }

  @Test("is found out where it was changed or taken away, at the line that begins the entry", arguments: 0..<23)
  func found(_ index: Int) throws {
    let edit = Self.edits[index]
    let key = try #require(edit.field.split(separator: ":").first)
    for new in ["  \(key): \(edit.value)\n", ""] {
      let text = try Self.text()
      let range = try #require(text.firstRange(of: "  \(edit.field)\n"), "\(edit.field)")
      let audit = try Self.audit(text.replacingCharacters(in: range, with: new))
      let finding = try #require(audit.findings.first)
      #expect(audit.findings.count == 1)
      #expect(finding.code == .lockTampered)
      let name = key.filter { $0 != "'" }
      #expect(finding.message == "the \(name) of \(edit.name) is not what its catalog says")
      #expect(finding.notes.first == (new.isEmpty ? "the lock has none" : "the lock has `\(edit.value)`"))
      #expect(finding.location?.line == edit.line)
    }
  }

  @Test("holds a paper's type against its catalog too, and a paper that the catalog does not have")
  func papers() throws {
    let text = try Self.text()
    let type = try Self.audit(text.replacing("  type: misc\n  authors", with: "  type: book\n  authors"))
    #expect(type.findings.map(\.message) == ["the type of the reference `p` is not what its catalog says"])
    let other = text.replacing("- key: q\n", with: "- key: r\n").replacing("q]", with: "r]")
    let findings = try Self.audit(other).findings
    #expect(findings.contains { $0.message == "the reference `r` is not what its catalog says" })
    #expect(findings.count == 4, "and each list that has it")
  }

  @Test("of a paper that two catalogs have points to that of its own catalog")
  func twoCatalogs() throws {
    let catalogs = [
      try Desk.described("1", of: "lab", titles: ["x", "y"]), try Desk.described("1", of: "mab", titles: ["x", "y"]),
    ]
    let text = Desk.print(try Desk.resolve(Desk.wanting, catalogs: catalogs).lock)
    let place = try #require(text.firstRange(of: "  catalog: mab\n  type: article\n"))
    let edited = text.replacingCharacters(in: place, with: "  catalog: mab\n  type: book\n")
    let audit = LockAudit(try Desk.readLock(edited), Desk.lockSource(edited), catalogs: catalogs)
    let line = try #require(audit.findings.first?.location?.span.start.line)
    let lines = edited.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(audit.findings.count == 1)
    #expect(lines[line - 1] == "- key: doe2020" && lines[line] == "  catalog: mab")
  }

  @Test("of a map that is pinned from an earlier revision cannot be compared")
  func earlier() throws {
    let first = try Desk.resolve(Desk.wanting, catalogs: [try Desk.described("1", titles: ["x", "y"])]).lock
    let later = try Desk.described("2", titles: ["x", "z"], paper: "Other", letters: "ab")
    let lock = try Desk.resolve(
      Desk.wanting, catalogs: [later], previous: first, upgrading: { $0.description == "lab/two/c/1mm" }
    ).lock
    let text = Desk.print(lock).replacing("  title: Blobs\n", with: "  title: Blots\n")
    let audit = LockAudit(try Desk.readLock(text), Desk.lockSource(text), catalogs: [later])
    #expect(audit.findings == [])
    #expect(audit.unknown.map(\.description) == ["lab/one/c/1mm"])
    let spoiled = text.replacing("  title: Other\n", with: "  title: Blots\n")
    #expect(LockAudit(try Desk.readLock(spoiled), Desk.lockSource(spoiled), catalogs: [later]).findings.count == 1)
  }
}

extension String {
  /// The same with other text in place of a part.
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}
