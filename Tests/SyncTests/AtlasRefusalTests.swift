import Archives
import Dataset
import Diagnostics
import Effects
import Project
import Store
import Sync
import SystemPackage
import Tarballs
import TestWorld
import Testing

@Suite("Archives that cannot be unpacked")
struct AtlasRefusalTests {
  private static let atlas = MadeAtlas("fsLR/32k")
  private let map = MadeFile("lab/alpha/fsLR/32k", .left, size: 300)

  /// An archive with the locked checksum that is no good all the same.
  struct Hostile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let atlas: MadeAtlas
    let cause: String

    init(_ name: String, _ cause: String, _ entries: [TarEntry]) {
      (testDescription, atlas, self.cause) = (name, AtlasRefusalTests.atlas.packed(entries), cause)
    }

    init(_ name: String, _ cause: String, as bytes: [UInt8]) {
      (testDescription, atlas, self.cause) = (name, AtlasRefusalTests.atlas.packed(as: bytes), cause)
    }

    /// The honest archive with another first file.
    init(_ name: String, _ cause: String, first: [TarEntry]) {
      self.init(name, cause, first + AtlasRefusalTests.atlas.members.dropFirst().map(\.entry))
    }

    /// The honest archive with another last file, so that the others have been unpacked before.
    init(_ name: String, _ cause: String, last: [TarEntry]) {
      self.init(name, cause, AtlasRefusalTests.atlas.members.dropLast().map(\.entry) + last)
    }
  }

  private static let left = "atlases/fsLR/left"
  private static let whole = Tarball.tarGz(atlas.entries)
  private static let damaged = whole.prefix(900) + [0xff, 0xff, 0xff, 0xff] + whole.dropFirst(904)

  static let hostile: [Hostile] = [
    Hostile("climbs", "lacks `left`", first: [.file("../../evil", "evil")]),
    Hostile("absolute", "lacks `left`", first: [.file("/etc/cron.d/evil", "evil")]),
    Hostile("symlink", "is a link", first: [.symbolicLink(left, to: "/etc/passwd")]),
    Hostile("symlink at last", "is a link", last: [.symbolicLink("sphere", to: "left")]),
    Hostile("symlink before", "is a link", [.symbolicLink(left, to: "/bench/evil")] + atlas.entries),
    Hostile("symlink after", "is a link", atlas.entries + [.symbolicLink(left, to: "/bench/evil")]),
    Hostile("hard link", "is a link", last: [.hardLink("atlases/fsLR/sphere", to: left)]),
    Hostile("hard link with bytes", "is a link", last: [TarEntry("sphere", .hardLink(to: left), content: [1, 2])]),
    Hostile("folder", "is a folder", first: [.folder(left), .file("\(left)/below", "below")]),
    Hostile("folder's name", "lacks `left`", first: [.folder("\(left)/")]),
    Hostile("device", "is a special", last: [TarEntry("./sphere", .characterDevice)]),
    Hostile("pipe", "is a special", last: [TarEntry("fsLR/sphere", .fifo)]),
    Hostile("twice", "twice", atlas.entries + [atlas.members[0].entry]),
    Hostile("twice by two names", "twice", atlas.entries + [.file("./left", "evil")]),
    Hostile("lacking", "lacks `left`", first: []),
    Hostile("lacking all", "lacks `left`, `right`, `sphere`", []),
    Hostile("empty", "", as: []),
    Hostile("no archive", "", as: Array("<html>sign in</html>".utf8)),
    Hostile("gzip of a text", "", as: Tarball.gzip(Array("a text".utf8))),
    Hostile("cut", "", as: Array(whole.dropLast(900))),
    Hostile("damaged", "", as: Array(damaged)),
    Hostile("sized wrong", "", last: [atlas.members[2].entry.declaring(size: 1 << 20)]),
    Hostile("sized huge", "far more than", last: [atlas.members[2].entry.declaring(size: 1 << 40)]),
    Hostile("sized below zero", "", last: [atlas.members[2].entry.declaring(size: -1)]),
    Hostile("bomb", "far more than", as: Tarball.bomb(name: "atlases/fsLR/left", size: 1 << 30)),
    Hostile("bomb aside", "far more than", as: Tarball.bomb(name: "zeros", size: 1 << 30)),
    Hostile("crowd", "more than 10000 members", (0..<10_001).map { .file("\($0)", "") }),
  ]

  @Test(
    "an archive with the locked checksum that is no good brings nothing, and no other file to harm", arguments: hostile)
  func refused(_ hostile: Hostile) async throws {
    let scene = try AtlasScene(.osf([hostile.atlas], [map]))
    let lock = MadeAtlas.lock([hostile.atlas], [map])
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.fates == [.downloaded, .failed, .failed, .failed])
    #expect(performance.codes == [nil, .archiveUnusable, .archiveUnusable, .archiveUnusable])
    // One archive, one trouble.
    #expect(Set(performance.outcomes.dropFirst().map(\.diagnostic)).count == 1)
    let cause = performance.outcomes.last?.diagnostic?.causes.first ?? ""
    #expect(!cause.isEmpty)
    #expect(cause.contains(hostile.cause))
    #expect(performance.archives.isEmpty)
    #expect(performance.outcomes.allSatisfy { $0.isInPlace == ($0.checksums != nil) })
    #expect(try scene.data() == [map.path.text: map.bytes])
    #expect(try scene.bench.drafts(scene.bench.root) == [])
    let written = scene.bench.disk.everything().keys.filter {
      !$0.hasPrefix("/bench/data/") && !$0.hasPrefix("/bench/cache/")
    }
    #expect(written == [])
    // Each object has its own name, and nobody believes to know what the archive holds.
    let honest = Set(
      ([hostile.atlas.checksums, map.checksums] + Self.atlas.members.map(\.checksums)).compactMap(\.sha256?.hex))
    #expect(try scene.objects().isSubset(of: honest))
    #expect(try scene.place.store.listing(of: hostile.atlas.checksums) == nil)
    #expect(try scene.synchronizer.completed(lock) == lock)
    // Again: the archive is there, and no better.
    scene.forget()
    #expect(try await scene.place.sync(lock, SyncPolicy()).fates == [.unchanged, .failed, .failed, .failed])
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("what was in the data directory stays when an archive is no good", arguments: [true, false])
  func staysThere(repairing: Bool) async throws {
    let atlas = Self.atlas.packed([.symbolicLink(Self.left, to: "/etc/passwd")])
    let scene = try AtlasScene(.osf([atlas]))
    try scene.bench.put([1, 2, 3], at: scene.path(atlas.members[0].path))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), repairing ? .repairing : SyncPolicy())
    #expect(performance.fates == [.failed, .failed, .failed])
    #expect(try scene.data() == [Self.left: [1, 2, 3]])
  }

  @Test("an archive with other bytes is never unpacked", arguments: MadeFile.Knowledge.allCases)
  func wrongBytes(_ knowledge: MadeFile.Knowledge) async throws {
    let right = Self.atlas
    var bytes = right.packed
    bytes[bytes.count / 2] ^= 1
    let scene = try AtlasScene(.osf([right.packed(as: bytes)], [map]))
    let performance = try await scene.place.sync(MadeAtlas.lock([right], [map], knowledge), SyncPolicy())
    #expect(performance.codes == [nil, .wrongBytes, .wrongBytes, .wrongBytes])
    #expect(try scene.data() == [map.path.text: map.bytes])
    #expect(try scene.objects() == [map.checksums.sha256?.hex ?? ""])
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }

  @Test("an archive that cannot be had fails its files alike, and no others")
  func notServed() async throws {
    let scene = try AtlasScene(.osf([], [map]))
    let performance = try await scene.place.sync(MadeAtlas.lock([Self.atlas], [map]), SyncPolicy())
    #expect(performance.codes == [nil, .serverRefused, .serverRefused, .serverRefused])
    #expect(Set(performance.outcomes.dropFirst().map(\.diagnostic)).count == 1)
    #expect(performance.outcomes.last?.diagnostic?.message.contains(Self.atlas.archive) == true)
  }

  // MARK: The disk

  @Test("a disk that cannot read the archive is not the archive's fault", arguments: [1, 2])
  func unreadable(_ turn: Int) async throws {
    let first = try AtlasScene(.osf([Self.atlas]))
    _ = try await first.place.sync(MadeAtlas.lock([Self.atlas]), SyncPolicy())
    try first.forgetListings()
    let scene = first.moved(to: "other")
    let archive = try #require(try scene.place.store.object(Self.atlas.checksums))
    // First its bytes are hashed, then it is unpacked.
    scene.files.fail(.scan, on: archive.path.string, turn: turn, with: .ioError)
    let performance = try await scene.place.sync(MadeAtlas.lock([Self.atlas]), SyncPolicy())
    #expect(performance.codes == [.fileFailed, .fileFailed, .fileFailed])
    #expect(try scene.data() == [:])
    #expect(try scene.bench.drafts(scene.bench.root) == [])
    scene.files.failNoMore()
    #expect(try await scene.place.sync(MadeAtlas.lock([Self.atlas]), SyncPolicy()).fates.allSatisfy { $0 == .reused })
  }

  @Test("a full disk is told of as such, whatever was to be written", arguments: 1...12)
  func full(_ turn: Int) async throws {
    for call in [FileCall.append, .publish, .createDraft] {
      let scene = try AtlasScene(.osf([Self.atlas]))
      scene.files.fail(call, turn: turn, with: .noSpace, lasting: true)
      let lock = MadeAtlas.lock([Self.atlas])
      let performance = try await scene.place.sync(lock, SyncPolicy())
      for outcome in performance.outcomes where outcome.fate != .downloaded {
        #expect(outcome.diagnostic?.code == .diskFull, "\(call) \(turn)")
      }
      let right = Dictionary(uniqueKeysWithValues: Self.atlas.members.map { ($0.path.text, $0.bytes) })
      #expect(try scene.data().allSatisfy { right[$0.key] == $0.value }, "\(call) \(turn)")
      #expect(try scene.bench.drafts(scene.bench.root) == [])
      scene.files.failNoMore()
      let good: Set<SyncOutcome.Fate> = [.downloaded, .reused, .unchanged]
      #expect(try await scene.place.sync(lock, SyncPolicy()).fates.allSatisfy(good.contains), "\(call) \(turn)")
      #expect(try scene.data() == right)
    }
  }

  // MARK: What a person reads

  @Test(
    "every trouble of an archive has its reason",
    arguments: [
      (.archive(.broken("words")), "words"), (.archive(.interrupted), "interrupted"),
      (.archive(.tooManyMembers(limit: 7)), "7"), (.archive(.tooLarge(limit: 8)), "8"),
      (.archive(.sparse("x")), "`x` has holes"), (.notAFile("x", .link), "`x` is a link"),
      (.repeated("x"), "`x` twice"), (.lacking(["a", "b", "c", "d", "e"]), "`a`, `b`, `c` and 2 more"),
    ] as [(UnpackFailure, String)])
  func reasons(_ failure: UnpackFailure, _ words: String) {
    let diagnostic = failure.diagnostic(for: Self.atlas.locked())
    #expect(diagnostic.code == .archiveUnusable)
    #expect(diagnostic.message.contains(Self.atlas.archive))
    #expect(diagnostic.causes.first?.contains(words) == true)
  }
}
