import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A lock beside the catalogs that it names")
struct LockAuditTests {
  private static let manifest =
    "version: 1\nannotations: [{source: all, restricted: true}]\natlases: [all]\n"

  private static func lab(folder: String = "lab") throws -> LoadedCatalog {
    let (c, d) = (digest("c", 64), digest("d", 64))
    return try Desk.catalog(
      "lab", folder: folder,
      maps: [
        "{map: a/one/c/1mm, license: CC0, files: [{url: one, size: 7, md5: \(digest("a", 32)), sha256: \(c)}]}",
        "{map: a/two/fsLR/32k, restricted: true, files: [{hemi: L, osf: ab12c/cd, md5: \(digest("b", 32))}, "
          + "{hemi: R, url: \"https://h/right\", sha256: \(d)}]}",
        "{map: a/left/fsLR/32k, files: [{hemi: L, url: left, md5: \(digest("e", 32))}]}",
      ],
      rest: "atlases:\n  - \(Desk.atlas("mine/1k", "f", ["größe.gii", "\"it's: x.txt\""], archive: "one.tgz"))\n")
  }

  private static func fresh() throws -> Lockfile { try Desk.resolve(manifest, catalogs: [try lab()]).lock }

  /// What is found in a lock's text.
  private static func audit(_ text: String, _ catalogs: [LoadedCatalog]) throws -> LockAudit {
    LockAudit(try Desk.readLock(text), Desk.lockSource(text), catalogs: catalogs)
  }

  // MARK: Nothing to find

  @Test("that was just made is as they say", arguments: ["", "lab", "../my lab", "/lab", "https://h/lab"])
  func justMade(folder: String) throws {
    let catalogs = [try Self.lab(folder: folder), Desk.builtin]
    let text = Desk.print(try Desk.resolve(Self.manifest, catalogs: catalogs).lock)
    let audit = try Self.audit(text, catalogs)
    #expect(audit.findings == [])
    #expect(audit.compared == ["lab", "neuromaps"])
    #expect(audit.unknown == [])
  }

  @Test("may know more than they: what was learned of bytes, and versions on OSF")
  func learned() throws {
    let lock = try Self.fresh()
    let members = lock.files.filter { $0.item.kind == "atlas" }.map { ($0.path, Desk.sums("d")) }
    let known = members + [(lock.files[0].path, Checksums(size: 9, md5: MD5Digest(digest("e", 32))))]
    let sums = Dictionary(known.compactMap { path, sums in sums.map { (path, $0) } }, uniquingKeysWith: { a, _ in a })
    let text = Desk.print(lock.completed(with: sums))
      .replacing("  osf: ab12c/cd\n", with: "  osf: ab12c/cd\n  osf_version: 4\n  size: 12\n")
    try #require(text.contains("osf_version: 4"))
    #expect(try Self.audit(text, [Self.lab()]).findings == [])
    #expect(try Self.audit(text, [Self.lab()]).unknown == [])
  }

  @Test("of one half of a map, or in groups, is as they say too")
  func parts() throws {
    let text = Desk.print(
      try Desk.resolve(
        "version: 1\nannotations: [{desc: two, hemi: R, restricted: true}]\ngroups: {g: {annotations: [{desc: one}]}}\n",
        catalogs: [Self.lab()]
      ).lock)
    let audit = try Self.audit(text, [Self.lab()])
    #expect(audit.findings == [] && audit.unknown == [] && audit.compared == ["lab"])
  }

  // MARK: What somebody has changed

  /// An edit of the lock, what is said of it, and the line at which it is said.
  struct Edit: Sendable, CustomStringConvertible {
    let description: String
    let edits: [(old: String, new: String)]
    let expected: Expected
    let line: String

    init(_ description: String, _ edits: (String, String)..., expected: Expected, at line: String) {
      self.description = description
      self.edits = edits.map { (old: $0.0, new: $0.1) }
      self.expected = expected
      self.line = line
    }
  }

  private static func expected(_ message: String, _ locked: String, _ present: String) -> Expected {
    Expected(
      .lockTampered, "\(message) is not what its catalog says",
      note: locked.isEmpty ? "has \(present)" : "the lock has \(locked)", hint: "an earlier commit")
  }

  private static func path(_ name: String, _ hemi: String) -> String {
    "annotations/a/\(name)/fsLR/source-a_desc-\(name)_space-fsLR_den-32k_hemi-\(hemi)_feature.func.gii"
  }

  private static let one = "annotations/a/one/c/source-a_desc-one_space-c_res-1mm_feature.nii.gz"
  private static let aMD5 = "  md5: \(digest("a", 32))\n"
  private static let cSHA256 = "  sha256: \(digest("c", 64))\n"
  private static let dSHA256 = "  sha256: \(digest("d", 64))\n"
  private static let bMD5 = "  md5: \(digest("b", 32))\n"
  private static let fMD5 = "  md5: \(digest("f", 32))\n"

  private static let edits: [Edit] = [
    // Bytes of files.
    Edit(
      "another MD5", (aMD5, "  md5: '\(digest("0", 32))'\n"),
      expected: expected("the md5 of `\(one)`", "`\(digest("0", 32))`", ""), at: "- path: \(one)"),
    Edit("no MD5", (aMD5, ""), expected: expected("the md5 of `\(one)`", "none", ""), at: "- path: \(one)"),
    Edit(
      "another SHA-256", (cSHA256, "  sha256: \(digest("e", 64))\n"),
      expected: expected("the sha256 of `\(one)`", "", "`\(digest("c", 64))`"), at: "- path: \(one)"),
    Edit("no SHA-256", (cSHA256, ""), expected: expected("the sha256 of `\(one)`", "none", ""), at: "- path: \(one)"),
    Edit(
      "another size", ("  size: 7\n", "  size: 8\n"), expected: expected("the size of `\(one)`", "`8`", ""),
      at: "- path: \(one)"),
    Edit("no size", ("  size: 7\n", ""), expected: expected("the size of `\(one)`", "none", ""), at: "- path: \(one)"),
    Edit(
      "a SHA-256 in place of the MD5", (bMD5, "  sha256: \(digest("e", 64))\n"),
      expected: expected("the md5 of `\(path("two", "L"))`", "none", ""), at: "- path: \(path("two", "L"))"),
    Edit(
      "an MD5 in place of the SHA-256", (dSHA256, "  md5: \(digest("e", 32))\n"),
      expected: expected("the sha256 of `\(path("two", "R"))`", "none", ""), at: "- path: \(path("two", "R"))"),
    // Origins of files.
    Edit(
      "another place", ("  url: lab/one\n", "  url: https://evil.example.org/one\n"),
      expected: expected("the origin of `\(one)`", "`https://evil.example.org/one`", ""), at: "- path: \(one)"),
    Edit(
      "another place beside", ("  url: lab/one\n", "  url: lab/two\n"),
      expected: expected("the origin of `\(one)`", "", "`lab/one`"), at: "- path: \(one)"),
    Edit(
      "another host", ("https://h/right", "https://g/right"),
      expected: expected("the origin of `\(path("two", "R"))`", "", "`https://h/right`"),
      at: "- path: \(path("two", "R"))"),
    Edit(
      "another file on OSF", ("  osf: ab12c/cd\n", "  osf: ab12c/ce\n"),
      expected: expected("the origin of `\(path("two", "L"))`", "`OSF ab12c/ce`", ""), at: "- path: \(path("two", "L"))"
    ),
    Edit(
      "an address in place of OSF", ("  osf: ab12c/cd\n", "  url: https://h/x\n"),
      expected: expected("the origin of `\(path("two", "L"))`", "", "`OSF ab12c/cd`"),
      at: "- path: \(path("two", "L"))"),
    // Maps.
    Edit(
      "another license", ("  license: CC0\n", "  license: MIT\n"),
      expected: expected("the license of `a/one/c/1mm`", "`MIT`", ""), at: "- map: a/one/c/1mm"),
    Edit(
      "no license", ("  license: CC0\n", "  license: unknown\n"),
      expected: expected("the license of `a/one/c/1mm`", "", "`CC0`"), at: "- map: a/one/c/1mm"),
    Edit(
      "no restriction", ("  restricted: true\n", "  restricted: false\n"),
      expected: expected("whether `a/two/fsLR/32k` is restricted", "`false`", ""), at: "- map: a/two/fsLR/32k"),
    Edit(
      "a map that the catalog has not", ("- map: a/one/c/1mm\n", "- map: a/one/c/2mm\n"),
      ("  map: a/one/c/1mm\n", "  map: a/one/c/2mm\n"), ("res-1mm", "res-2mm"),
      expected: expected("the map `a/one/c/2mm`", "", "none"), at: "- map: a/one/c/2mm"),
    Edit(
      "a half that the catalog has not",
      ("_desc-left_space-fsLR_den-32k_hemi-L_", "_desc-left_space-fsLR_den-32k_hemi-R_"),
      expected: expected("a file of `a/left/fsLR/32k`", "`\(path("left", "R"))`", ""),
      at: "- path: \(path("left", "R"))"),
    // Atlases.
    Edit(
      "another archive", (fMD5, "  md5: \(digest("e", 32))\n"),
      expected: expected("the md5 of `mine/1k`", "", "`\(digest("f", 32))`"), at: "- atlas: mine/1k"),
    Edit(
      "another place of the archive", ("  url: lab/f\n", "  url: https://h/f\n"),
      expected: expected("the origin of `mine/1k`", "`https://h/f`", ""), at: "- atlas: mine/1k"),
    Edit(
      "another name of the archive", ("  archive: one.tgz\n", "  archive: two.tgz\n"),
      expected: expected("the archive of `mine/1k`", "`two.tgz`", ""), at: "- atlas: mine/1k"),
    Edit(
      "an atlas that the catalog has not", ("- atlas: mine/1k\n", "- atlas: mine/2k\n"),
      ("gii\n  atlas: mine/1k\n", "gii\n  atlas: mine/2k\n"), ("'\n  atlas: mine/1k\n", "'\n  atlas: mine/2k\n"),
      expected: expected("the atlas `mine/2k`", "", "none"), at: "- atlas: mine/2k"),
    Edit(
      "a member that the catalog has not", ("/größe.gii\n", "/größer.gii\n"),
      expected: expected("a file of `mine/1k`", "`atlases/mine/größer.gii`", ""), at: "- path: atlases/mine/größer.gii"),
    Edit(
      "a member with a name in quotes", ("/it''s: x.txt", "/it''s: y.txt"),
      expected: expected("a file of `mine/1k`", "`atlases/mine/it's: y.txt`", ""),
      at: "- path: 'atlases/mine/it''s: y.txt'"),
    // Catalogs.
    Edit(
      "another revision of the catalog", ("  revision: '1'\n", "  revision: '2'\n"),
      expected: expected("the revision of the catalog `lab`", "`2`", ""), at: "- name: lab"),
  ]

  @Test("is found out at the line that begins the entry, and nothing else is", arguments: edits)
  func found(_ edit: Edit) throws {
    var text = Desk.print(try Self.fresh())
    for (old, new) in edit.edits {
      let range = try #require(text.firstRange(of: old), "\(old)")
      text.replaceSubrange(range, with: new)
    }
    let audit = try Self.audit(text, [Self.lab()])
    let finding = try #require(audit.findings.first)
    #expect(audit.findings.count == 1)
    #expect(edit.expected.isMet(by: finding), "\(finding)")
    let location = try #require(finding.location)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(location.line == edit.line && lines[location.span.start.line - 1] == edit.line)
    let end = SourcePosition(line: location.span.start.line, column: edit.line.unicodeScalars.count + 1)
    #expect(location.span.start.column == 1 && location.span.end == end)
  }

  @Test("has all findings told, in the order of its lines")
  func several() throws {
    var text = Desk.print(try Self.fresh())
    let changes = [
      ("license: CC0", "license: MIT"), ("restricted: true", "restricted: false"),
      ("archive: one.tgz", "archive: 1.tgz"),
      ("url: lab/one", "url: lab/1"), ("size: 7", "size: 8"), ("größe.gii", "groesse.gii"),
      ("https://h/", "https://g/"),
    ]
    for (old, new) in changes { text = text.replacing(old, with: new) }
    let findings = try Self.audit(text, [Self.lab()]).findings
    #expect(findings.count == changes.count)
    let places = findings.compactMap(\.location?.span.start)
    #expect(places == places.sorted())
  }

  // MARK: What cannot be compared

  @Test("is not held against catalogs of other bytes, or that are not at hand; that is told")
  func otherBytes() throws {
    let text = Desk.print(try Self.fresh()).replacing("license: CC0", with: "license: MIT")
    let items = try Self.fresh().items
    let newer = try Desk.catalog("lab", folder: "lab", maps: [Desk.map("a/one/c/1mm", "b")])
    for catalogs in [[], [newer], [Desk.builtin]] {
      let audit = try Self.audit(text, catalogs)
      #expect(audit.findings == [] && audit.compared == [] && audit.unknown == items)
    }
    let audit = try Self.audit(text, [newer, Desk.builtin, Self.lab()])
    #expect(audit.findings.count == 1 && audit.compared == ["lab"] && audit.unknown == [])
  }

  @Test("is not held against a catalog in what is pinned from an earlier one; that is told")
  func earlierPins() throws {
    let manifest = "version: 1\nannotations: [\"*/*/*/*\"]\natlases: [all]\n"
    func lab(_ revision: String, _ letter: String) throws -> LoadedCatalog {
      try Desk.catalog(
        "lab", revision: revision, maps: [Desk.map("a/one/c/1mm", letter), Desk.map("a/two/c/1mm", letter)],
        rest: "atlases:\n  - \(Desk.atlas("mine/1k", letter, ["m.gii"]))\n")
    }
    let first = try Desk.resolve(manifest, catalogs: [lab("1", "a")]).lock
    let second = try Desk.resolve(
      manifest, catalogs: [lab("2", "b")], previous: first, upgrading: { $0.description == "a/two/c/1mm" }
    ).lock
    let text = Desk.print(second)
    let audit = try Self.audit(text, [lab("2", "b")])
    #expect(audit.findings == [] && audit.compared == ["lab"])
    #expect(audit.unknown.map(\.description) == ["a/one/c/1mm", "mine/1k"])
    let spoiled = try Self.audit(text.replacing("  url: b\n", with: "  url: c\n"), [lab("2", "b")])
    #expect(spoiled.findings.count == 1)
    #expect(try Self.audit(text, [lab("1", "a")]).unknown == second.items)
  }
}
