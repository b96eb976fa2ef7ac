import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Which revision of its catalog a pin is from")
struct LockRevisionTests {
  private static let manifest = "version: 1\nannotations: [\"*/*/*/*\"]\natlases: [all]\n"

  /// Three maps and an atlas, a letter each.
  private static func lab(_ revision: String, _ letters: String) throws -> LoadedCatalog {
    let letters = letters.map { String($0) }
    let names = ["a/one/c/1mm", "a/three/c/1mm", "a/two/c/1mm"]
    return try Desk.catalog(
      "lab", revision: revision, maps: zip(names, letters).map { Desk.map($0, $1) },
      rest: "atlases:\n  - \(Desk.atlas("mine/1k", letters[3], ["m.gii"]))\n")
  }

  private static func lock(
    _ catalog: LoadedCatalog, _ previous: Lockfile?, upgrading names: Set<String> = []
  ) throws -> Lockfile {
    let lock = try Desk.resolve(
      manifest, catalogs: [catalog], previous: previous, upgrading: { names.contains($0.description) }
    ).lock
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
    return lock
  }

  private static func hasNumber(_ lock: Lockfile) -> Bool { Desk.print(lock).contains("\nrevision: 2\n") }

  @Test("stands beside none as long as nothing moves")
  func nothingMoves() throws {
    let first = try Self.lock(try Self.lab("1", "aaaa"), nil)
    #expect(first.pins == ["a/one/c/1mm a -", "a/three/c/1mm a -", "a/two/c/1mm a -", "mine/1k a -"])
    #expect(!Self.hasNumber(first))
    let later = try Self.lock(try Self.lab("2", "bbbb"), first)
    #expect(LockWriter.bytes(later) == LockWriter.bytes(first))
  }

  @Test("stands beside each that stays when another moves, be it a map or an atlas")
  func anotherMoves() throws {
    let first = try Self.lock(try Self.lab("1", "aaaa"), nil)
    let map = try Self.lock(try Self.lab("2", "bbab"), first, upgrading: ["a/one/c/1mm"])
    #expect(map.pins == ["a/one/c/1mm b -", "a/three/c/1mm a 1", "a/two/c/1mm a -", "mine/1k a 1"])
    #expect(map.recorded == ["lab 2"])
    #expect(Self.hasNumber(map))
    let atlas = try Self.lock(try Self.lab("2", "bbab"), first, upgrading: ["mine/1k"])
    #expect(atlas.pins == ["a/one/c/1mm a 1", "a/three/c/1mm a 1", "a/two/c/1mm a -", "mine/1k b -"])
    #expect(atlas.recorded == ["lab 2"])
  }

  @Test("is the one that the pin came from, however many came after")
  func severalRevisions() throws {
    let first = try Self.lock(try Self.lab("1", "aaaa"), nil)
    let second = try Self.lock(try Self.lab("2", "bbbb"), first, upgrading: ["a/one/c/1mm", "a/three/c/1mm"])
    let third = try Self.lock(try Self.lab("3", "cccc"), second, upgrading: ["a/three/c/1mm"])
    #expect(third.pins == ["a/one/c/1mm b 2", "a/three/c/1mm c -", "a/two/c/1mm a 1", "mine/1k a 1"])
    #expect(third.recorded == ["lab 3"])
  }

  @Test("goes when the catalog says the same again, but only with something that moves")
  func saysTheSameAgain() throws {
    let first = try Self.lock(try Self.lab("1", "aaaa"), nil)
    let second = try Self.lock(try Self.lab("2", "bbbb"), first, upgrading: ["a/one/c/1mm"])
    let back = try Self.lab("3", "baac")
    let third = try Self.lock(back, second)
    #expect(LockWriter.bytes(third) == LockWriter.bytes(second))
    let fourth = try Self.lock(back, third, upgrading: ["a/one/c/1mm"])
    #expect(fourth.pins == ["a/one/c/1mm b -", "a/three/c/1mm a -", "a/two/c/1mm a -", "mine/1k a 1"])
    #expect(fourth.recorded == ["lab 3"])
    let fifth = try Self.lock(back, fourth, upgrading: ["mine/1k"])
    #expect(!Self.hasNumber(fifth))
    let fresh = try Self.lock(back, nil)
    #expect(fifth == fresh)
  }

  // MARK: What else may differ

  private static func one(_ facts: String..., letter: String = "a") -> String {
    "{\((["map: a/one/c/1mm"] + facts).joined(separator: ", ")), "
      + "files: [{url: \(letter), md5: \(digest(letter, 32))}]}"
  }

  private static func pair(_ revision: String, _ one: String, _ two: String) throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: revision, maps: [one, Desk.map("a/two/c/1mm", two)])
  }

  /// The lock of the newer catalog, in which the second map has moved.
  private static func moved(_ older: String, _ newer: String) throws -> Lockfile {
    let text = "version: 1\nannotations: [a/one/c/1mm, a/two/c/1mm]\n"
    let first = try Desk.resolve(text, catalogs: [try pair("1", older, "a")]).lock
    return try Desk.resolve(
      text, catalogs: [try pair("2", newer, "b")], previous: first,
      upgrading: { $0.description == "a/two/c/1mm" }
    ).lock
  }

  @Test("stands beside a map whose license or restriction alone the catalog has otherwise: both stay as they were")
  func facts() throws {
    let license = try Self.moved(Self.one("license: CC0"), Self.one("license: MIT"))
    #expect(license.pins == ["a/one/c/1mm a 1", "a/two/c/1mm b -"])
    #expect(license.maps.map(\.license) == ["CC0", nil])
    let restricted = try Self.moved(Self.one(), Self.one("restricted: true"))
    #expect(restricted.pins == ["a/one/c/1mm a 1", "a/two/c/1mm b -"])
    #expect(restricted.maps.map(\.isRestricted) == [false, false])
    let title = try Self.moved(Self.one("title: x"), Self.one("title: y", "tags: [z]"))
    #expect(title.pins == ["a/one/c/1mm a -", "a/two/c/1mm b -"])
  }

  @Test("is the present one where the same bytes have another place now")
  func origins() throws {
    func lab(_ revision: String, _ url: String, _ letter: String) throws -> LoadedCatalog {
      try Self.pair(
        revision, "{map: a/one/c/1mm, files: [{url: \"\(url)\", md5: \(digest("a", 32))}]}", letter)
    }
    let text = "version: 1\nannotations: [\"*/*/*/*\"]\n"
    let first = try Desk.resolve(text, catalogs: [try lab("1", "here", "a")]).lock
    let later = try Desk.resolve(text, catalogs: [try lab("2", "https://h/there", "b")], previous: first).lock
    #expect(later.files.map(\.origin) == [.url("https://h/there"), .relative("a")])
    #expect(later.pins == ["a/one/c/1mm a -", "a/two/c/1mm a 1"])
    #expect(later.recorded == ["lab 2"])
  }

  @Test("is the present one where the catalog knows more of the same bytes now: that is taken over")
  func learned() throws {
    func one(_ rest: String) -> String {
      "{map: a/one/c/1mm, files: [{url: a, md5: \(digest("a", 32))\(rest)}]}"
    }
    let text = "version: 1\nannotations: [\"*/*/*/*\"]\n"
    let first = try Desk.resolve(text, catalogs: [try Self.pair("1", one(""), "a")]).lock
    let newer = try Self.pair("2", one(", size: 7, sha256: \(digest("c", 64))"), "b")
    let later = try Desk.resolve(text, catalogs: [newer], previous: first).lock
    #expect(later.files.map(\.checksums?.sha256?.hex) == [digest("c", 64), nil])
    #expect(later.files.map(\.checksums?.size) == [7, nil])
    #expect(later.pins == ["a/one/c/1mm a -", "a/two/c/1mm a 1"])
    let again = try Desk.resolve(text, catalogs: [try Self.pair("3", one(""), "c")], previous: later).lock
    #expect(LockWriter.bytes(again) == LockWriter.bytes(later))
  }

  @Test("stands beside a map of which one half is from before")
  func halves() throws {
    func lab(_ revision: String, _ left: String, _ right: String) throws -> LoadedCatalog {
      try Desk.catalog("lab", revision: revision, maps: [Desk.surface("a/b/fsLR/32k", left: left, right: right)])
    }
    let half = try Desk.lock("{source: a, hemi: L}", catalogs: [try lab("1", "a", "b")])
    let other = try Desk.lock("a/b/fsLR/32k", catalogs: [try lab("2", "c", "d")], previous: half)
    #expect(other.pins == ["a/b/fsLR/32k ad 1"])
    #expect(other.recorded == ["lab 2"])
    let same = try Desk.lock("a/b/fsLR/32k", catalogs: [try lab("2", "a", "d")], previous: half)
    #expect(same.pins == ["a/b/fsLR/32k ad -"])
  }

  @Test("is told of each catalog for itself")
  func severalCatalogs() throws {
    func other(_ revision: String, _ letter: String) throws -> LoadedCatalog {
      try Desk.catalog("other", revision: revision, maps: [Desk.map("b/one/c/1mm", letter)])
    }
    let text = "version: 1\nannotations: [\"*/*/*/*\"]\n"
    let first = try Desk.resolve(
      text, catalogs: [try Self.pair("1", Self.one(), "a"), try other("7", "a")]
    ).lock
    let later = try Desk.resolve(
      text, catalogs: [try Self.pair("2", Self.one(letter: "b"), "b"), try other("8", "b")], previous: first,
      upgrading: { $0.description == "a/two/c/1mm" }
    ).lock
    #expect(later.pins == ["a/one/c/1mm a 1", "a/two/c/1mm b -", "b/one/c/1mm a -"])
    #expect(later.recorded == ["lab 2", "other 7"])
  }
}
