import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("An atlas that is locked, and what its catalog says later")
struct ResolverAtlasPinTests {
  private static func lab(_ revision: String, _ atlases: String...) throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: revision, atlases: atlases)
  }

  private static let one = Desk.atlas("mine/1k", "a", ["m.gii", "n.gii"])
  private static let two = Desk.atlas("mine/2k", "b", ["p.gii"])

  // MARK: Departure

  @Test(
    "stays locked when the catalog has it no more, and is told of",
    arguments: ["‹mine/1k›, mine/2k", "‹\"mine/*\"›", "mine/2k, ‹all›"])
  func stays(atlases: String) throws {
    let manifest = MarkedText("version: 1\natlases: [\(atlases)]\n")
    let lock = try Desk.resolve(manifest.text, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    let expected = Expected(
      .leftCatalog, "the catalog `lab` has no `mine/1k` any more; it stays locked", severity: .warning)
    for earlier in [lock, lock.unpacked("d")] {
      let later = try Desk.resolve(manifest.text, catalogs: [Self.lab("2", Self.two)], previous: earlier)
      #expect(LockWriter.bytes(later.lock) == LockWriter.bytes(earlier))
      #expect(manifest.differences(from: later.warnings, [expected]) == [])
      let upgraded = try Desk.resolve(
        manifest.text, catalogs: [Self.lab("2", Self.two)], previous: earlier, upgrading: { _ in true })
      #expect(upgraded.lock.pins == ["mine/1k a 1", "mine/2k b -"])
      #expect(upgraded.lock.recorded == ["lab 2"])
      #expect(upgraded.lock.members.prefix(2) == earlier.members.prefix(2))
      #expect(upgraded.warnings.map(\.code) == [.leftCatalog])
      #expect(try Desk.readLock(Desk.print(upgraded.lock)) == upgraded.lock)
    }
  }

  @Test("that has left its catalog stays only while it is asked for, in the groups that ask")
  func wanted() throws {
    let earlier = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one, Self.two)])
    func demanded(_ rest: String) throws -> [String] {
      try Desk.resolve("version: 1\n\(rest)\n", catalogs: [Self.lab("2", Self.two)], previous: earlier).lock.demanded
    }
    #expect(try demanded("atlases: [mine/2k]") == ["mine/2k"])
    #expect(try demanded("groups: {g: {atlases: [mine/1k]}, f: {atlases: [all]}}") == ["mine/1k f g", "mine/2k f"])
    #expect(try demanded("atlases: [mine/1k]\ngroups: {g: {atlases: [mine/1k]}}") == ["mine/1k"])
  }

  @Test("that has left its catalog is taken from another that has it, and goes with its catalog")
  func otherCatalogs() throws {
    let earlier = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one)]).unpacked("d")
    let other = try Desk.catalog(
      "other", revision: "7", atlases: [Desk.atlas("mine/1k", "c", ["m.gii"])])
    let taken = try Desk.resolve(
      "version: 1\natlases: [all]\n", catalogs: [Self.lab("2", Self.two), other], previous: earlier)
    #expect(taken.lock.pins == ["mine/1k c -", "mine/2k b -"])
    #expect(taken.lock.atlases.map(\.catalog) == ["other", "lab"])
    #expect(taken.lock.members == ["m.gii -", "p.gii -"])
    #expect(taken.warnings == [])
    let third = try Desk.catalog("third", atlases: [Self.two])
    #expect(try Desk.lock(atlases: "all", catalogs: [third], previous: earlier).pins == ["mine/2k b -"])
    let found = Desk.refusals("version: 1\natlases: [mine/1k]\n", catalogs: [third], previous: earlier)
    #expect(found.map(\.code) == [.matchesNothing])
  }

  @Test("without its files, which a merge has lost, is looked up anew, and does not stay if it is gone")
  func filesLost() throws {
    var earlier = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one, Self.two)]).unpacked("d")
    earlier.files.removeAll { $0.item.description == "mine/1k" }
    let newer = Desk.atlas("mine/1k", "c", ["m.gii"])
    let anew = try Desk.lock(atlases: "all", catalogs: [Self.lab("2", newer, Self.two)], previous: earlier)
    #expect(anew.pins == ["mine/1k c -", "mine/2k b -"])
    #expect(anew.members == ["m.gii -", "p.gii d"])
    let gone = try Desk.lock(atlases: "all", catalogs: [Self.lab("2", Self.two)], previous: earlier)
    #expect(gone.pins == ["mine/2k b -"])
  }

  // MARK: Upgrade

  @Test("is taken anew when it is upgraded, with its members and no word of the old ones")
  func upgraded() throws {
    let earlier = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one, Self.two)]).unpacked("d")
    let newer = try Self.lab(
      "2", Desk.atlas("mine/1k", "c", ["n.gii", "o.gii"]), Desk.atlas("mine/2k", "e", ["p.gii"]))
    let later = try Desk.resolve(
      "version: 1\natlases: [all]\n", catalogs: [newer], previous: earlier,
      upgrading: { $0.description == "mine/1k" }
    ).lock
    #expect(later.pins == ["mine/1k c -", "mine/2k b 1"])
    #expect(later.members == ["n.gii -", "o.gii -", "p.gii d"])
    #expect(later.recorded == ["lab 2"])
  }

  @Test("of the same bytes follows the catalog to another name of the archive, and takes what else it knows of them")
  func sameBytes() throws {
    let earlier = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one, Self.two)]).unpacked("d")
    let renamed =
      "{atlas: mine/1k, archive: new.tgz, url: \"https://h/new.tgz\", md5: \(digest("a", 32)), "
      + "members: [m.gii, n.gii]}"
    let later = try Desk.lock(
      atlases: "all", catalogs: [Self.lab("2", renamed, Desk.atlas("mine/2k", "c", ["q.gii"]))], previous: earlier)
    #expect(later.atlases.map(\.archive) == ["new.tgz", "a.tar.gz"])
    #expect(later.atlases.map(\.origin) == [.url("https://h/new.tgz"), .relative("b")])
    #expect(later.atlases.map(\.checksums) == earlier.atlases.map(\.checksums))
    #expect(later.members == earlier.members)
    #expect(later.pins == ["mine/1k a -", "mine/2k b 1"])
    #expect(later.recorded == ["lab 2"])

    let plain = try Desk.lock(atlases: "all", catalogs: [Self.lab("1", Self.one)])
    let known =
      "{atlas: mine/1k, archive: a.tar.gz, url: a, size: 9, md5: \(digest("a", 32)), "
      + "sha256: \(digest("f", 64)), members: [m.gii, n.gii]}"
    let more = try Desk.lock(atlases: "all", catalogs: [Self.lab("2", known)], previous: plain)
    #expect(more.atlases.map(\.checksums.sha256?.hex) == [digest("f", 64)])
    #expect(more.atlases.map(\.checksums.size) == [9])
    #expect(more.recorded == ["lab 2"])
  }
}
