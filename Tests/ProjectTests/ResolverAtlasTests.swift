import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("The atlases that a manifest asks for")
struct ResolverAtlasTests {
  private static func lab() throws -> LoadedCatalog {
    try Desk.catalog(
      "lab", folder: "lab",
      atlases: [
        Desk.atlas("mine/2k", "b", ["z.gii", "a.gii"], archive: "two.tgz"),
        Desk.atlas("mine/1k", "a", ["b.gii"], archive: "one.tar.gz", url: "archives/one.tar.gz"),
        Desk.atlas("other", "c", ["o.txt"]),
      ])
  }

  @Test("are locked with their archive, and their files without checksums")
  func exact() throws {
    let lock = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.lab()])
    let atlas = try #require(lock.atlases.first)
    #expect(lock.atlases.count == 1)
    #expect(atlas.id == AtlasID("mine/1k"))
    #expect(atlas.catalog == "lab")
    #expect(atlas.archive == "one.tar.gz")
    #expect(atlas.origin == .relative("lab/archives/one.tar.gz"))
    #expect(atlas.checksums == Checksums(md5: MD5Digest(digest("a", 32))))
    #expect(lock.files.map(\.path.text) == ["atlases/mine/b.gii"])
    #expect(lock.files.map(\.content) == [.member(nil)])
    #expect(lock.files.map(\.item) == [.atlas(atlas.id)])
    #expect(lock.files.map(\.origin) == [nil])
    #expect(lock.maps.isEmpty)
    #expect(lock.catalogs.map(\.name) == ["lab"])
    #expect(lock.declarations == ["atlas mine/1k"])
  }

  @Test(
    "may be meant by a pattern",
    arguments: [
      ("mine/*", ["mine/1k", "mine/2k"]), ("all", ["mine/1k", "mine/2k", "other"]),
      ("'*'", ["mine/1k", "mine/2k", "other"]),
      ("'*/1?'", ["mine/1k"]), ("oth??", ["other"]),
    ])
  func patterns(pattern: String, names: [String]) throws {
    let lock = try Desk.lock(atlases: pattern, catalogs: [try Self.lab()])
    #expect(lock.atlases.map(\.id.description) == names)
    #expect(lock.files.map(\.path) == lock.files.map(\.path).sorted())
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
  }

  @Test("are there once, however often and in whatever order they are asked for")
  func once() throws {
    let catalogs = [try Self.lab()]
    let one = try Desk.lock(atlases: "mine/1k", "mine/*", "mine/2k", catalogs: catalogs)
    let two = try Desk.lock(atlases: "mine/2k", "mine/*", "mine/1k", "mine/1k", catalogs: catalogs)
    #expect(LockWriter.bytes(one) == LockWriter.bytes(two))
    #expect(one.atlases.map(\.id.description) == ["mine/1k", "mine/2k"])
    #expect(one.files.count == 3)
  }

  @Test("stand beside maps, and every catalog that either comes from is recorded")
  func withMaps() throws {
    let maps = try Desk.catalog("maps", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"])
    let lock = try Desk.resolve(
      "version: 1\nannotations: [a/b/c/1mm]\natlases: [other]\n", catalogs: [try Self.lab(), maps, Desk.builtin]
    ).lock
    #expect(lock.catalogs.map(\.name) == ["lab", "maps"])
    #expect(lock.items.map(\.description) == ["a/b/c/1mm", "other"])
    #expect(lock.files.map(\.path.text.first) == ["a", "a"])
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
  }

  @Test("all of the built-in catalog are locked, and the lock reads back")
  func builtin() throws {
    let lock = try Desk.lock(atlases: "all", catalogs: [Desk.builtin])
    #expect(lock.atlases.count == 14)
    #expect(lock.files.count == 179)
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
  }

  private static let refusals: [Refusal] = [
    Refusal(
      "an unknown name", "version: 1\natlases: [‹fsLR/33k›]\n",
      Expected(.matchesNothing, "no atlas matches `fsLR/33k`", hint: "did you mean `fsLR/32k`?")),
    Refusal(
      "other capitals", "version: 1\natlases: [‹fslr/32k›]\n",
      Expected(.matchesNothing, hint: "did you mean `fsLR/32k`?")),
    Refusal(
      "a template without its density", "version: 1\natlases: [‹fsLR›]\n",
      Expected(.matchesNothing, hint: "say which: `fsLR/4k`, `fsLR/8k`, `fsLR/32k`, `fsLR/164k`")),
    Refusal(
      "a number", "version: 1\natlases: [‹5›, ‹true›]\n", Expected(.matchesNothing, "no atlas matches `5`"),
      Expected(.matchesNothing, "`true`")),
    Refusal(
      "a density too much", "version: 1\natlases: [‹regfusion/1k›]\n", Expected(.matchesNothing, "`regfusion/1k`")),
    Refusal(
      "a pattern that matches nothing", "version: 1\natlases: [fsLR/*, ‹x*›]\n", Expected(.matchesNothing, "`x*`")),
    Refusal(
      "nothing like any", "version: 1\natlases: [‹zzzzzzzzzzzz›]\n",
      Expected(.matchesNothing, hint: "there are `civet/41k`, ")),
    Refusal(
      "no catalog",
      "version: 1\nbuiltin: false\natlases:\n  - \"‹fsLR/32k›\"\n".replacing("\"‹", with: "‹\"")
        .replacing("›\"", with: "\"›"), Expected(.matchesNothing, hint: "no catalog with atlases is in use")),
    Refusal(
      "several, with maps that are unknown too",
      "version: 1\natlases: [‹a›, ‹b/1k›]\nannotations:\n- ‹nobody›/b/c/d\n",
      Expected(.matchesNothing, "no atlas"), Expected(.matchesNothing, "no atlas"), Expected(.matchesNothing, "no map")),
  ]

  @Test("are refused at their place, with what was probably meant", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let catalogs = refusal.description == "no catalog" ? [] : [Desk.builtin]
    let found = Desk.findings(refusal.text.text, catalogs: catalogs)
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }

  // MARK: Two catalogs

  private static func pair(_ letter: String) throws -> [LoadedCatalog] {
    [
      try Desk.catalog("first", atlases: [Desk.atlas("mine/1k", "a", ["m.gii"], url: "first")]),
      try Desk.catalog("second", atlases: [Desk.atlas("mine/1k", letter, ["m.gii"], url: "second")]),
    ]
  }

  @Test("come from the first catalog by name, when two have the same bytes")
  func sameBytes() throws {
    for catalogs in [try Self.pair("a"), try Self.pair("a").reversed()] {
      let lock = try Desk.lock(atlases: "mine/*", catalogs: catalogs)
      #expect(lock.atlases.map(\.catalog) == ["first"])
      #expect(lock.atlases.map(\.origin) == [.relative("first")])
      #expect(lock.files.count == 1)
      #expect(lock.catalogs.map(\.name) == ["first"])
    }
  }

  @Test("keep the catalog that they were locked from when another gains them")
  func pinnedCatalog() throws {
    let catalogs = try Self.pair("a")
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [catalogs[1]]).unpacked("d")
    let later = try Desk.lock(atlases: "mine/1k", catalogs: catalogs, previous: earlier)
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
  }

  @Test("are a conflict when two catalogs have different bytes")
  func differentBytes() throws {
    let text = MarkedText("version: 1\nbuiltin: false\natlases:\n  - ‹mine/*›\n")
    let expected = Expected(
      .pathConflict, "`mine/1k` comes from two catalogs with different bytes",
      note: "catalog `first`, and catalog `second`",
      hint: "another name")
    #expect(text.differences(from: Desk.findings(text.text, catalogs: try Self.pair("b")), [expected]) == [])
  }

  @Test("are a conflict when two archives have the same file")
  func samePath() throws {
    let catalogs = [
      try Desk.catalog("first", atlases: [Desk.atlas("mine/1k", "a", ["m.gii", "n.gii"])]),
      try Desk.catalog("second", atlases: [Desk.atlas("mine/2k", "b", ["m.gii"])]),
    ]
    let text = MarkedText("version: 1\nbuiltin: false\natlases:\n  - mine/1k\n  - ‹mine/2k›\n")
    let expected = Expected(
      .pathConflict, "`atlases/mine/m.gii` would come from two archives", note: "`mine/1k` and `mine/2k`",
      hint: "take one of them out")
    #expect(text.differences(from: Desk.findings(text.text, catalogs: catalogs), [expected]) == [])
    #expect(try Desk.lock(atlases: "mine/1k", catalogs: catalogs).files.count == 2)
  }

  // MARK: An earlier lock

  private static func catalog(
    _ revision: String, _ letter: String, _ members: [String] = ["m.gii", "n.gii"], url: String? = nil
  ) throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: revision, atlases: [Desk.atlas("mine/1k", letter, members, url: url)])
  }

  @Test("keep archive, members and revision when the catalog has a newer archive")
  func keptPins() throws {
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")]).unpacked("d")
    #expect(earlier.members == ["m.gii d", "n.gii d"])
    for members in [["m.gii", "n.gii"], ["m.gii"], ["other.gii"]] {
      let later = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("2", "b", members)], previous: earlier)
      #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
    }
  }

  @Test("that were never unpacked keep their archive all the same")
  func keptUnpinned() throws {
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")])
    let later = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("2", "b", ["x"])], previous: earlier)
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
  }

  @Test("take archive and members anew, and no old pin, once they are taken out of the earlier lock")
  func upgraded() throws {
    var earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")]).unpacked("d")
    earlier.atlases = []
    let later = try Desk.lock(
      atlases: "mine/1k", catalogs: [try Self.catalog("2", "b", ["n.gii", "o.gii"])], previous: earlier)
    #expect(later.members == ["n.gii -", "o.gii -"])
    #expect(later.atlases.map(\.origin) == [.relative("b")])
    #expect(later.catalogs.map(\.revision) == ["2"])
    #expect(try Desk.readLock(Desk.print(later)) == later)
  }

  @Test("follow the archive to another address, as long as the bytes are the same")
  func followed() throws {
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")]).unpacked("d")
    let moved = try Desk.lock(
      atlases: "mine/1k", catalogs: [try Self.catalog("2", "a", url: "\"https://h/a.tar.gz\"")], previous: earlier)
    #expect(moved.atlases.map(\.origin) == [.url("https://h/a.tar.gz")])
    #expect(moved.atlases.map(\.checksums) == earlier.atlases.map(\.checksums))
    #expect(moved.members == earlier.members)
    let stayed = try Desk.lock(
      atlases: "mine/1k", catalogs: [try Self.catalog("2", "b", url: "\"https://h/a.tar.gz\"")], previous: earlier)
    #expect(stayed.atlases == earlier.atlases)
  }

  @Test("keep the version of an archive that is pinned on OSF")
  func osfVersion() throws {
    func catalog(_ rest: String) throws -> LoadedCatalog {
      try Desk.catalog(
        "lab", atlases: ["{atlas: a, archive: a.tgz, osf: ab/cd, md5: \(digest("a", 32)), members: [m]\(rest)}"])
    }
    let earlier = try Desk.lock(atlases: "a", catalogs: [try catalog(", osf_version: 2")])
    let later = try Desk.lock(atlases: "a", catalogs: [try catalog("")], previous: earlier)
    #expect(later == earlier)
  }

  @Test("gain and lose files as the catalog lists them, as long as the archive is the same")
  func newMembers() throws {
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")]).unpacked("d")
    let later = try Desk.lock(
      atlases: "mine/1k", catalogs: [try Self.catalog("2", "a", ["n.gii", "o.gii"])], previous: earlier)
    #expect(later.members == ["n.gii d", "o.gii -"])
    #expect(later.atlases == earlier.atlases.map { $0 })
    #expect(try Desk.readLock(Desk.print(later)) == later)
    #expect(later.catalogs.map(\.revision) == ["2"])
  }

  @Test("adding an atlas keeps the pins of the others; taking one away drops its files")
  func edits() throws {
    let lab = try Self.lab()
    let one = try Desk.lock(atlases: "mine/1k", catalogs: [lab]).unpacked("d")
    let both = try Desk.lock(atlases: "mine/1k", "mine/2k", catalogs: [lab], previous: one)
    #expect(both.members == ["a.gii -", "b.gii d", "z.gii -"])
    let two = try Desk.lock(atlases: "mine/2k", catalogs: [lab], previous: both.unpacked("f"))
    #expect(two.members == ["a.gii f", "z.gii f"])
    #expect(two.atlases.map(\.id.description) == ["mine/2k"])
    #expect(try Desk.resolve("version: 1\n", catalogs: [lab], previous: two).lock.files.isEmpty)
  }

  @Test("take a pin from another catalog when the earlier one is gone")
  func otherCatalog() throws {
    let earlier = try Desk.lock(atlases: "mine/1k", catalogs: [try Self.catalog("1", "a")]).unpacked("d")
    let other = try Desk.catalog("other", atlases: [Desk.atlas("mine/1k", "b", ["m.gii"])])
    let later = try Desk.lock(atlases: "mine/1k", catalogs: [other], previous: earlier)
    #expect(later.members == ["m.gii -"])
    #expect(later.atlases.map(\.catalog) == ["other"])
  }
}
