import Catalog
import Dataset
import Project
import Testing

@Suite("What is told of each map and atlas that two locks do not have alike")
struct LockItemChangeTests {
  private static func map(_ name: String, _ letter: String, size: Int = 7, license: String = "CC0") -> String {
    "{map: \(name), license: \(license), "
      + "files: [{url: \(letter), md5: \(digest(letter, 32)), sha256: \(digest(letter, 64)), size: \(size)}]}"
  }

  private static func lock(_ maps: String..., revision: String = "1") throws -> Lockfile {
    try Desk.lock("\"*/*/*/*\"", catalogs: [try Desk.catalog("lab", revision: revision, maps: maps)])
  }

  /// The same map with something else said of it.
  private static func amended(
    _ map: LockedMap, catalog: String? = nil, revision: String? = nil, groups: [String] = [],
    license: String? = "CC0", isRestricted: Bool = false
  ) -> LockedMap {
    LockedMap(
      id: map.id, catalog: catalog ?? map.catalog, revision: revision, groups: groups, license: license,
      isRestricted: isRestricted)
  }

  private static func surface(_ left: String, _ right: String?) -> String {
    let sides: [(String, String?)] = [("L", left), ("R", right)]
    let files = sides.compactMap { hemi, letter in
      letter.map { "{hemi: \(hemi), url: \($0), md5: \(digest($0, 32))}" }
    }
    return "{map: a/s/fsLR/32k, files: [\(files.joined(separator: ", "))]}"
  }

  @Test("what came or went is told with all that its lock says")
  func whole() throws {
    let one = try Self.lock(Self.map("a/one/c/1mm", "a"))
    let two = try Self.lock(Self.map("a/two/c/1mm", "b", size: 9))
    let difference = LockDifference(from: one, to: two)
    #expect(difference.items.map(\.kind) == [.removed, .added])
    #expect(difference.only(.added) == Array(difference.items.suffix(1)))
    let added = try #require(difference.only(.added).first)
    #expect(added.older == nil)
    #expect(added.newer?.catalog == "lab")
    #expect(added.newer?.revision == "1")
    #expect(added.newer?.license == "CC0")
    #expect(added.newer?.fileCount == 1)
    #expect(added.newer?.size == 9)
    #expect(added.files.map(\.kind) == [.added])
    #expect(added.files.first?.newer?.checksums?.size == 9)
    #expect(added.files.first?.path == two.files.first?.path.text)
    let removed = try #require(difference.only(.removed).first)
    #expect(removed.newer == nil)
    #expect(removed.older?.size == 7)
    #expect(removed.files.map(\.kind) == [.removed])
  }

  @Test("without a newer lock everything is removed, and without any there is nothing to tell")
  func nothing() throws {
    let lock = try Self.lock(Self.map("a/one/c/1mm", "a"))
    #expect(LockDifference(from: lock, to: nil).removed == lock.maps.map { DatasetItem.map($0.id) })
    #expect(!LockDifference(from: nil, to: nil).hasNews)
  }

  @Test("of a changed map only the files that changed are told, with what they were and are")
  func changed() throws {
    let difference = LockDifference(
      from: try Self.lock(Self.surface("a", "b")), to: try Self.lock(Self.surface("a", "c")))
    #expect(difference.changed.map(\.description) == ["a/s/fsLR/32k"])
    let change = try #require(difference.items.first)
    #expect(change.newer?.fileCount == 2)
    #expect(change.newer?.size == nil)
    let file = try #require(change.files.first)
    #expect(change.files.count == 1)
    #expect(file.kind == .changed)
    #expect(file.path.contains("hemi-R"))
    #expect(file.older?.origin == .relative("b"))
    #expect(file.newer?.checksums?.md5?.hex == digest("c", 32))
  }

  @Test("a file that came to a map or went from it is a change of the map")
  func otherFiles() throws {
    let (half, whole) = (try Self.lock(Self.surface("a", nil)), try Self.lock(Self.surface("a", "b")))
    let come = LockDifference(from: half, to: whole)
    #expect(come.changed.count == 1)
    #expect(come.items.first?.files.map(\.kind) == [.added])
    #expect(LockDifference(from: whole, to: half).items.first?.files.map(\.kind) == [.removed])
  }

  @Test("an atlas is told with its archive first, which is its size")
  func atlas() throws {
    func lock(_ letter: String, _ archive: String) throws -> Lockfile {
      let lab = try Desk.catalog("lab", atlases: [Desk.atlas("b/1k", letter, ["b.gii"], archive: archive)])
      return try Desk.lock(atlases: "all", catalogs: [lab]).unpacked(letter)
    }
    let other = LockDifference(from: try lock("c", "a.tgz"), to: try lock("d", "a.tgz"))
    #expect(other.items.first?.files.map(\.path) == ["a.tgz", "atlases/b/b.gii"])
    #expect(other.items.first?.files.map(\.isArchive) == [true, false])
    #expect(other.items.first?.newer?.size == 7)
    let renamed = LockDifference(from: try lock("c", "b.tgz"), to: try lock("c", "a.tgz"))
    #expect(renamed.items.first?.files.map(\.path) == ["a.tgz", "b.tgz"])
    #expect(renamed.items.first?.files.map(\.kind) == [.added, .removed])
    #expect(renamed.items.first?.files.allSatisfy { $0.isArchive } == true)
  }

  @Test("another license, group, catalog or restriction is told, and is no change of the files")
  func amended() throws {
    let base = try Self.lock(Self.map("a/one/c/1mm", "a"), Self.map("a/two/c/1mm", "b"))
    let map = base.maps[1]
    for other in [
      Self.amended(map, license: nil), Self.amended(map, license: "CC BY 4.0"), Self.amended(map, groups: ["figures"]),
      Self.amended(map, isRestricted: true), Self.amended(map, catalog: "other"),
    ] {
      var lock = base
      lock.maps[1] = other
      let difference = LockDifference(from: base, to: lock)
      #expect(difference.amended == [.map(map.id)])
      #expect(difference.changed.isEmpty)
      #expect(difference.isEmpty)
      #expect(difference.hasNews)
      #expect(difference.items.first?.files.isEmpty == true)
    }
    #expect(!LockDifference(from: base, to: base).hasNews)
  }

  @Test("a catalog that moved is told once, and not with each of its maps")
  func catalogs() throws {
    let (one, two) = (Self.map("a/one/c/1mm", "a"), Self.map("a/two/c/1mm", "b"))
    let (older, newer) = (try Self.lock(one, two), try Self.lock(one, two, revision: "2"))
    let difference = LockDifference(from: older, to: newer)
    #expect(difference.items.isEmpty)
    #expect(difference.isEmpty)
    #expect(difference.hasNews)
    #expect(difference.catalogs.map(\.name) == ["lab"])
    #expect(difference.catalogs.map(\.older.revision) == ["1"])
    #expect(difference.catalogs.map(\.newer.revision) == ["2"])
    #expect(LockDifference(from: older, to: older).catalogs.isEmpty)
    #expect(LockDifference(from: nil, to: newer).catalogs.isEmpty)
  }

  @Test("a map that stays at the revision of before is not told; one that leaves it is")
  func ownRevisions() throws {
    let (one, two) = (Self.map("a/one/c/1mm", "a"), Self.map("a/two/c/1mm", "b"))
    let (older, newer) = (try Self.lock(one, two), try Self.lock(one, two, revision: "2"))
    var mixed = newer
    mixed.maps[0] = Self.amended(newer.maps[0], revision: "1")
    #expect(LockDifference(from: older, to: mixed).items.isEmpty)
    let later = LockDifference(from: mixed, to: newer)
    #expect(later.amended == [.map(newer.maps[0].id)])
    #expect(later.items.first?.older?.revision == "1")
    #expect(later.items.first?.newer?.revision == "2")
  }

  @Test("sizes that add up to more than there are numbers are as good as unknown")
  func hugeSizes() throws {
    let file = "md5: \(digest("a", 32)), size: \(Int64.max)"
    let lock = try Self.lock("{map: a/s/fsLR/32k, files: [{hemi: L, url: l, \(file)}, {hemi: R, url: r, \(file)}]}")
    let added = LockDifference(from: nil, to: lock).items.first?.newer
    #expect(added?.fileCount == 2)
    #expect(added?.size == nil)
  }
}
