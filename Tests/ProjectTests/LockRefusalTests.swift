import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A lock that was touched")
struct LockRefusalTests {
  /// An edit of the fixture and the line, after it, at which the lock must be refused.
  struct Edit: Sendable, CustomStringConvertible {
    let description: String
    let old: String
    let new: String
    let code: DiagnosticCode
    let line: String

    init(_ description: String, _ old: String, _ new: String, _ code: DiagnosticCode, at line: String) {
      self.description = description
      self.old = old
      self.new = new
      self.code = code
      self.line = line
    }
  }

  private static let blob = "annotations/a/blob/MNI152/source-a_desc-blob_space-MNI152_res-2mm_feature.nii.gz"
  private static let md5 = "  md5: \(digest("a", 32))"

  private static let edits: [Edit] = [
    // Not in canonical form.
    Edit("a comment", "maps:\n", "maps: # mine\n", .lockNotCanonical, at: "maps: # mine"),
    Edit(
      "the header changed", "Commit it", "Commit this", .lockNotCanonical, at: "# Commit this; do not edit it by hand."),
    Edit("an empty line", "files:\n", "\nfiles:\n", .lockNotCanonical, at: ""),
    Edit("an empty line at the end", "'\(digest("1", 64))'\n", "'\(digest("1", 64))'\n\n", .lockNotCanonical, at: ""),
    Edit(
      "no end of the last line", "'\(digest("1", 64))'\n", "'\(digest("1", 64))'", .lockNotCanonical,
      at: "  sha256: '\(digest("1", 64))'"),
    Edit("a space at a line's end", "size: 0\n", "size: 0 \n", .lockNotCanonical, at: "  size: 0 "),
    Edit("other quotes", "'2026-01-02'", "\"2026-01-02\"", .lockNotCanonical, at: "  revision: \"2026-01-02\""),
    Edit(
      "quotes for nothing", "license: CC BY-NC-SA 4.0", "license: 'CC BY-NC-SA 4.0'", .lockNotCanonical,
      at: "  license: 'CC BY-NC-SA 4.0'"),
    Edit("missing quotes", "'2026-01-02'", "2026-01-02", .lockNotCanonical, at: "  revision: 2026-01-02"),
    Edit(
      "another indentation", "- name: lab\n  revision: '2026-01-02'\n  sha",
      "-  name: lab\n   revision: '2026-01-02'\n   sha", .lockNotCanonical, at: "-  name: lab"),
    Edit(
      "fields swapped", "  osf_version: 3\n  size: 9223372036854775807\n",
      "  size: 9223372036854775807\n  osf_version: 3\n", .lockNotCanonical, at: "  size: 9223372036854775807"),
    Edit(
      "declarations swapped", "- annotation a/blob/MNI152/2mm\n", "", .lockNotCanonical,
      at: "- annotation a/blob/MNI152/2mm"),
    Edit(
      "an empty list of groups", "catalog: lab\n  license: unknown", "catalog: lab\n  groups: []\n  license: unknown",
      .lockNotCanonical, at: "  groups: []"),
    Edit(
      "a byte order mark", "# Written", "\u{feff}# Written", .lockNotCanonical,
      at: "\u{feff}# Written by `neuromaps lock`: the exact files that answer neuromaps.yaml."),
    // Conflict markers.
    Edit(
      "conflict markers", "  size: 0\n", "<<<<<<< HEAD\n  size: 0\n=======\n  size: 1\n>>>>>>> other\n",
      .lockConflictMarkers, at: "<<<<<<< HEAD"),
    Edit(
      "a conflict marker left behind", "files:\n", ">>>>>>> other\nfiles:\n", .lockConflictMarkers, at: ">>>>>>> other"),
    Edit("a line between sides left behind", "files:\n", "=======\nfiles:\n", .lockConflictMarkers, at: "======="),
    // What binds bytes.
    Edit(
      "no checksum", "  md5: \(digest("b", 32))\n", "", .lockMissingKey,
      at: "- path: annotations/ab/depth/fsaverage/source-ab_desc-depth_space-fsaverage_den-10k_hemi-R_feature.func.gii"),
    Edit(
      "an MD5 of capitals", md5, md5.replacing("aaaa", with: "AAAA"), .lockWrongValue,
      at: md5.replacing("aaaa", with: "AAAA")),
    Edit("an MD5 that is short", md5, String(md5.dropLast()), .lockWrongValue, at: String(md5.dropLast())),
    Edit(
      "a SHA-256 that is long", "sha256: \(digest("f", 64))", "sha256: \(digest("f", 65))", .lockWrongValue,
      at: "  sha256: \(digest("f", 65))"),
    Edit(
      "a catalog's digest of capitals", "sha256: \(digest("d", 64))", "sha256: \(digest("D", 64))", .lockWrongValue,
      at: "  sha256: \(digest("D", 64))"),
    Edit("a size below nothing", "size: 0", "size: -1", .lockWrongValue, at: "  size: -1"),
    Edit("no origin", "  url: my-lab/maps/blob.nii.gz\n", "", .lockMissingKey, at: "- path: \(blob)"),
    Edit(
      "an origin at an absolute path", "url: my-lab/maps/blob.nii.gz", "url: /my-lab/maps/blob.nii.gz", .lockWrongValue,
      at: "  url: /my-lab/maps/blob.nii.gz"),
    Edit(
      "an origin with a password", "https://lab", "https://u:p@lab", .lockWrongValue,
      at: "  url: https://u:p@lab.example.org/a%20b.gii?x=1#y"),
    Edit("version 0 of an OSF file", "osf_version: 3", "osf_version: 0", .lockWrongValue, at: "  osf_version: 0"),
    // Paths.
    Edit("an absolute path", "path: \(blob)", "path: /\(blob)", .lockWrongValue, at: "- path: /\(blob)"),
    Edit("a path that climbs", "path: \(blob)", "path: ../\(blob)", .lockWrongValue, at: "- path: ../\(blob)"),
    Edit(
      "a path that climbs on the way", "path: annotations/a/blob", "path: annotations/../blob", .lockWrongValue,
      at: "- path: annotations/../blob/MNI152/source-a_desc-blob_space-MNI152_res-2mm_feature.nii.gz"),
    Edit(
      "a path that climbs behind a combining mark", "path: \(blob)", "path: ../\u{301}x", .lockWrongValue,
      at: "- path: ../\u{301}x"),
    Edit(
      "a path into the tool's own folder", "path: \(blob)", "path: .neuromaps/index", .lockWrongValue,
      at: "- path: .neuromaps/index"),
    Edit("a path with a backslash", "path: \(blob)", "path: a\\b", .lockWrongValue, at: "- path: a\\b"),
    Edit("a path of a folder", "path: \(blob)", "path: annotations/", .lockWrongValue, at: "- path: annotations/"),
    Edit(
      "a path twice", "den-10k_hemi-R_feature", "den-10k_hemi-L_feature", .lockWrongValue,
      at: "- path: annotations/ab/depth/fsaverage/source-ab_desc-depth_space-fsaverage_den-10k_hemi-L_feature.func.gii"),
    // Maps.
    Edit(
      "a file whose map is missing", "map: a/blob/MNI152/2mm\n  url", "map: a/blob/MNI152/3mm\n  url", .lockWrongValue,
      at: "- path: \(blob)"),
    Edit(
      "a file whose map has another name", "- map: lab/v1.2/civet/41k", "- map: lab/v1.2/civet/42k", .lockWrongValue,
      at: "- path: annotations/lab/v1.2/civet/source-lab_desc-v1.2_space-civet_den-41k_hemi-R_feature.func.gii"),
    Edit(
      "a map without files",
      "- path: \(blob)\n  map: a/blob/MNI152/2mm\n  url: my-lab/maps/blob.nii.gz\n  size: 0\n\(md5)\n"
        + "  sha256: \(digest("f", 64))\n", "", .lockWrongValue, at: "- map: a/blob/MNI152/2mm"),
    Edit(
      "a path of another map",
      "path: annotations/ab/depth/fsaverage/source-ab_desc-depth_space-fsaverage_den-10k_hemi-R",
      "path: annotations/ab/depth/fsaverage/source-ab_desc-depth_space-fsaverage_den-11k_hemi-R", .lockWrongValue,
      at: "- path: annotations/ab/depth/fsaverage/source-ab_desc-depth_space-fsaverage_den-11k_hemi-R_feature.func.gii"),
    Edit(
      "a map of three parts", "- map: lab/v1.2/civet/41k", "- map: lab/v1.2/civet", .lockWrongValue,
      at: "- map: lab/v1.2/civet"),
    Edit(
      "a restriction that is no Boolean", "license: unknown\n  restricted: false", "license: unknown\n  restricted: no",
      .lockWrongValue, at: "  restricted: no"),
    Edit("groups that are no list", "groups: ['1']", "groups: figures", .lockWrongValue, at: "  groups: figures"),
    Edit("a map without a license", "  license: unknown\n", "", .lockMissingKey, at: "- map: lab/v1.2/civet/41k"),
    // Keys.
    Edit("an unknown key", "  size: 0\n", "  siez: 0\n", .lockUnknownKey, at: "  siez: 0"),
    Edit("a key twice", "  size: 0\n", "  size: 0\n  size: 0\n", .lockDuplicateKey, at: "  size: 0"),
    Edit(
      "no catalog's name", "- name: zweites-labor\n  revision", "- revision", .lockMissingKey,
      at: "- revision: größer als zuvor"),
    Edit(
      "a declaration that is none", "- annotation a*/depth/fsaverage/10k", "- [annotation]", .lockWrongValue,
      at: "- [annotation]"),
    Edit("a version in quotes", "version: 1", "version: '1'", .lockWrongValue, at: "version: '1'"),
    // YAML.
    Edit("a tab", "  size: 0", "  size:\t0", .lockSyntax, at: "  size:\t0"),
    Edit("an anchor", "size: 0", "size: &x 0", .lockSyntax, at: "  size: &x 0"),
    Edit("a tag", "size: 0", "size: !!int 0", .lockSyntax, at: "  size: !!int 0"),
    Edit("a second document", "files:\n", "---\nfiles:\n", .lockSyntax, at: "---"),
  ]

  @Test("is refused at the line that was touched", arguments: edits)
  func refused(_ edit: Edit) throws {
    let text = try LockFixture.lab.text()
    try #require(text.contains(edit.old))
    var edited = Self.replacing(edit.old, with: edit.new, in: text)
    if edit.description == "declarations swapped" {
      edited = Self.replacing(
        "- annotation a*/depth", with: "- annotation a/blob/MNI152/2mm\n- annotation a*/depth", in: edited)
    }
    try #require(Array(edited.utf8) != Array(text.utf8))
    let found = Desk.lockFindings(Array(edited.utf8))
    let isThere = { (found: Diagnostic) in found.location.map { Array($0.line.utf8) } == Array(edit.line.utf8) }
    let match = try #require(found.first { $0.code == edit.code && isThere($0) }, "\(found)")
    #expect(match.location?.file == "neuromaps.lock")
    #expect(found.allSatisfy { $0.location != nil })
    #expect(
      edited.split(separator: "\n", omittingEmptySubsequences: false).count >= match.location?.span.start.line ?? .max)
  }

  /// The first occurrence by bytes: characters with combining marks are no obstacle.
  private static func replacing(_ old: String, with new: String, in text: String) -> String {
    guard let range = text.firstRange(of: old) else { return text }
    return String(text[..<range.lowerBound]) + new + text[range.upperBound...]
  }

  @Test(
    "cannot name what describes the data directory as a file of a map",
    arguments: [
      ".bidsignore", "CITATION.cff", "README", "dataset_description.json",
      "annotations/a/blob/MNI152/source-a_desc-blob_space-MNI152_res-2mm_feature.json",
    ])
  func metadata(_ path: String) throws {
    let text = try LockFixture.lab.text()
    try #require(text.contains("- path: \(Self.blob)\n"))
    let ofMap = Self.replacing("- path: \(Self.blob)\n", with: "- path: \(path)\n", in: text)
    let found = Desk.lockFindings(Array(ofMap.utf8))
    #expect(found.contains { $0.code == .lockWrongValue && $0.message.contains("no place of a file") }, "\(found)")
  }

  @Test("with ends of lines of Windows is refused at the first line")
  func windows() throws {
    let edited = try LockFixture.lab.bytes().flatMap { $0 == 0x0a ? [0x0d, 0x0a] : [$0] }
    let found = Desk.lockFindings(edited)
    #expect(found.map(\.code) == [.lockNotCanonical])
    #expect(found.first?.location?.span.start.line == 1)
  }

  @Test("in another order is refused at the first line that is elsewhere")
  func shuffled() throws {
    let text = try LockFixture.lab.text()
    let files = try #require(text.firstRange(of: "files:\n"))
    let blocks = text[files.upperBound...].split(separator: "- path: ").map { "- path: \($0)" }
    let twin = text[..<files.upperBound] + blocks.reversed().joined()
    let found = Desk.lockFindings(Array(twin.utf8))
    #expect(found.map(\.code) == [.lockNotCanonical])
    #expect(found.first?.location?.line == blocks.last?.split(separator: "\n").first.map(String.init))
    #expect(found.first?.notes == ["this line should read `\(blocks[0].split(separator: "\n")[0])`"])
  }

  @Test("of a newer format is told for that alone, whatever else it holds")
  func newer() {
    let text = MarkedText("# by a later program\nversion: ‹2›\nnovelty: {x: y}\nmaps: {a/b: c}\n")
    let found = Desk.lockFindings(Array(text.text.utf8))
    let expected = Expected(.lockVersion, "format 2; this program reads 1", note: "nothing was changed", hint: "newer")
    #expect(text.differences(from: found, [expected]) == [])
  }

  @Test("of a format before the first needs no newer program")
  func older() {
    let found = Desk.lockFindings(Array("version: 0\n".utf8))
    #expect(found.map(\.code) == [.lockVersion])
    #expect(found.first?.hints.contains { $0.contains("newer") } == false)
  }

  private static let shapes: [Refusal] = [
    Refusal("an empty file", "‹›", Expected(.lockWrongValue, "the lock takes keys and values, not nothing")),
    Refusal("a list", "‹- a\n›", Expected(.lockWrongValue, "not a list")),
    Refusal(
      "a mapping of nothing", "‹‹‹‹‹{›››››}\n", Expected(.lockMissingKey, "`version`"),
      Expected(.lockMissingKey, "`manifest`", hint: "`neuromaps lock`"), Expected(.lockMissingKey, "`catalogs`"),
      Expected(.lockMissingKey, "`maps`"), Expected(.lockMissingKey, "`files`")),
    Refusal(
      "lists that are none", "version: 1\nmanifest: ‹a›\ncatalogs: ‹{}›\nmaps:‹›\nfiles: ‹1›\n",
      Expected(.lockWrongValue, "`manifest`"), Expected(.lockWrongValue, "`catalogs`"),
      Expected(.lockWrongValue, "`maps`"), Expected(.lockWrongValue, "`files`")),
    Refusal(
      "a file of nothing", "version: 1\nmanifest: []\ncatalogs: []\nmaps: []\nfiles: [‹‹‹‹{››››}]\n",
      Expected(.lockMissingKey, "`path`"), Expected(.lockMissingKey, "`map`"), Expected(.lockMissingKey, "`osf`"),
      Expected(.lockMissingKey, "`md5`")),
  ]

  @Test("everything that is missing is told at once", arguments: shapes)
  func shape(_ refusal: Refusal) {
    let found = Desk.lockFindings(Array(refusal.text.text.utf8))
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }

  @Test(
    "holds nothing twice: no map, no catalog, no declaration",
    arguments: [
      "- name: lab\n  revision: '2026-01-02'\n  sha256: \(digest("d", 64))\n",
      "- map: lab/v1.2/civet/41k\n  catalog: lab\n  license: unknown\n  restricted: false\n",
      "- prefer space fsaverage MNI152\n",
    ])
  func repeated(_ block: String) throws {
    let text = try LockFixture.lab.text()
    try #require(text.contains(block))
    #expect(!Desk.lockFindings(Array(Self.replacing(block, with: block + block, in: text).utf8)).isEmpty)
  }

  @Test("names only catalogs that it describes")
  func unknownCatalog() throws {
    let edited = Self.replacing(
      "  catalog: zweites-labor", with: "  catalog: drittes-labor", in: try LockFixture.lab.text())
    #expect(!Desk.lockFindings(Array(edited.utf8)).isEmpty)
  }
}
