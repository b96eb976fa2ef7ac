import Catalog
import Dataset
import Diagnostics
import MarkedText
import Testing

@Suite("Reading a catalog")
struct CatalogReaderTests {
  @Test("every field arrives where it belongs")
  func fields() throws {
    let (md5, sha256) = (String(repeating: "a", count: 32), String(repeating: "b", count: 64))
    let text = """
      version: 1
      name: my-lab-2
      revision: "2026-01-02"
      title: A lab
      cite: [x2, x1]
      caution: Mind the gap.
      references:
        x1: {type: article, authors: ["A, B", others], title: T, year: "2020", journal: J, volume: "1", number: "2",
             pages: "3-4", doi: 10.1/x, url: https://x, publisher: P}
        x2: {type: misc}
      maps:
        - map: a/b/fsLR/32k
          title: Title
          modality: PET
          measure: SUVR
          target: VAChT
          n: "6"
          age: 24-55
          license: CC0
          license_url: https://l
          primary: [x1]
          secondary: [x2, x1]
          note: Note
          tags: [t1, t2]
          restricted: true
          files:
            - {hemi: R, osf: 4mw3a/60c2, osf_version: 3, size: 12, md5: \(md5), sha256: \(sha256)}
            - {hemi: L, url: maps/l.gii, sha256: \(sha256)}
        - map: a/b/MNI152/2mm
          files: [{url: "https://h/v.nii.gz", md5: \(md5)}]
      atlases:
        - {atlas: fsLR/32k, archive: x.tar.gz, osf: a/b, md5: \(md5), members: [m1, m2]}
      renamed:
        - {from: o/p, to: a/b}
      """
    let catalog = SmallCatalog.read(text)
    #expect(catalog.name == "my-lab-2")
    #expect(catalog.revision == "2026-01-02")
    #expect(catalog.title == "A lab")
    #expect(catalog.cite == ["x2", "x1"])
    #expect(catalog.caution == "Mind the gap.")
    #expect(catalog.digest == ContentHasher.sha256(Array(text.utf8)))

    let reference = try #require(catalog.references["x1"])
    #expect(reference.authors == ["A, B", "others"])
    #expect(
      [
        reference.key, reference.type, reference.title, reference.year, reference.journal, reference.volume,
        reference.number, reference.pages, reference.doi, reference.url, reference.publisher,
      ] == ["x1", "article", "T", "2020", "J", "1", "2", "3-4", "10.1/x", "https://x", "P"])
    #expect(catalog.references["x2"]?.title == nil)

    let map = try #require(catalog.maps.first)
    #expect(
      [map.title, map.modality, map.measure, map.target, map.n, map.age, map.license, map.licenseURL, map.note]
        == ["Title", "PET", "SUVR", "VAChT", "6", "24-55", "CC0", "https://l", "Note"])
    #expect(map.primary == ["x1"])
    #expect(map.secondary == ["x2", "x1"])
    #expect(map.tags == ["t1", "t2"])
    #expect(map.isRestricted)
    #expect(map.format == .surface)
    let (strong, weak) = (SHA256Digest(sha256), MD5Digest(md5))
    #expect(map.files.map(\.hemi) == [.left, .right])
    let osf = try #require(OSFFile(project: "4mw3a", file: "60c2", version: 3))
    #expect(map.files.map(\.origin) == [.relative("maps/l.gii"), .osf(osf)])
    let sums = [Checksums(sha256: strong), Checksums(size: 12, md5: weak, sha256: strong)]
    #expect(map.files.map(\.checksums) == sums)
    let volume = try #require(catalog.maps.last)
    #expect([volume.title, volume.license, volume.note] == [nil, nil, nil])
    #expect(!volume.isRestricted)
    #expect(volume.files.map(\.hemi) == [nil])
    #expect(volume.files.map(\.origin) == [.url("https://h/v.nii.gz")])

    #expect(catalog.atlases.map(\.id.description) == ["fsLR/32k"])
    #expect(catalog.atlases.map { $0.members.map(\.text) } == [["atlases/fsLR/m1", "atlases/fsLR/m2"]])
    #expect(catalog.renames.map(\.from.source) == ["o"])
    #expect(catalog.renames.map(\.to.desc) == ["b"])
  }

  @Test("a catalog of no maps is one")
  func empty() {
    let catalog = SmallCatalog.read("version: 1\nname: x\nrevision: a\nmaps: []\n")
    #expect(catalog.maps.isEmpty)
    #expect(catalog.cite.isEmpty)
    #expect(catalog.caution == nil)
  }

  private static let md5 = SmallCatalog.md5
  private static let head = "version: 1\nname: lab\nrevision: a\n"
  private static let volume = "files: [{url: a, md5: \(md5)}]"

  private static let refusals: [Refusal] = [
    Refusal("a list", "‹- a\n›", Expected(.catalogWrongValue, "the catalog takes keys and values, not a list")),
    Refusal("an empty file", "‹›", Expected(.catalogWrongValue, "not nothing")),
    Refusal("no version", "‹n›ame: x\nrevision: a\nmaps: []\n", Expected(.catalogMissingKey, "`version`")),
    Refusal(
      "a newer version", "version: ‹2›\nname: x\nmaps: []\n", Expected(.catalogVersion, "format 2", hint: "newer")),
    Refusal(
      "a newer version with keys that are new too", "version: ‹2›\nname: x\nnovelty: 1\nmaps: []\n",
      Expected(.catalogVersion, "format 2", hint: "newer")),
    Refusal("a version before the first", "version: ‹0›\n", Expected(.catalogVersion, "format 0")),
    Refusal(
      "a version in quotes", "version: ‹\"1\"›\nname: x\nrevision: a\nmaps: []\n",
      Expected(.catalogWrongValue, "whole number")),
    Refusal(
      "no name, no revision and no maps", "‹‹‹v›››ersion: 1\n", Expected(.catalogMissingKey, "`name`"),
      Expected(.catalogMissingKey, "`revision`"), Expected(.catalogMissingKey, "`maps`")),
    Refusal(
      "a name of capitals", "version: 1\nname: ‹Lab›\nrevision: a\nmaps: []\n",
      Expected(.catalogWrongValue, "lower-case")),
    Refusal(
      "an empty name", "version: 1\nname: ‹''›\nrevision: a\nmaps: []\n", Expected(.catalogWrongValue, "lower-case")),
    Refusal("an unknown key", head + "‹map›: []\nmaps: []\n", Expected(.catalogUnknownKey, "`map`", hint: "`maps`")),
    Refusal("a key twice", head + "maps: []\n‹maps›: []\n", Expected(.catalogDuplicateKey, "`maps`", note: "line 4")),
    Refusal("an anchor", head + "maps: ‹&x [›]\n", Expected(.catalogSyntax, "an anchor")),
    Refusal("a tab", head + "maps:‹\t›[]\n", Expected(.catalogSyntax, "a tab")),
    Refusal("maps that are no list", head + "maps: ‹{}›\n", Expected(.catalogWrongValue, "a list, not a mapping")),
    Refusal(
      "a map that is no mapping", head + "maps: [‹a/b/c/1k›]\n", Expected(.catalogWrongValue, "a map takes keys")),
    Refusal(
      "a map without name and files", head + "maps: [‹‹{››title: x}]\n", Expected(.catalogMissingKey, "`map`"),
      Expected(.catalogMissingKey, "`files`")),
    Refusal(
      "a map without files", head + "maps:\n  - ‹m›ap: a/b/c/1mm\n", Expected(.catalogMissingKey, "`files`")),
    Refusal(
      "a map of three parts", head + "maps:\n  - map: ‹a/b/c›\n    \(volume)\n",
      Expected(.catalogWrongValue, "source/desc/space/den-or-res, not `a/b/c`")),
    Refusal(
      "a map with a pattern", head + "maps:\n  - map: ‹a/b/c/*›\n    \(volume)\n",
      Expected(.catalogWrongValue, "source/desc/space/den-or-res")),
    Refusal(
      "a map twice", head + "maps:\n  - {map: a/b/c/1mm, \(volume)}\n  - ‹{map: a/b/c/1mm, \(volume)}›\n",
      Expected(.catalogRepeats, "`a/b/c/1mm` stands twice", note: "line 5")),
    Refusal(
      "a map with an unknown key", head + "maps:\n  - {map: a/b/c/1mm, ‹licence›: x, \(volume)}\n",
      Expected(.catalogUnknownKey, "`licence` in a map", hint: "`license`")),
    Refusal(
      "restricted as a word", head + "maps:\n  - {map: a/b/c/1mm, restricted: ‹yes›, \(volume)}\n",
      Expected(.catalogWrongValue, "`true` or `false`")),
    Refusal(
      "texts that are none", head + "maps:\n  - {map: a/b/c/1mm, title: ‹[x]›, note: ‹~›, tags: ‹x›, \(volume)}\n",
      Expected(.catalogWrongValue, "`title` takes text, not a list"),
      Expected(.catalogWrongValue, "`note` takes text, not nothing"),
      Expected(.catalogWrongValue, "`tags` takes a list, not text")),
    Refusal(
      "no file", head + "maps:\n  - {map: a/b/c/1mm, files: ‹[]›}\n", Expected(.catalogWrongValue, "has no file")),
    Refusal(
      "files that are no list", head + "maps:\n  - {map: a/b/c/1mm, files: ‹{}›}\n",
      Expected(.catalogWrongValue, "`files` takes a list")),
    Refusal(
      "a surface without hemisphere", head + "maps:\n  - {map: a/b/c/1k, files: [‹{›url: a, md5: \(md5)}]}\n",
      Expected(.catalogMissingKey, "`hemi`", hint: "`L`, `R` or both")),
    Refusal(
      "a volume with a hemisphere", head + "maps:\n  - {map: a/b/c/1mm, files: [{hemi: ‹L›, url: a, md5: \(md5)}]}\n",
      Expected(.catalogWrongValue, "a volume has no hemisphere")),
    Refusal(
      "another hemisphere", head + "maps:\n  - {map: a/b/c/1k, files: [{hemi: ‹l›, url: a, md5: \(md5)}]}\n",
      Expected(.catalogWrongValue, "`L` or `R`, not `l`")),
    Refusal(
      "a hemisphere twice",
      head + "maps:\n  - {map: a/b/c/1k, files: [{hemi: L, url: a, md5: \(md5)}, ‹{hemi: L, url: b, md5: \(md5)}›]}\n",
      Expected(.catalogRepeats, "two files of the same name")),
    Refusal(
      "a reference that is not there",
      head + "references: {xu2020: {type: misc}}\nmaps:\n  - {map: a/b/c/1mm, primary: [‹xu2002›], \(volume)}\n",
      Expected(.catalogWrongValue, "no reference has the key `xu2002`", hint: "`xu2020`")),
    Refusal(
      "a reference that is not there, for the whole catalog",
      "version: 1\nname: lab\nrevision: a\ncite: [xu2020, ‹xu2002›]\nreferences: {xu2020: {type: misc}}\nmaps: []\n",
      Expected(.catalogWrongValue, "no reference has the key `xu2002`", hint: "`xu2020`")),
    Refusal(
      "a caution and keys to cite that are none", head + "maps: []\ncite: ‹x›\ncaution: ‹[x]›\n",
      Expected(.catalogWrongValue, "`cite` takes a list, not text"),
      Expected(.catalogWrongValue, "`caution` takes text, not a list")),
    Refusal(
      "references that are a list", head + "references: ‹[]›\nmaps: []\n", Expected(.catalogWrongValue, "`references`")),
    Refusal(
      "a reference twice", head + "references: {a: {type: misc}, ‹a›: {type: misc}}\nmaps: []\n",
      Expected(.catalogDuplicateKey, "`a`")),
    Refusal(
      "a reference without type and with an unknown key",
      head + "references: {a: ‹{›‹titel›: x}}\nmaps: []\n", Expected(.catalogMissingKey, "the reference `a` lacks"),
      Expected(.catalogUnknownKey, "`titel`", hint: "`title`")),
    Refusal(
      "an atlas that lacks everything", head + "maps: []\natlases: [‹‹‹‹‹{›››››}]\n",
      Expected(.catalogMissingKey, "`atlas`"),
      Expected(.catalogMissingKey, "`archive`"), Expected(.catalogMissingKey, "`members`"),
      Expected(.catalogMissingKey, "`osf`", hint: "`osf` or `url`"),
      Expected(.catalogMissingKey, "`md5`")),
    Refusal(
      "a renaming of other than source/desc", head + "maps: []\nrenamed: [{from: ‹a›, to: ‹a/b/c›}]\n",
      Expected(.catalogWrongValue, "`from` takes source/desc"), Expected(.catalogWrongValue, "`to` takes source/desc")),
    Refusal(
      "a renaming without its half", head + "maps: []\nrenamed: [‹{›from: a/b}]\n", Expected(.catalogMissingKey, "`to`")
    ),
  ]

  @Test("it is refused at its place", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let found = findings(Array(refusal.text.text.utf8))
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }

  @Test("everything that is wrong with a map is told at once, whatever is wrong with its name")
  func all() {
    let text = MarkedText(
      Self.head + "maps:\n  - {map: ‹a/b›, title: ‹[x]›, files: [{url: ‹/a›, md5: ‹A›}]}\n"
        + "  - {map: a/b/c/1mm, ‹x›: y, files: [{url: a, md5: ‹B›}]}\n")
    let expected = [
      Expected(.catalogWrongValue, "`map`"), Expected(.catalogWrongValue, "`title`"),
      Expected(.catalogWrongValue, "`url`"), Expected(.catalogWrongValue, "`md5`"), Expected(.catalogUnknownKey),
      Expected(.catalogWrongValue, "`md5`"),
    ]
    #expect(text.differences(from: findings(Array(text.text.utf8)), expected) == [])
  }

  @Test("everything that is wrong with a reference is told at once")
  func wholeReference() {
    let text = MarkedText(Self.head + "references: {a: ‹{›title: ‹[x]›}}\nmaps: []\n")
    #expect(
      text.differences(
        from: findings(Array(text.text.utf8)), [Expected(.catalogMissingKey), Expected(.catalogWrongValue, "`title`")])
        == [])
  }

  @Test("every prefix and every other byte gives a catalog or a diagnostic")
  func hostile() {
    let text = Self.head + "maps:\n- {map: a/b/c/1mm, tags: [é], \(Self.volume)}\n"
    var generator = SeededGenerator(seed: 4)
    for index in 0..<text.utf8.count {
      var bytes = Array(text.utf8)
      _ = findings(Array(bytes.prefix(index)))
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      _ = findings(bytes)
    }
    #expect(findings(Array(text.utf8)) == [])
  }
}
