import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What a lock knows of its maps")
struct LockFactsTests {
  private static let text = Desk.wanting

  private static func lock(
    _ catalogs: LoadedCatalog..., text: String = text, previous: Lockfile? = nil, upgrading names: Set<String> = []
  ) throws -> Lockfile {
    let lock = try Desk.resolve(
      text, catalogs: catalogs, previous: previous, upgrading: { names.contains($0.description) }
    ).lock
    #expect(try Desk.readLock(Desk.print(lock)) == lock, "\(Desk.print(lock))")
    let again = try Desk.resolve(text, catalogs: catalogs, previous: lock).lock
    #expect(Desk.print(again) == Desk.print(lock))
    return lock
  }

  // MARK: Whether

  @Test(
    "is all that the catalog says where the manifest says so, or has a data directory of its own",
    arguments: [
      ("data_dir: data\n", true), ("metadata: true\n", true), ("data_dir: data\nmetadata: true\n", true), ("", false),
      ("metadata: false\n", false), ("data_dir: data\nmetadata: false\n", false),
    ])
  func wanted(head: String, isWanted: Bool) throws {
    let text = "version: 1\n\(head)annotations: [\"*/*/*/*\"]\n"
    let lock = try Self.lock(try Desk.described("1", titles: ["x", "y"]), text: text)
    #expect(try Desk.manifest(text).wantsMetadata == isWanted)
    #expect(lock.metadata == (isWanted ? Lockfile.metadataVersion : nil))
    #expect(lock.known == (isWanted ? ["one x Blobs -", "two y Blobs -"] : ["one nothing - -", "two nothing - -"]))
    #expect(lock.papers == (isWanted ? ["lab doe2020 - Blobs", "lab lab2024 - -"] : []))
    #expect(lock.catalogs.map(\.title) == [isWanted ? "The maps of lab" : nil])
    #expect(lock.catalogs.map(\.cite) == [isWanted ? ["lab2024"] : []])
    #expect(Desk.print(lock).contains("\nrevision: 3\nmetadata: 1\n") == isWanted)
    #expect(Desk.print(lock).contains("title") == isWanted)
  }

  @Test("is declared only in words, so that no lock from before is stale for it")
  func declared() throws {
    func declarations(_ head: String) throws -> [String] { try Desk.manifest("version: 1\n\(head)").declarations }
    #expect(try declarations("data_dir: data\n") == [])
    #expect(try declarations("metadata: true\n") == ["metadata true"])
    #expect(try declarations("data_dir: data\nmetadata: false\n") == ["metadata false"])
    let catalog = try Desk.described("1", titles: ["x", "y"])
    let before = try Self.lock(catalog, text: Self.text.replacing("data_dir: data\n", with: ""))
    #expect(before.answers(try Desk.manifest(Self.text)))
    let described = try Desk.resolve(Self.text, catalogs: [catalog], previous: before)
    #expect(described.lock.metadata == 1)
    let asBefore = try Resolver.resolve(
      try Desk.manifest(Self.text), catalogs: [catalog], previous: before, describing: false
    ).lock
    #expect(asBefore == before)
  }

  @Test("stays what it is of a part of the lock")
  func selected() throws {
    let lock = try Self.lock(try Desk.described("1", titles: ["x", "y"]))
    let pattern = try #require(ItemPattern("lab/two/*/*"))
    let part = lock.selecting(LockSelection(patterns: [pattern]))
    #expect(part.known == ["two y Blobs -"])
    #expect(part.metadata == 1 && part.catalogs == lock.catalogs)
    #expect(LockedReferences(part).cite(of: part.catalogs[0]).map(\.key) == ["lab2024"])
  }

  // MARK: From revision to revision

  @Test("stays as it was pinned, whatever the catalog says later, until it is upgraded")
  func pinned() throws {
    let first = try Self.lock(try Desk.described("1", titles: ["x", "y"]))
    let later = try Desk.described("2", titles: ["x", "new"], paper: "Blobs, revised", caution: "Mind.")
    #expect(Desk.print(try Self.lock(later, previous: first)) == Desk.print(first))
    let one = try Self.lock(later, previous: first, upgrading: ["lab/one/c/1mm"])
    #expect(one.known == ["one x Blobs, revised -", "two y Blobs 1"])
    #expect(one.papers == ["lab doe2020 - Blobs, revised", "lab doe2020 1 Blobs", "lab lab2024 - -"])
    #expect(one.recorded == ["lab 2"])
    #expect(one.catalogs.map(\.caution) == ["Mind."])
    let both = try Self.lock(later, previous: one, upgrading: ["lab/two/c/1mm"])
    #expect(both == (try Self.lock(later)))
    #expect(both.known == ["one x Blobs, revised -", "two new Blobs, revised -"])
  }

  @Test("makes a pin one of before also where a paper alone is described otherwise")
  func otherPaper() throws {
    let first = try Self.lock(try Desk.described("1", titles: ["x", "y"]))
    let later = try Desk.described("2", titles: ["x", "y"], paper: "Blobs, revised", letters: "ac")
    let second = try Self.lock(later, previous: first, upgrading: ["lab/two/c/1mm"])
    #expect(second.known == ["one x Blobs 1", "two y Blobs, revised -"])
    let third = try Self.lock(
      try Desk.described("3", titles: ["x", "y"], letters: "ac"), previous: second, upgrading: ["lab/two/c/1mm"])
    #expect(third.known == ["one x Blobs -", "two y Blobs -"])
    #expect(third.papers == ["lab doe2020 - Blobs", "lab lab2024 - -"])
  }

  @Test("is taken from the catalogs at hand by a lock that knew nothing, and the catalogs are recorded as they are")
  func turnedOn() throws {
    let plain = Self.text.replacing("data_dir: data\n", with: "")
    let first = try Self.lock(try Desk.described("1", titles: ["x", "y"]), text: plain)
    let later = try Desk.described("2", titles: ["new", "newer"], letters: "cb")
    #expect(Desk.print(try Self.lock(later, text: plain, previous: first)) == Desk.print(first))
    let second = try Self.lock(later, previous: first)
    #expect(second.recorded == ["lab 2"])
    #expect(second.pins == ["lab/one/c/1mm a 1", "lab/two/c/1mm b -"])
    #expect(second.known == ["one new Blobs 1", "two newer Blobs -"])
    #expect(second.catalogs.map(\.title) == ["The maps of lab"])
    let audit = LockAudit(second, Desk.lockSource(Desk.print(second)), catalogs: [later])
    #expect(audit.findings == [])
  }

  @Test("is dropped by a manifest that wants it no more, and nothing else is")
  func turnedOff() throws {
    let catalog = try Desk.described("1", titles: ["x", "y"])
    let plain = Self.text.replacing("data_dir: data\n", with: "")
    let lock = try Self.lock(catalog, text: plain, previous: try Self.lock(catalog))
    #expect(Desk.print(lock) == Desk.print(try Self.lock(catalog, text: plain)))
  }

  @Test("of a map that has left its catalog stays; where nothing was known of it before, nothing is")
  func departed() throws {
    let gone = try Desk.catalog("lab", revision: "2", maps: [Desk.map("lab/one/c/1mm", "a", "title: z")])
    let text = Self.text.replacing("\"*/*/*/*\"", with: "lab/one/c/1mm, lab/two/c/1mm")
    let first = try Self.lock(try Desk.described("1", titles: ["x", "y"]), text: text)
    let kept = try Self.lock(gone, text: text, previous: first, upgrading: ["lab/one/c/1mm"])
    #expect(kept.known == ["one z - -", "two y Blobs 1"])
    #expect(kept.papers == ["lab doe2020 1 Blobs"])
    #expect(kept.catalogs.map(\.cite) == [[]])
    let plain = text.replacing("data_dir: data\n", with: "")
    let before = try Self.lock(try Desk.described("1", titles: ["x", "y"]), text: plain)
    let unknown = try Self.lock(gone, text: text, previous: before)
    #expect(unknown.known == ["one z - -", "two untitled - 1"])
    #expect(unknown.maps[1].facts == MapFacts())
  }

  @Test("holds papers of the same key in two catalogs apart")
  func twoCatalogs() throws {
    let lock = try Self.lock(
      try Desk.described("1", titles: ["x", "y"], paper: "Blobs"),
      try Desk.described("1", of: "mab", titles: ["v", "w"], paper: "Other blobs", letters: "cd"))
    #expect(
      lock.known == ["one x Blobs -", "two y Blobs -", "one v Other blobs -", "two w Other blobs -"])
    #expect(
      lock.papers == [
        "lab doe2020 - Blobs", "lab lab2024 - -", "mab doe2020 - Other blobs", "mab mab2024 - -",
      ])
  }

  @Test("has no papers but those that the locked maps and their catalogs cite")
  func citedOnly() throws {
    let catalog = try Desk.catalog(
      "lab", maps: [Desk.map("lab/one/c/1mm", "a"), Desk.map("lab/two/c/1mm", "b", "secondary: [used]")],
      rest: "references: {used: {type: misc}, unused: {type: misc}, other: {type: misc}}\n")
    #expect(try Self.lock(catalog).papers == ["lab used - -"])
    let one = Self.text.replacing("\"*/*/*/*\"", with: "lab/one/c/1mm")
    #expect(try Self.lock(catalog, text: one).papers == [])
    #expect(Desk.print(try Self.lock(catalog, text: one)).contains("\nreferences: []\n"))
  }

  @Test("is there of an atlas's catalog too, once its description is wanted")
  func atlasCatalog() throws {
    func lab(_ revision: String) throws -> LoadedCatalog {
      let text =
        "version: 1\nname: lab\nrevision: \"\(revision)\"\ntitle: Our atlases\nmaps: []\n"
        + "atlases:\n  - \(Desk.atlas("mine/1k", "a", ["m.gii"]))\n"
      return LoadedCatalog(try CatalogReader.read(SourceText(name: "lab.yaml", bytes: Array(text.utf8))), folder: "")
    }
    let first = try Self.lock(try lab("1"), text: "version: 1\natlases: [all]\n")
    #expect(first.catalogs.map(\.title) == [nil])
    let second = try Self.lock(try lab("2"), text: "version: 1\ndata_dir: d\natlases: [all]\n", previous: first)
    #expect(second.catalogs.map(\.title) == ["Our atlases"])
    #expect(second.recorded == ["lab 2"])
    #expect(second.pins == ["mine/1k a -"])
    #expect(second.metadata == 1)
  }
}
