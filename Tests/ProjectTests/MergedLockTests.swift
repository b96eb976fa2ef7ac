import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A lock with conflict markers of git")
struct MergedLockTests {
  private static let maps = ["one", "three", "two"].map { "a/\($0)/c/1mm" }

  private static func lab(_ revision: String, _ letter: String) throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: revision, maps: maps.map { Desk.map($0, letter) })
  }

  private static func text(_ names: [String]) -> String {
    "version: 1\nannotations: [\(names.joined(separator: ", "))]\n"
  }

  private static func lock(_ names: [String], _ catalog: LoadedCatalog, _ previous: Lockfile? = nil) throws -> Lockfile
  {
    try Desk.resolve(text(names), catalogs: [catalog], previous: previous).lock
  }

  private static func merged(_ text: String) throws(Findings) -> MergedLock? { try MergedLock(Desk.lockSource(text)) }

  private static func merged(_ ours: Lockfile, _ theirs: Lockfile) throws -> MergedLock {
    try #require(try merged(Merge.whole(Desk.print(ours), Desk.print(theirs))))
  }

  @Test("has the pins of both sides, whatever the style of the markers", arguments: Merge.styles)
  func union(style: Merge.Style) throws {
    let catalog = try Self.lab("1", "a")
    let base = try Self.lock([Self.maps[2]], catalog)
    let ours = try Self.lock([Self.maps[0], Self.maps[2]], catalog)
    let theirs = try Self.lock([Self.maps[1], Self.maps[2]], catalog)
    let text = Merge.text(Desk.print(ours), Desk.print(base), Desk.print(theirs), style)
    #expect(Desk.lockFindings(Array(text.utf8)).map(\.code) == [.lockConflictMarkers])
    let merged = try #require(try Self.merged(text))
    let whole = try Self.lock(Self.maps, catalog)
    #expect(merged.lock == whole)
    #expect(merged.diagnostic.code == .lockConflictMarkers)
    #expect(merged.diagnostic.severity == .warning)
    #expect(merged.diagnostic.location?.line.hasPrefix("<<<<<<< ") == true)
    #expect(merged.diagnostic.notes == [])
    // A newer catalog moves none of them.
    let resolved = try Self.lock(Self.maps, try Self.lab("2", "b"), merged.lock)
    #expect(resolved.pins == Self.maps.map { "\($0) a -" })
  }

  @Test("with ends of lines of Windows has them too")
  func windows() throws {
    let catalog = try Self.lab("1", "a")
    let (ours, theirs) = (try Self.lock([Self.maps[0]], catalog), try Self.lock([Self.maps[1]], catalog))
    let text = Merge.whole(Desk.print(ours), Desk.print(theirs))
    let merged = try #require(try Self.merged(text.split(separator: "\n").map { "\($0)\r\n" }.joined()))
    #expect(merged.lock.pins == Self.maps.prefix(2).map { "\($0) a -" })
  }

  @Test("of different bytes keeps those above, and says so")
  func rivals() throws {
    let (old, new) = (try Self.lab("1", "a"), try Self.lab("2", "b"))
    let merged = try Self.merged(try Self.lock(Self.maps, old), try Self.lock([Self.maps[0]], new))
    #expect(merged.lock.pins == Self.maps.map { "\($0) a 1" })
    #expect(
      merged.diagnostic.notes == [
        "the two sides pin `a/one/c/1mm` to different bytes; those above the `=======` stay"
      ])
    let other = try Self.merged(try Self.lock([Self.maps[0]], new), try Self.lock(Self.maps, old))
    #expect(other.lock.pins == ["a/one/c/1mm b 2", "a/three/c/1mm a 1", "a/two/c/1mm a 1"])
    #expect(other.diagnostic.notes == merged.diagnostic.notes)
  }

  @Test("leaves it to the resolver which revision a catalog is recorded with, and forgets none")
  func catalogs() throws {
    let (old, new) = (try Self.lab("1", "a"), try Self.lab("2", "b"))
    let merged = try Self.merged(try Self.lock([Self.maps[0]], old), try Self.lock([Self.maps[1]], new))
    #expect(merged.lock.recorded == [])
    #expect(merged.lock.pins == ["a/one/c/1mm a 1", "a/three/c/1mm b 2"])
    let names = Array(Self.maps.prefix(2))
    let present = try Self.lock(names, new, merged.lock)
    #expect(present.recorded == ["lab 2"])
    #expect(present.pins == ["a/one/c/1mm a 1", "a/three/c/1mm b -"])
    let past = try Self.lock(names, old, merged.lock)
    #expect(past.recorded == ["lab 1"])
    #expect(past.pins == ["a/one/c/1mm a -", "a/three/c/1mm b 2"])
    for lock in [present, past] { #expect(try Desk.readLock(Desk.print(lock)) == lock) }
  }

  @Test("has what either side has learned of the same bytes")
  func learned() throws {
    let plain = try Self.lock([Self.maps[0]], try Self.lab("1", "a"))
    let known = plain.completed(with: [plain.files[0].path: try #require(Desk.sums("a"))])
    #expect(try Self.merged(plain, known).lock == known)
    #expect(try Self.merged(known, plain).lock == known)
    #expect(try Self.merged(known, plain).diagnostic.notes == [])
  }

  // MARK: Atlases

  private static func atlases(_ revision: String, _ letter: String, _ members: [String]) throws -> Lockfile {
    try Desk.lock(
      atlases: "all",
      catalogs: [try Desk.catalog("lab", revision: revision, atlases: [Desk.atlas("mine/1k", letter, members)])])
  }

  @Test("has what either side has learned of the same archive")
  func sameArchive() throws {
    let plain = try Self.atlases("1", "a", ["m.gii", "n.gii"])
    #expect(try Self.merged(plain, plain.unpacked("d")).lock == plain.unpacked("d"))
    #expect(try Self.merged(plain.unpacked("d"), plain).lock == plain.unpacked("d"))
  }

  @Test("takes no member of another archive for one of its own")
  func otherArchive() throws {
    let ours = try Self.atlases("1", "a", ["m.gii", "n.gii"])
    let theirs = try Self.atlases("2", "b", ["m.gii", "o.gii"]).unpacked("d")
    let merged = try Self.merged(ours, theirs)
    #expect(merged.lock.pins == ["mine/1k a 1"])
    #expect(merged.lock.members == ["m.gii -", "n.gii -"])
    #expect(merged.diagnostic.notes.count == 1)
    #expect(merged.diagnostic.notes.allSatisfy { $0.contains("`mine/1k`") })
    let other = try Self.merged(theirs, ours)
    #expect(other.lock.pins == ["mine/1k b 2"])
    #expect(other.lock.members == ["m.gii d", "o.gii d"])
  }

  // MARK: What git's merge of lines loses

  @Test("may lack files of a map, or have a map twice; what is resolved from it is whole")
  func incomplete() throws {
    let lab = try Desk.catalog("lab", maps: [Desk.surface("a/s/fsLR/32k", left: "a", right: "b")])
    let lock = try Self.lock(["a/s/fsLR/32k"], lab)
    let text = Desk.print(lock)
    let start = try #require(text.firstRange(of: "- path: "))
    let left = try #require(text.firstRange(of: "  md5: \(digest("a", 32))\n"))
    let without = String(text[..<start.lowerBound]) + text[left.upperBound...]
    let map = try #require(text.firstRange(of: "- map: "))
    let files = try #require(text.firstRange(of: "files:\n- path"))
    let twice = String(text[..<files.lowerBound]) + text[map.lowerBound...]
    let empty = String(text[..<files.lowerBound]) + "files: []\n"
    for broken in [without, twice, empty] {
      #expect(!Desk.lockFindings(Array(broken.utf8)).isEmpty)
      for conflicted in [Merge.whole(broken, text), Merge.whole(text, broken), Merge.whole(broken, broken)] {
        let merged = try #require(try Self.merged(conflicted))
        #expect(try Self.lock(["a/s/fsLR/32k"], lab, merged.lock) == lock)
        #expect(Set(merged.lock.files.map(\.path)).count == merged.lock.files.count)
      }
    }
  }

  @Test("that is cut anywhere gives pins, or none, or a reason")
  func prefixes() throws {
    let catalog = try Self.lab("1", "a")
    let (ours, theirs) = (try Self.lock([Self.maps[0]], catalog), try Self.lock([Self.maps[1]], catalog))
    let bytes = Array(Merge.whole(Desk.print(ours), Desk.print(theirs)).utf8)
    for count in 0..<bytes.count {
      do throws(Findings) {
        guard let merged = try MergedLock(SourceText(name: "l", bytes: Array(bytes.prefix(count)))) else { continue }
        #expect(!LockWriter.bytes(merged.lock).isEmpty)
      } catch {
        #expect(!error.diagnostics.isEmpty)
      }
    }
  }

  // MARK: What cannot be merged

  @Test("is none without markers, with markers out of order, or with a side that is no YAML")
  func notMerged() throws {
    let text = Desk.print(try Self.lock([Self.maps[0]], try Self.lab("1", "a")))
    let noYAML = "version: 1\nmanifest: [\n"
    let cases = [
      text, text.replacing("maps:\n", with: "=======\nmaps:\n"),
      "<<<<<<< HEAD\n" + Merge.whole(text, text), Merge.whole(text, noYAML), Merge.whole(noYAML, text),
      Merge.whole(text, "- a\n"), Merge.whole("", text),
    ]
    for conflicted in cases {
      let isMerged = try Self.merged(conflicted) != nil
      #expect(!isMerged, "\(conflicted)")
    }
  }

  @Test("of which a side is of a later format is refused for that, whatever the other is")
  func future() throws {
    let text = Desk.print(try Self.lock([Self.maps[0]], try Self.lab("1", "a")))
    let later = [
      text.replacing("version: 1\n", with: "version: 2\n"),
      text.replacing("version: 1\n", with: "version: 1\nrevision: 4\n"),
    ]
    for side in later {
      for other in [text, "version: 1\nmanifest: [\n", side] {
        for conflicted in [Merge.whole(side, other), Merge.whole(other, side)] {
          #expect(Self.codes(conflicted) == [.lockVersion])
        }
      }
    }
  }

  private static func codes(_ text: String) -> [DiagnosticCode] {
    do throws(Findings) {
      _ = try merged(text)
      return []
    } catch {
      return error.diagnostics.map(\.code)
    }
  }
}
