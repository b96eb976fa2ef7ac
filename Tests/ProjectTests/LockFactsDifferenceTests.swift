import Catalog
import Dataset
import Project
import Testing

@Suite("What is told of what two locks know of their maps")
struct LockFactsDifferenceTests {
  private static func lock(
    _ revision: String = "1", _ titles: [String] = ["x", "y"], paper: String = "Blobs", caution: String? = nil,
    isKnown: Bool = true
  ) throws -> Lockfile {
    let catalog = try Desk.described(revision, of: "lab", titles: titles, paper: paper, caution: caution)
    let text = isKnown ? Desk.wanting : Desk.wanting.replacing("data_dir: data\n", with: "")
    return try Desk.resolve(text, catalogs: [catalog]).lock
  }

  @Test("is each map of which other facts are known, with both, and no change of its files")
  func facts() throws {
    let difference = LockDifference(from: try Self.lock(), to: try Self.lock("2", ["x", "z"]))
    #expect(difference.amended.map(\.description) == ["lab/two/c/1mm"])
    #expect(difference.changed.isEmpty && difference.hasNews)
    let change = try #require(difference.items.first)
    #expect(change.older?.facts?.title == "y")
    #expect(change.newer?.facts?.title == "z")
    #expect(change.references == [])
    #expect(difference.metadata == nil)
  }

  @Test("is each map that cites a paper which is described otherwise, with both")
  func papers() throws {
    let difference = LockDifference(from: try Self.lock(), to: try Self.lock("2", paper: "Blots"))
    #expect(difference.amended.map(\.description) == ["lab/one/c/1mm", "lab/two/c/1mm"])
    #expect(difference.items.map { $0.references.map(\.key) } == [["doe2020"], ["doe2020"]])
    #expect(difference.items.first?.references.first?.older.title == "Blobs")
    #expect(difference.items.first?.references.first?.newer.title == "Blots")
  }

  @Test("is said once where one of the locks knows nothing, and not with every map and catalog")
  func turned() throws {
    let (knows, not) = (try Self.lock(), try Self.lock(isKnown: false))
    for (older, newer, change) in [(not, knows, LockChange.added), (knows, not, .removed)] {
      let difference = LockDifference(from: older, to: newer)
      #expect(difference.metadata == change)
      #expect(difference.items.isEmpty && difference.catalogs.isEmpty && difference.hasNews)
    }
    #expect(LockDifference(from: nil, to: knows).metadata == nil)
    #expect(LockDifference(from: knows, to: nil).metadata == nil)
    #expect(!LockDifference(from: knows, to: knows).hasNews)
    var later = knows
    later.metadata = 2
    #expect(LockDifference(from: knows, to: later).metadata == .changed)
    let moved = try Self.lock("2")
    #expect(LockDifference(from: not, to: moved).catalogs.map(\.name) == ["lab"])
  }

  @Test("is a catalog that is described otherwise, also in the same state")
  func catalogs() throws {
    let lock = try Self.lock(caution: "Mind")
    var edited = lock
    edited.catalogs = [
      LockedCatalog(name: "lab", revision: "1", sha256: lock.catalogs[0].sha256, title: "The maps of lab", cite: [])
    ]
    #expect(LockDifference(from: lock, to: edited).catalogs.map(\.newer.caution) == [nil])
    #expect(LockDifference(from: lock, to: lock).catalogs.isEmpty)
  }
}
