import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What is known of maps in a lock that git could not merge")
struct LockFactsMergeTests {
  private static func text(_ names: String, _ head: String = "data_dir: data\n") -> String {
    "version: 1\n\(head)annotations: [\(names)]\n"
  }

  private static func lock(
    _ names: String, _ catalog: LoadedCatalog, _ previous: Lockfile? = nil, _ head: String = "data_dir: data\n"
  ) throws -> Lockfile {
    try Desk.resolve(text(names, head), catalogs: [catalog], previous: previous).lock
  }

  private static func merged(_ ours: Lockfile, _ theirs: Lockfile) throws -> Lockfile {
    let text = Merge.whole(Desk.print(ours), Desk.print(theirs))
    return try #require(try MergedLock(Desk.lockSource(text))).lock
  }

  private static let (one, two) = ("lab/one/c/1mm", "lab/two/c/1mm")
  private static let both = "\(one), \(two)"

  @Test("of one catalog is what both sides know")
  func union() throws {
    let catalog = try Desk.described("1", titles: ["x", "y"])
    let merged = try Self.merged(try Self.lock(Self.one, catalog), try Self.lock(Self.two, catalog))
    #expect(Desk.print(try Self.lock(Self.both, catalog, merged)) == Desk.print(try Self.lock(Self.both, catalog)))
  }

  @Test("of two revisions of a catalog stays what each side has pinned, papers too")
  func revisions() throws {
    let old = try Desk.described("1", titles: ["x", "y"])
    let new = try Desk.described("2", titles: ["v", "w"], paper: "Blobs, revised")
    let (ours, theirs) = (try Self.lock(Self.one, old), try Self.lock(Self.two, new))
    for merged in [try Self.merged(ours, theirs), try Self.merged(theirs, ours)] {
      #expect(merged.papers.contains("lab doe2020 1 Blobs") && merged.papers.contains("lab doe2020 2 Blobs, revised"))
      let lock = try Self.lock(Self.both, new, merged)
      #expect(lock.known == ["one x Blobs 1", "two w Blobs, revised -"])
      #expect(lock.papers == ["lab doe2020 - Blobs, revised", "lab doe2020 1 Blobs", "lab lab2024 - -"])
      #expect(try Desk.readLock(Desk.print(lock)) == lock)
    }
  }

  @Test("of which one side knows nothing is asked for where it is missing; what the other knows stays")
  func oneSide() throws {
    let old = try Desk.described("1", titles: ["x", "y"])
    let new = try Desk.described("2", titles: ["v", "w"], letters: "ab")
    let (knows, not) = (try Self.lock(Self.one, old), try Self.lock(Self.two, old, nil, ""))
    for merged in [try Self.merged(knows, not), try Self.merged(not, knows)] {
      #expect(merged.metadata == nil)
      let lock = try Self.lock(Self.both, new, merged)
      #expect(lock.known == ["one x Blobs 1", "two w Blobs -"])
      #expect(lock.recorded == ["lab 2"])
      #expect(try Desk.readLock(Desk.print(lock)) == lock)
      #expect(LockAudit(lock, Desk.lockSource(Desk.print(lock)), catalogs: [new]).findings == [])
    }
  }

  @Test("that has lost a paper which a map cites is taken from the catalog; of a departed map it goes")
  func lostPaper() throws {
    let catalog = try Desk.described("1", titles: ["x", "y"])
    let lock = try Self.lock(Self.both, catalog)
    let text = Desk.print(lock)
    let start = try #require(text.firstRange(of: "- key: doe2020\n")).lowerBound
    let end = try #require(text.firstRange(of: "- key: lab2024\n")).lowerBound
    let broken = String(text[..<start]) + text[end...]
    let findings = Desk.lockFindings(Array(broken.utf8))
    #expect(findings.count == 2)
    let merged = try #require(try MergedLock(Desk.lockSource(broken), findings)).lock
    #expect(Desk.print(try Self.lock(Self.both, catalog, merged)) == text)
    let gone = try Desk.catalog("lab", revision: "2", maps: [Desk.map(Self.two, "b")])
    let departed = try Self.lock(Self.both, gone, merged)
    #expect(departed.known == ["one x - 1", "two untitled - -"])
    #expect(try Desk.readLock(Desk.print(departed)) == departed)
  }
}
