import Catalog
import Dataset
import Diagnostics
import MarkedText
import Testing

@Suite("Reading a catalog's atlases")
struct CatalogAtlasReaderTests {
  private static let md5 = SmallCatalog.md5
  private static let head = "version: 1\nname: lab\nrevision: a\nmaps: []\n"
  private static let bytes = "url: a.tar.gz, md5: \(md5)"

  /// An atlas in one line.
  private static func atlas(_ name: String, _ members: String, archive: String = "a.tar.gz") -> String {
    "{atlas: \(name), archive: \(archive), \(bytes), members: \(members)}"
  }

  @Test("every field arrives where it belongs")
  func fields() throws {
    let catalog = SmallCatalog.read(
      Self.head + """
        atlases:
          - atlas: mine/1k
            archive: mine1k.tgz
            osf: 4mw3a/60c2
            osf_version: 2
            size: 7
            md5: \(Self.md5)
            sha256: \(SmallCatalog.sha256)
            members: [b.surf.gii, "é ö.txt"]
          - {atlas: MNI152/1.5mm, archive: v.tar.gz, url: archives/v.tar.gz, md5: \(Self.md5), members: [v.nii.gz]}
          - {atlas: regfusion, archive: r.tar.gz, url: "https://h/r", sha256: \(SmallCatalog.sha256), members: [r.txt]}
        """)
    #expect(catalog.atlases.map(\.id.description) == ["mine/1k", "MNI152/1.5mm", "regfusion"])
    #expect(catalog.atlases.map(\.id.sampling) == [.density("1k"), .resolution("1.5mm"), nil])
    #expect(catalog.atlases.map(\.archive) == ["mine1k.tgz", "v.tar.gz", "r.tar.gz"])
    let osf = try #require(OSFFile(project: "4mw3a", file: "60c2", version: 2))
    #expect(catalog.atlases.map(\.origin) == [.osf(osf), .relative("archives/v.tar.gz"), .url("https://h/r")])
    let (weak, strong) = (MD5Digest(Self.md5), SHA256Digest(SmallCatalog.sha256))
    #expect(
      catalog.atlases.map(\.checksums)
        == [Checksums(size: 7, md5: weak, sha256: strong), Checksums(md5: weak), Checksums(sha256: strong)])
    #expect(
      catalog.atlases.map { $0.members.map(\.text) } == [
        ["atlases/mine/b.surf.gii", "atlases/mine/é ö.txt"], ["atlases/MNI152/v.nii.gz"], ["atlases/regfusion/r.txt"],
      ])
  }

  @Test("none are none, however they are left out", arguments: ["", "atlases:\n", "atlases: []\n", "atlases: ~\n"])
  func none(_ text: String) {
    #expect(SmallCatalog.read(Self.head + text).atlases.isEmpty)
  }

  @Test("two densities of one template share a folder")
  func densities() {
    let catalog = SmallCatalog.read(
      Self.head + "atlases:\n- \(Self.atlas("mine/1k", "[one.gii]"))\n- \(Self.atlas("mine/2k", "[two.gii]"))\n")
    #expect(catalog.atlases.flatMap(\.members).map(\.text) == ["atlases/mine/one.gii", "atlases/mine/two.gii"])
  }

  private static let refusals: [Refusal] = [
    Refusal(
      "atlases that are no list", head + "atlases: ‹{}›\n", Expected(.catalogWrongValue, "`atlases` takes a list")),
    Refusal(
      "an atlas that is a text", head + "atlases: [‹fsLR/32k›]\n", Expected(.catalogWrongValue, "an atlas takes keys")),
    Refusal(
      "an unknown key", head + "atlases: [{atlas: a/1k, ‹archiv›: x, archive: a.tgz, \(bytes), members: [m]}]\n",
      Expected(.catalogUnknownKey, "`archiv` in an atlas", hint: "`archive`")),
    Refusal(
      "a map's keys", head + "atlases: [{atlas: a/1k, ‹license›: CC0, archive: a.tgz, \(bytes), members: [m]}]\n",
      Expected(.catalogUnknownKey, "`license` in an atlas")),
    Refusal(
      "a name of three parts", head + "atlases: [\(atlas("‹a/b/1k›", "[m]"))]\n",
      Expected(.catalogWrongValue, "`atlas` takes name/den-or-res, or a name alone, not `a/b/1k`")),
    Refusal(
      "a name that is empty", head + "atlases: [\(atlas("‹''›", "[m]"))]\n", Expected(.catalogWrongValue, "`atlas`")),
    Refusal(
      "a name without its half", head + "atlases: [\(atlas("‹a/›", "[m]"))]\n", Expected(.catalogWrongValue, "`atlas`")),
    Refusal(
      "a name that is a pattern", head + "atlases: [\(atlas("‹a/*›", "[m]"))]\n",
      Expected(.catalogWrongValue, "`atlas`")),
    Refusal(
      "a name that climbs", head + "atlases: [\(atlas("‹../1k›", "[m]"))]\n", Expected(.catalogWrongValue, "`atlas`")),
    Refusal(
      "a name with what no label has", head + "atlases: [\(atlas("‹fs_LR/32k›", "[m]"))]\n",
      Expected(.catalogWrongValue, "`atlas`")),
    Refusal(
      "an archive that is a zip", head + "atlases: [\(atlas("a/1k", "[m]", archive: "‹a.zip›"))]\n",
      Expected(.catalogWrongValue, "`archive` takes the name of a .tar.gz file, not `a.zip`")),
    Refusal(
      "an archive that is not compressed", head + "atlases: [\(atlas("a/1k", "[m]", archive: "‹a.tar›"))]\n",
      Expected(.catalogWrongValue, "`archive`")),
    Refusal(
      "an archive in a folder", head + "atlases: [\(atlas("a/1k", "[m]", archive: "‹x/a.tar.gz›"))]\n",
      Expected(.catalogWrongValue, "`archive`")),
    Refusal(
      "an archive that climbs", head + "atlases: [\(atlas("a/1k", "[m]", archive: "‹../a.tar.gz›"))]\n",
      Expected(.catalogWrongValue, "`archive`")),
    Refusal(
      "an archive of two", head + "atlases: [\(atlas("a/1k", "[m]", archive: "‹[a.tgz]›"))]\n",
      Expected(.catalogWrongValue, "`archive` takes text")),
    Refusal(
      "members that are no list", head + "atlases: [\(atlas("a/1k", "‹m›"))]\n",
      Expected(.catalogWrongValue, "`members` takes a list")),
    Refusal(
      "no member", head + "atlases: [\(atlas("a/1k", "‹[]›"))]\n",
      Expected(.catalogWrongValue, "no members that anybody gets")),
    Refusal(
      "members that are no names of files",
      head
        + "atlases: [\(atlas("a/1k", "[ok, ‹x/m›, ‹..›, ‹.›, ‹''›, ‹/m›, ‹\"a\\\\b\"›, ‹\"a\\0\"›, ‹~›, ‹[m]›]"))]\n",
      Expected(.catalogWrongValue, "each of `members` takes the name of a file, without folders, not `x/m`"),
      Expected(.catalogWrongValue, "`..`"), Expected(.catalogWrongValue, "`.`"), Expected(.catalogWrongValue),
      Expected(.catalogWrongValue, "`/m`"), Expected(.catalogWrongValue), Expected(.catalogWrongValue),
      Expected(.catalogWrongValue, "not nothing"), Expected(.catalogWrongValue, "not a list")),
    Refusal(
      "an atlas twice", head + "atlases:\n- \(atlas("a/1k", "[m]"))\n- ‹\(atlas("a/1k", "[n]"))›\n",
      Expected(.catalogRepeats, "the atlas `a/1k` stands twice", note: "first on line 6")),
    Refusal(
      "a path from two archives", head + "atlases:\n- \(atlas("a/1k", "[m, n]"))\n- ‹\(atlas("a/2k", "[o, n]"))›\n",
      Expected(.catalogRepeats, "two archives would write `atlases/a/n`", note: "by `a/1k` and by `a/2k`")),
    Refusal(
      "a member twice within an archive", head + "atlases:\n- ‹\(atlas("a/1k", "[m, n, m]"))›\n",
      Expected(.catalogRepeats, "`m` stands twice")),
    Refusal(
      "no checksum", head + "atlases: [‹{›atlas: a/1k, archive: a.tgz, url: a.tgz, members: [m]}]\n",
      Expected(.catalogMissingKey, "`md5`")),
    Refusal(
      "everything wrong at once",
      head + "atlases: [{atlas: ‹a/b/c/d›, archive: ‹a.zip›, url: ‹/a›, md5: ‹x›, members: ‹[]›}]\n",
      Expected(.catalogWrongValue, "`atlas`"), Expected(.catalogWrongValue, "`archive`"),
      Expected(.catalogWrongValue, "`url`"), Expected(.catalogWrongValue, "`md5`"),
      Expected(.catalogWrongValue, "members")),
  ]

  @Test("it is refused at its place", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let found = findings(Array(refusal.text.text.utf8))
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }

  @Test("a member that stands twice in one archive is not told as one of two archives")
  func repeatedMember() {
    let found = findings(Array((Self.head + "atlases:\n- \(Self.atlas("a/1k", "[m, m]"))\n").utf8))
    #expect(found.count == 1)
    #expect(found.first?.message.contains("two archives") == false)
  }

  @Test("an atlas that stands twice with its members is told once")
  func repeatedAtlas() {
    let atlas = Self.atlas("a/1k", "[m, n, o]")
    let found = findings(Array((Self.head + "atlases:\n- \(atlas)\n- \(atlas)\n").utf8))
    #expect(found.first?.message == "the atlas `a/1k` stands twice")
    #expect(found.count == 1)
  }

  @Test("every prefix and every other byte gives a catalog or a diagnostic")
  func hostile() {
    let text = Self.head + "atlases:\n- \(Self.atlas("a/1k", "[\"é\", m]"))\n- \(Self.atlas("b", "[n]"))\n"
    var generator = SeededGenerator(seed: 8)
    for index in 0..<text.utf8.count {
      var bytes = Array(text.utf8)
      _ = findings(Array(bytes.prefix(index)))
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      _ = findings(bytes)
    }
    #expect(findings(Array(text.utf8)) == [])
  }
}
