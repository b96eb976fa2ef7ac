import Diagnostics
import MarkedText
import Project
import Testing

@Suite("The atlases of a lock that was touched")
struct LockAtlasRefusalTests {
  /// An edit of one of the two fixtures and the line, after it, at which the lock must be refused.
  struct Edit: Sendable, CustomStringConvertible {
    let description: String
    let file: RepositoryFile
    let old: String
    let new: String
    let expected: Expected
    let line: String
  }

  private static func pinned(
    _ description: String, _ old: String, _ new: String, _ expected: Expected, at line: String
  ) -> Edit {
    Edit(
      description: description, file: LockFixture.pinnedAtlases, old: old, new: new, expected: expected, line: line)
  }

  private static func unpinned(
    _ description: String, _ old: String, _ new: String, _ expected: Expected, at line: String
  ) -> Edit {
    Edit(description: description, file: LockFixture.atlases, old: old, new: new, expected: expected, line: line)
  }

  private static let left = "- path: atlases/fsLR/tpl-fsLR_den-32k_hemi-L_sphere.surf.gii"
  private static let right = "- path: atlases/fsLR/tpl-fsLR_den-32k_hemi-R_sphere.surf.gii"
  private static let pin = "  size: 0\n  md5: '\(digest("0", 32))'\n  sha256: '\(digest("1", 64))'\n"
  private static let repair = "`neuromaps lock` writes it anew"

  private static let edits: [Edit] = [
    // Paths.
    pinned(
      "a member below annotations", left, "- path: annotations/fsLR/tpl.gii",
      Expected(.lockWrongValue, "is no place of a file of `fsLR/32k`", hint: repair),
      at: "- path: annotations/fsLR/tpl.gii"),
    pinned(
      "a member in another atlas's folder", left, "- path: atlases/fsaverage/tpl.gii",
      Expected(.lockWrongValue, "`atlases/fsaverage/tpl.gii` is no place of a file of `fsLR/32k`", hint: repair),
      at: "- path: atlases/fsaverage/tpl.gii"),
    pinned(
      "a member in a folder too deep", left, "- path: atlases/fsLR/x/tpl.gii",
      Expected(.lockWrongValue, "is no place"), at: "- path: atlases/fsLR/x/tpl.gii"),
    pinned(
      "a member above the folder", left, "- path: atlases/tpl.gii", Expected(.lockWrongValue, "is no place"),
      at: "- path: atlases/tpl.gii"),
    pinned(
      "a member that climbs", left, "- path: atlases/fsLR/../tpl.gii",
      Expected(.lockWrongValue, "`path` takes a path that stays below"), at: "- path: atlases/fsLR/../tpl.gii"),
    pinned(
      "an absolute path", left, "- path: /atlases/fsLR/tpl.gii", Expected(.lockWrongValue, "`path`"),
      at: "- path: /atlases/fsLR/tpl.gii"),
    pinned("a path twice", right, left, Expected(.lockWrongValue, "stands twice"), at: left),
    pinned(
      "a file of a map that is said to be a member", "  map: a/blob/MNI152/2mm\n  url: maps/blob.nii.gz\n",
      "  atlas: fsLR/32k\n", Expected(.lockWrongValue, "is no place of a file of `fsLR/32k`"),
      at: "- path: annotations/a/blob/MNI152/source-a_desc-blob_space-MNI152_res-2mm_feature.nii.gz"),
    // What binds bytes.
    pinned(
      "half a pin: no size", pin, pin.replacing("  size: 0\n", with: ""),
      Expected(.lockMissingKey, "`size`", hint: repair), at: left),
    pinned(
      "half a pin: no SHA-256", pin, "  size: 0\n  md5: '\(digest("0", 32))'\n",
      Expected(.lockMissingKey, "`sha256`", hint: repair), at: left),
    pinned("a size alone", pin, "  size: 0\n", Expected(.lockMissingKey, "`sha256`"), at: left),
    pinned(
      "a member with an origin", pin, "  url: x\n" + pin, Expected(.lockUnknownKey, "`url` in a file"), at: "  url: x"),
    pinned(
      "a member with a map too", "  atlas: regfusion\n", "  map: a/blob/MNI152/2mm\n  atlas: regfusion\n",
      Expected(.lockUnknownKey, "`map` in a file"), at: "  map: a/blob/MNI152/2mm"),
    pinned(
      "no checksum of the archive", "  size: 1\n  sha256: '\(digest("1", 64))'\n", "  size: 1\n",
      Expected(.lockMissingKey, "`md5`"), at: "- atlas: regfusion"),
    pinned(
      "no origin of the archive", "  url: https://lab.example.org/r.tar.gz\n", "", Expected(.lockMissingKey, "`osf`"),
      at: "- atlas: regfusion"),
    pinned(
      "no archive", "  archive: regfusion.tar.gz\n", "", Expected(.lockMissingKey, "`archive`"),
      at: "- atlas: regfusion"),
    pinned(
      "an archive in a folder", "archive: regfusion.tar.gz", "archive: x/regfusion.tar.gz",
      Expected(.lockWrongValue, "`archive` takes the name of a file"), at: "  archive: x/regfusion.tar.gz"),
    pinned(
      "an archive that climbs", "archive: regfusion.tar.gz", "archive: ..", Expected(.lockWrongValue, "`archive`"),
      at: "  archive: .."),
    // Atlases, catalogs and files together.
    pinned(
      "a count that is too high", "  files: 2\n", "  files: 3\n",
      Expected(.lockWrongValue, "`fsLR/32k` has 2 of its 3 files", hint: repair), at: "- atlas: fsLR/32k"),
    pinned(
      "a count that is too low", "  files: 2\n", "  files: 1\n", Expected(.lockWrongValue, "2 of its 1 files"),
      at: "- atlas: fsLR/32k"),
    unpinned(
      "a member lost", "\(right)\n  atlas: fsLR/32k\n", "",
      Expected(.lockWrongValue, "`fsLR/32k` has 1 of its 2 files; a merge may have lost some"), at: "- atlas: fsLR/32k"),
    unpinned(
      "an atlas without files", "- path: atlases/fsLR/tpl-fsLR_den-4k_hemi-L_sphere.surf.gii\n  atlas: fsLR/4k\n", "",
      Expected(.lockWrongValue, "`fsLR/4k` has 0 of its 1 files"), at: "- atlas: fsLR/4k"),
    unpinned(
      "files of an atlas that is not there",
      "- atlas: fsLR/4k\n  catalog: neuromaps\n  files: 1\n  archive: fsLR4k.tgz\n  osf: 4mw3a/60b684ad\n"
        + "  md5: \(digest("c", 32))\n", "",
      Expected(.lockWrongValue, "the file's atlas `fsLR/4k` is not in the lock", hint: repair),
      at: "- path: atlases/fsLR/tpl-fsLR_den-4k_hemi-L_sphere.surf.gii"),
    unpinned(
      "a member of a sister atlas", "\(right)\n  atlas: fsLR/32k\n", "\(right)\n  atlas: fsLR/4k\n",
      Expected(.lockWrongValue, "`fsLR/32k` has 1 of its 2 files"), at: "- atlas: fsLR/32k"),
    unpinned(
      "a catalog that is not there", "- atlas: regfusion\n  catalog: lab", "- atlas: regfusion\n  catalog: lob",
      Expected(.lockWrongValue, "the atlas's catalog `lob` is not among the lock's catalogs", hint: repair),
      at: "- atlas: regfusion"),
    unpinned(
      "an atlas twice", "- atlas: fsLR/4k\n", "- atlas: fsLR/32k\n",
      Expected(.lockWrongValue, "`fsLR/32k` stands twice", hint: repair), at: "- atlas: fsLR/32k"),
    unpinned(
      "a name of three parts", "- atlas: regfusion\n", "- atlas: a/b/c\n",
      Expected(.lockWrongValue, "`atlas` takes name/den-or-res"), at: "- atlas: a/b/c"),
    unpinned(
      "a pattern for a name", "- atlas: fsLR/4k\n", "- atlas: fsLR/*\n", Expected(.lockWrongValue, "`atlas`"),
      at: "- atlas: fsLR/*"),
    unpinned(
      "a key of maps", "  files: 2\n  archive: fsLR32k", "  license: CC0\n  files: 2\n  archive: fsLR32k",
      Expected(.lockUnknownKey, "`license` in an atlas"), at: "  license: CC0"),
    unpinned(
      "atlases that are no list", "atlases:\n", "atlases: {}\nxs:\n",
      Expected(.lockWrongValue, "`atlases` takes a list"),
      at: "atlases: {}"),
    // Not in canonical form.
    unpinned(
      "fields swapped", "  files: 1\n  archive: fsLR4k.tgz\n", "  archive: fsLR4k.tgz\n  files: 1\n",
      Expected(.lockNotCanonical, note: "`  files: 1`", hint: repair), at: "  archive: fsLR4k.tgz"),
    unpinned(
      "declarations swapped", "- atlas MNI152/2mm\n- atlas fsLR/*\n", "- atlas fsLR/*\n- atlas MNI152/2mm\n",
      Expected(.lockNotCanonical), at: "- atlas fsLR/*"),
    unpinned(
      "the archive in quotes", "archive: fsLR4k.tgz", "archive: 'fsLR4k.tgz'", Expected(.lockNotCanonical),
      at: "  archive: 'fsLR4k.tgz'"),
    unpinned(
      "maps left out", "maps: []\n", "", Expected(.lockMissingKey, "`maps`", hint: repair), at: "version: 1"),
  ]

  @Test("is refused at the line that was touched", arguments: edits)
  func refused(_ edit: Edit) throws {
    let text = try edit.file.text()
    let range = try #require(text.firstRange(of: edit.old))
    let edited = text[..<range.lowerBound] + edit.new + text[range.upperBound...]
    let found = Desk.lockFindings(Array(edited.utf8))
    let match = found.first { edit.expected.isMet(by: $0) && $0.location?.line == edit.line }
    #expect(match != nil, "\(found)")
    #expect(found.allSatisfy { $0.location?.file == "neuromaps.lock" })
  }

  @Test("no atlases are not told of by an empty list")
  func emptyList() throws {
    let text = try LockFixture.lab.text().replacing("\nfiles:\n-", with: "\natlases: []\nfiles:\n-")
    let found = Desk.lockFindings(Array(text.utf8))
    #expect(found.map(\.code) == [.lockNotCanonical])
    #expect(found.first?.location?.line == "atlases: []")
  }
}
