import Dataset
import Project
import Testing

@Suite("A map that two catalogs hold")
struct ResolverCatalogTests {
  private static func map(_ files: String...) -> String {
    "{map: a/b/fsLR/32k, files: [\(files.joined(separator: ", "))]}"
  }

  private static func file(_ hemi: String, _ letter: String, _ url: String) -> String {
    "{hemi: \(hemi), url: \(url), md5: \(digest(letter, 32))}"
  }

  private static func pair() throws -> [LoadedCatalog] {
    [
      try Desk.catalog("first", maps: [map(file("L", "a", "first/l"), file("R", "b", "first/r"))]),
      try Desk.catalog("second", maps: [map(file("L", "a", "second/l"), file("R", "b", "second/r"))]),
    ]
  }

  @Test("is taken from the first by name, when the bytes are the same")
  func same() throws {
    for catalogs in [try Self.pair(), try Self.pair().reversed()] {
      let lock = try Desk.lock("a/b/fsLR/32k", catalogs: catalogs)
      #expect(lock.catalogs.map(\.name) == ["first"])
      #expect(lock.files.map(\.origin) == [.relative("first/l"), .relative("first/r")])
    }
  }

  @Test("is no conflict when one entry wants one half of the other catalog's", arguments: ["first", "second"])
  func half(name: String) throws {
    let other = name == "first" ? "second" : "first"
    let lock = try Desk.lock("{catalog: \(name), hemi: L}", "{catalog: \(other)}", catalogs: Self.pair())
    #expect(lock.files.map(\.checksums?.md5?.hex) == [digest("a", 32), digest("b", 32)])
  }

  @Test("is no conflict when each entry wants another half")
  func halves() throws {
    let lock = try Desk.lock("{catalog: first, hemi: L}", "{catalog: second, hemi: R}", catalogs: Self.pair())
    #expect(lock.files.map(\.checksums?.md5?.hex) == [digest("a", 32), digest("b", 32)])
  }

  @Test("keeps the catalog it was locked from when another gains it")
  func pinned() throws {
    let (first, second) = (try Self.pair()[0], try Self.pair()[1])
    let earlier = try Desk.lock("a/b/fsLR/32k", catalogs: [second])
    let later = try Desk.lock("a/b/fsLR/32k", catalogs: [first, second], previous: earlier)
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
  }
}
