import Diagnostics
import MarkedText
import Project
import Testing

@Suite("The revision of a lock's format")
struct LockFormatTests {
  private static let futures: [Refusal] = [
    Refusal(
      "a later revision, whatever else it holds", "# by a later program\nversion: 1\nrevision: ‹4›\nnovelty: {x: y}\n",
      Expected(
        .lockVersion, "revision 4 of format 1; this program reads revision 3", note: "nothing was changed",
        hint: "install a newer neuromaps")),
    Refusal(
      "a later revision before the version", "revision: ‹12›\nmaps: {a/b: c}\nversion: 1\n",
      Expected(.lockVersion, "revision 12", hint: "install a newer neuromaps")),
    Refusal(
      "a later format with revisions of its own", "version: ‹2›\nrevision: 1\n",
      Expected(.lockVersion, "format 2; this program reads 1", hint: "install a newer neuromaps")),
    Refusal(
      "a later format with more revisions", "version: ‹2›\nrevision: 9\n", Expected(.lockVersion, "format 2")),
  ]

  @Test("that this program does not know is refused for that alone", arguments: futures)
  func future(_ refusal: Refusal) {
    let found = Desk.lockFindings(Array(refusal.text.text.utf8))
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }

  /// An edit of a lock and the line, after it, at which it must be refused.
  struct Edit: Sendable, CustomStringConvertible {
    let description: String
    let file: RepositoryFile
    let old: String
    let new: String
    let expected: Expected
    let line: String
  }

  private static func edit(
    _ description: String, _ old: String, _ new: String, _ expected: Expected, at line: String,
    in file: RepositoryFile = LockFixture.groups
  ) -> Edit {
    Edit(description: description, file: file, old: old, new: new, expected: expected, line: line)
  }

  private static let edits: [Edit] = [
    // The number.
    edit(
      "the first, written out", "version: 1\n", "version: 1\nrevision: 1\n",
      Expected(.lockNotCanonical, note: "this line should read `manifest:`"), at: "revision: 1",
      in: LockFixture.atlases),
    edit(
      "a number that nothing needs", "version: 1\n", "version: 1\nrevision: 2\n",
      Expected(.lockNotCanonical, note: "`manifest:`"), at: "revision: 2", in: LockFixture.atlases),
    edit(
      "no number where it is needed", "revision: 2\n", "",
      Expected(.lockNotCanonical, note: "this line should read `revision: 2`"), at: "manifest:"),
    edit(
      "an earlier number where it is needed", "\nrevision: 2\n", "\nrevision: 1\n",
      Expected(.lockNotCanonical, note: "`revision: 2`"), at: "revision: 1"),
    edit(
      "a number before the first", "\nrevision: 2\n", "\nrevision: -1\n",
      Expected(.lockWrongValue, "`revision` takes a whole number"), at: "revision: -1"),
    edit(
      "a word", "\nrevision: 2\n", "\nrevision: two\n", Expected(.lockWrongValue, "whole number"), at: "revision: two"),
    edit(
      "a number in quotes", "\nrevision: 2\n", "\nrevision: '2'\n", Expected(.lockWrongValue, "whole number"),
      at: "revision: '2'"),
    edit(
      "the number twice", "\nrevision: 2\n", "\nrevision: 2\nrevision: 2\n", Expected(.lockDuplicateKey),
      at: "revision: 2"),
    edit(
      "the number elsewhere", "version: 1\nrevision: 2\n", "revision: 2\nversion: 1\n", Expected(.lockNotCanonical),
      at: "revision: 2"),
    // Groups.
    edit(
      "groups of a map in another order", "groups: [figures, supplement]", "groups: [supplement, figures]",
      Expected(.lockNotCanonical, note: "[figures, supplement]"), at: "  groups: [supplement, figures]"),
    edit(
      "a group twice", "groups: [figures, supplement]", "groups: [figures, figures]",
      Expected(.lockNotCanonical, note: "[figures]"), at: "  groups: [figures, figures]"),
    edit(
      "no groups, written out", "files: 1\n  archive: fsLR32k", "groups: []\n  files: 1\n  archive: fsLR32k",
      Expected(.lockNotCanonical), at: "  groups: []"),
    edit(
      "groups that are no list", "groups: [figures]", "groups: figures",
      Expected(.lockWrongValue, "`groups` takes a list"), at: "  groups: figures"),
    edit(
      "a group of an atlas that is a list", "['2', supplement]", "[['2'], supplement]",
      Expected(.lockWrongValue, "each of `groups` takes text"), at: "  groups: [['2'], supplement]"),
    edit(
      "a group with a space", "groups: [figures]", "groups: [my figures]",
      Expected(.lockWrongValue, "the name of a group, not `my figures`"), at: "  groups: [my figures]"),
    edit(
      "a group of nothing", "groups: [figures]", "groups: ['']", Expected(.lockWrongValue, "the name of a group"),
      at: "  groups: ['']"),
    // Revisions of catalogs.
    edit(
      "a revision of a pin that is a list", "revision: before the move", "revision: [before, the, move]",
      Expected(.lockWrongValue, "`revision` takes text"), at: "  revision: [before, the, move]"),
    edit(
      "a revision of an atlas that is nothing", "revision: '0.9'", "revision:",
      Expected(.lockWrongValue, "not nothing"), at: "  revision:"),
    edit(
      "a revision behind the groups", "  revision: '1'\n  groups: [figures]\n",
      "  groups: [figures]\n  revision: '1'\n",
      Expected(.lockNotCanonical, note: "revision: '1'"), at: "  groups: [figures]"),
    edit(
      "a revision of a file", "  url: lab/maps/blob.nii.gz\n", "  revision: '1'\n  url: lab/maps/blob.nii.gz\n",
      Expected(.lockUnknownKey, "`revision` in a file"), at: "  revision: '1'"),
  ]

  @Test("and what it has brought is written in one way", arguments: edits)
  func refused(_ edit: Edit) throws {
    let text = try edit.file.text()
    let range = try #require(text.firstRange(of: edit.old))
    let edited = String(text[..<range.lowerBound]) + edit.new + text[range.upperBound...]
    let found = Desk.lockFindings(Array(edited.utf8))
    let match = found.first { edit.expected.isMet(by: $0) && $0.location?.line == edit.line }
    #expect(match != nil, "\(found)")
  }

  @Test("is one that its text needs: without groups and earlier pins it has no number")
  func least() throws {
    let lock = try Desk.readLock(try LockFixture.groups.text())
    var plain = lock
    plain.maps = lock.maps.map { map in
      LockedMap(
        id: map.id, catalog: map.catalog, groups: [], license: map.license, isRestricted: map.isRestricted)
    }
    #expect(Desk.print(plain).contains("\nrevision: 2\n"), "the atlases need it")
    plain.atlases = lock.atlases.map { atlas in
      LockedAtlas(
        id: atlas.id, catalog: atlas.catalog, archive: atlas.archive, origin: atlas.origin, checksums: atlas.checksums)
    }
    #expect(!Desk.print(plain).contains("\nrevision: 2\n"))
    #expect(try Desk.readLock(Desk.print(plain)) == plain)
    plain.maps = lock.maps
    #expect(Desk.print(plain).contains("\nrevision: 2\n"), "the maps need it")
  }
}
