import Catalog
import Dataset
import Diagnostics
import Project
import Testing

@Suite("A lock that is made again")
struct ResolverPinTests {
  private static func map(_ name: String, _ letter: String, license: String = "CC0") -> String {
    "{map: \(name), license: \(license), files: [{url: \(letter), md5: \(digest(letter, 32))}]}"
  }

  private static func catalog(_ revision: String, _ letter: String, license: String = "CC0") throws -> LoadedCatalog {
    try Desk.catalog(
      "lab", revision: revision,
      maps: [map("a/one/c/1mm", letter, license: license), map("a/two/c/1mm", letter, license: license)])
  }

  private static func letters(_ lock: Lockfile) -> [String] { lock.files.compactMap { $0.origin?.description } }

  @Test("keeps every pin that still answers, and the revision they came from")
  func kept() throws {
    let earlier = try Desk.lock("a/one/c/1mm", catalogs: [try Self.catalog("1", "a")])
    let newer = try Self.catalog("2", "b", license: "other")
    let later = try Desk.lock("a/one/c/1mm", catalogs: [newer], previous: earlier)
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
  }

  @Test("takes new maps from the new catalog, and records it")
  func added() throws {
    let earlier = try Desk.lock("a/one/c/1mm", catalogs: [try Self.catalog("1", "a")])
    let newer = try Self.catalog("2", "b", license: "other")
    let later = try Desk.lock("\"*/*/*/*\"", catalogs: [newer], previous: earlier)
    #expect(Self.letters(later) == ["a", "b"])
    #expect(later.maps.map(\.license) == ["CC0", "other"])
    #expect(later.catalogs.map(\.revision) == ["2"])
    #expect(later.catalogs.map(\.sha256) == [newer.catalog.digest])
    #expect(later.declarations == ["annotation */*/*/*"])
  }

  @Test("drops what is no longer asked for")
  func dropped() throws {
    let catalog = try Self.catalog("1", "a")
    let earlier = try Desk.lock("\"*/*/*/*\"", catalogs: [catalog])
    let later = try Desk.lock("a/two/c/1mm", catalogs: [catalog], previous: earlier)
    #expect(later.names == ["a/two/c/1mm"])
    #expect(later.files.count == 1)
  }

  @Test("takes new pins for the maps that are taken out of the earlier lock")
  func upgraded() throws {
    var earlier = try Desk.lock("\"*/*/*/*\"", catalogs: [try Self.catalog("1", "a")])
    let one = try #require(AnnotationID("a/one/c/1mm"))
    earlier.maps.removeAll { $0.id == one }
    earlier.files.removeAll { $0.item == .map(one) }
    let later = try Desk.lock("\"*/*/*/*\"", catalogs: [try Self.catalog("2", "b")], previous: earlier)
    #expect(Self.letters(later) == ["b", "a"])
  }

  @Test("keeps what was learned of the bytes")
  func learned() throws {
    let catalog = try Self.catalog("1", "a")
    let earlier = try Desk.lock("a/one/c/1mm", catalogs: [catalog])
    let sums = try #require(
      Checksums(size: 7, md5: MD5Digest(digest("a", 32)), sha256: SHA256Digest(digest("c", 64))))
    let completed = earlier.completed(with: [earlier.files[0].path: sums])
    #expect(completed.files.map(\.checksums) == [sums])
    let later = try Desk.lock("a/one/c/1mm", catalogs: [catalog], previous: completed)
    #expect(later == completed)
  }

  @Test("takes a pin from another catalog when the earlier one is gone")
  func moved() throws {
    let earlier = try Desk.lock("a/one/c/1mm", catalogs: [try Self.catalog("1", "a")])
    let other = try Desk.catalog("other", maps: [Self.map("a/one/c/1mm", "b")])
    let later = try Desk.lock("a/one/c/1mm", catalogs: [other], previous: earlier)
    #expect(Self.letters(later) == ["b"])
    #expect(later.maps.map(\.catalog) == ["other"])
  }

  @Test("pins the other half anew when only one was locked")
  func half() throws {
    func catalog(_ revision: String, _ letters: [String]) throws -> LoadedCatalog {
      let files = zip(["L", "R"], letters).map { "{hemi: \($0), url: \($1), md5: \(digest($1, 32))}" }
      return try Desk.catalog(
        "lab", revision: revision, maps: ["{map: a/b/fsLR/32k, files: [\(files.joined(separator: ", "))]}"])
    }
    let earlier = try Desk.lock("{source: a, hemi: L}", catalogs: [try catalog("1", ["a", "b"])])
    let later = try Desk.lock("a/b/fsLR/32k", catalogs: [try catalog("2", ["c", "d"])], previous: earlier)
    #expect(Self.letters(later) == ["a", "d"])
    #expect(later.catalogs.map(\.revision) == ["2"])
  }
}
