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

@Suite("Atlases from the store, and what pins them")
struct AtlasStoreTests {
  private let atlas = MadeAtlas("fsLR/32k")
  private var tree: [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: atlas.members.map { ($0.path.text, $0.bytes) })
  }

  /// A scene in which the atlas has been synced once.
  private func warm(_ knowledge: MadeFile.Knowledge = .md5) async throws -> AtlasScene {
    let scene = try AtlasScene(.osf([atlas]))
    _ = try await scene.place.sync(MadeAtlas.lock([atlas], [], knowledge), SyncPolicy())
    scene.forget()
    return scene
  }

  // MARK: Pins

  @Test("what is in neither data directory nor store comes out of the archive, and nothing else is written")
  func oneMissing() async throws {
    let scene = try await warm()
    try scene.remove([atlas.checksums, atlas.members[1].checksums])
    try scene.bench.files.remove(scene.path(atlas.members[1].path))
    let before = try scene.bench.files.status(scene.path(atlas.members[0].path))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas], [], isPinned: true), SyncPolicy())
    #expect(performance.fates == [.unchanged, .downloaded, .unchanged])
    #expect(performance.outcomes.map(\.received) == [0, Int64(atlas.packed.count), 0])
    #expect(scene.transport.requests.count == 2)
    #expect(try scene.data() == tree)
    let atlases = scene.place.data.appending("atlases")
    let placed = scene.files.records.filter { $0.call == .publish && $0.path.starts(with: atlases) }
    #expect(placed.map(\.path) == [scene.path(atlas.members[1].path)])
    #expect(try scene.bench.files.status(scene.path(atlas.members[0].path)) == before)
  }

  @Test("with pins and a store the archive is not even looked at")
  func warmStore() async throws {
    let scene = try await warm().moved(to: "other")
    let archive = try #require(try scene.place.store.object(atlas.checksums)).path
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas], [], isPinned: true), SyncPolicy())
    #expect(performance.fates == [.reused, .reused, .reused])
    #expect(!scene.files.records.contains { $0.path == archive && $0.call != .status })
    #expect(scene.transport.requests.isEmpty)
    #expect(try scene.data() == tree)
  }

  /// A lock whose first pin is of other bytes than the archive's.
  private var tampered: Lockfile {
    var lock = MadeAtlas.lock([atlas], [], isPinned: true)
    let other = MadeFile.checksums(of: Array("other".utf8))
    let file = lock.files[0]
    lock.files[0] = LockedFile(path: file.path, atlas: atlas.id, checksums: other)
    return lock
  }

  @Test("a pin that the archive contradicts brings nothing", arguments: [true, false])
  func otherPin(isWarm: Bool) async throws {
    let scene = isWarm ? try await warm().moved(to: "other") : try AtlasScene(.osf([atlas]))
    let performance = try await scene.place.sync(tampered, SyncPolicy())
    let fate = isWarm ? SyncOutcome.Fate.reused : .downloaded
    #expect(performance.fates == [.failed, fate, fate])
    #expect(performance.codes == [.wrongBytes, nil, nil])
    #expect(performance.outcomes[0].checksums == nil)
    #expect(performance.learned(tampered).files == tampered.files)
    #expect(try scene.data().keys.sorted() == Array(tree.keys.sorted().dropFirst()))
  }

  @Test("a file that is the archive's and not the pin's stays", arguments: [true, false])
  func otherPinThere(repairing: Bool) async throws {
    let scene = try await warm()
    let performance = try await scene.place.sync(tampered, repairing ? .repairing : SyncPolicy())
    #expect(performance.fates == [repairing ? .failed : .different, .unchanged, .unchanged])
    #expect(performance.codes[0] == (repairing ? .wrongBytes : .differs))
    #expect(try scene.data() == tree)
  }

  // MARK: Damage

  @Test("a damaged archive is thrown out and downloaded again", arguments: MadeFile.Knowledge.allCases, [true, false])
  func damagedArchive(_ knowledge: MadeFile.Knowledge, isShorter: Bool) async throws {
    let scene = try await warm(knowledge).moved(to: "other")
    let archive = try #require(try scene.place.store.object(atlas.checksums)).path
    try scene.remove(atlas.members.map(\.checksums))
    try scene.forgetListings()
    var bytes = atlas.packed
    if isShorter { bytes.removeLast(100) } else { bytes[bytes.count / 2] ^= 1 }
    try scene.bench.put(bytes, at: archive)
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas], [], knowledge), SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    #expect(scene.transport.requests.count == 2)
    #expect(try scene.data() == tree)
    #expect(try scene.bench.bytes(archive) == atlas.packed)
    #expect(try scene.objects().count == 4)
  }

  @Test("offline a damaged archive is no reason to ask anyone")
  func damagedOffline() async throws {
    var scene = try await warm().moved(to: "other")
    scene.place.isOffline = true
    let archive = try #require(try scene.place.store.object(atlas.checksums)).path
    try scene.forgetListings()
    try scene.bench.put([UInt8](repeating: 0, count: atlas.packed.count), at: archive)
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.codes == [.offline, .offline, .offline])
    #expect(try scene.data() == [:])
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("a damaged file in the store is never placed, and is right after the next sync", arguments: [true, false])
  func damagedMember(isPinned: Bool) async throws {
    let scene = try await warm().moved(to: "other")
    let object = try #require(try scene.place.store.object(atlas.members[1].checksums)).path
    try scene.bench.put(Array(atlas.members[1].bytes.reversed()), at: object)
    let lock = MadeAtlas.lock([atlas], [], isPinned: isPinned)
    let first = try await scene.place.sync(lock, SyncPolicy())
    #expect(first.fates == [.reused, .reused, .reused])
    #expect(try scene.bytes(atlas.members[1]) == nil || scene.bytes(atlas.members[1]) == atlas.members[1].bytes)
    let second = try await scene.place.sync(lock, SyncPolicy())
    #expect(second.outcomes.allSatisfy { $0.fate == .unchanged || $0.fate == .reused })
    #expect(try scene.data() == tree)
    #expect(scene.transport.requests.isEmpty)
  }

  private func listing(_ scene: AtlasScene) throws -> FilePath {
    let folder = scene.place.cache.pushing("v1/unpacked")
    return folder.pushing(FilePath(try #require(try scene.bench.tree(folder).keys.first)))
  }

  @Test("wherever a listing is wrong, it costs an unpacking, and nothing else")
  func damagedListing() async throws {
    let atlas = MadeAtlas("fsLR/32k", ["left"])
    let warm = try AtlasScene(.osf([atlas]))
    _ = try await warm.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    let path = try listing(warm)
    let right = try #require(try warm.bench.bytes(path))
    for index in stride(from: 0, to: right.count, by: 11) {
      let disk = FakeDisk(copying: warm.bench.disk)
      var scene = try AtlasScene(.osf([atlas]), disk)
      scene.place.data = scene.bench.at("other")
      var bytes = right
      bytes[index] ^= 1 << UInt8(index % 8)
      try disk.put(bytes, at: path)
      let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
      #expect(performance.fates == [.reused], "byte \(index)")
      #expect(performance.outcomes.map(\.checksums) == atlas.members.map(\.checksums), "byte \(index)")
      #expect(try scene.bytes(atlas.members[0]) == atlas.members[0].bytes, "byte \(index)")
      #expect(try disk.bytes(path) == right, "byte \(index)")
      #expect(scene.transport.requests.isEmpty)
    }
  }

  @Test("a listing that is cut, emptied, a folder or another's costs an unpacking, and nothing else")
  func otherListing() async throws {
    let scene = try await warm()
    let path = try listing(scene)
    let right = try #require(try scene.bench.bytes(path))
    let others = ArchiveListing(
      archive: MadeFile.checksums(of: [1]), members: [atlas.members[0].path: MadeFile.checksums(of: [2])])
    for (number, bytes) in [[], Array(right.dropLast()), Array(right.dropLast(80)), others.bytes].enumerated() {
      try scene.bench.put(bytes, at: path)
      let other = scene.moved(to: "other\(number)")
      #expect(try await other.place.sync(MadeAtlas.lock([atlas]), SyncPolicy()).fates == [.reused, .reused, .reused])
      #expect(try other.data() == tree)
      #expect(other.transport.requests.isEmpty)
    }
  }

  @Test("a listing without a file that is listed now costs an unpacking")
  func shortListing() async throws {
    var before = atlas
    before.members.removeLast()
    let first = try AtlasScene(.osf([atlas]))
    _ = try await first.place.sync(MadeAtlas.lock([before]), SyncPolicy())
    let scene = first.moved(to: "other")
    #expect(try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy()).fates == [.reused, .reused, .reused])
    #expect(try scene.data() == tree)
    #expect(scene.transport.requests.isEmpty)
  }
}
