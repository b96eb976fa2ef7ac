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

@Suite("Atlases where there is a choice")
struct AtlasPolicyTests {
  private let atlas = MadeAtlas("fsLR/32k")
  private var tree: [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: atlas.members.map { ($0.path.text, $0.bytes) })
  }

  /// A scene in which the atlas is in place as the toolbox leaves it: files, and nothing else.
  private func there(without missing: Int? = nil, editing edited: Int? = nil) throws -> AtlasScene {
    let scene = try AtlasScene(.osf([atlas]))
    for (index, member) in atlas.members.enumerated() where index != missing {
      try scene.bench.put(index == edited ? [1, 2, 3] : member.bytes, at: scene.path(member.path))
    }
    return scene
  }

  // MARK: Files that are there

  @Test("files that nothing is known of are taken as they are where that is enough", arguments: [nil, 1])
  func accepted(edited: Int?) async throws {
    let scene = try there(editing: edited)
    let lock = MadeAtlas.lock([atlas])
    let plan = try await scene.synchronizer.plan(lock, .accepting)
    #expect(plan.isEmpty)
    #expect(plan.steps.map(\.step) == [.accept, .accept, .accept])
    let performance = try await scene.place.sync(lock, .accepting)
    #expect(performance.fates == [.unchanged, .unchanged, .unchanged])
    #expect(performance.codes == [.unverified, .unverified, .unverified])
    #expect(performance.outcomes.allSatisfy { $0.diagnostic?.severity == .warning })
    // The warning is of the atlas, so that it can be told once.
    #expect(Set(performance.outcomes.map(\.diagnostic)).count == 1)
    // Nothing was learned, so nothing is remembered.
    #expect(performance.outcomes.allSatisfy { $0.entry == nil && $0.checksums == nil })
    #expect(performance.learned(lock) == lock)
    #expect(scene.transport.requests.isEmpty)
    #expect(scene.files.writes.isEmpty)
  }

  @Test("what is not there is fetched, and the rest is taken as it is")
  func acceptedInPart() async throws {
    let scene = try there(without: 2)
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), .accepting)
    #expect(performance.fates == [.unchanged, .unchanged, .downloaded])
    #expect(performance.codes == [.unverified, .unverified, nil])
    #expect(try scene.data() == tree)
    // From now on the store knows.
    #expect(try await scene.place.sync(MadeAtlas.lock([atlas]), .accepting).codes == [nil, nil, nil])
  }

  @Test("files that something is known of are compared, accepted or not")
  func comparedAllTheSame() async throws {
    let scene = try there(editing: 1)
    for policy in [SyncPolicy(), .accepting] {
      let performance = try await scene.place.sync(MadeAtlas.lock([atlas], [], isPinned: true), policy)
      #expect(performance.fates == [.unchanged, .different, .unchanged])
      #expect(performance.codes == [nil, .differs, nil])
    }
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("a sync fetches the archive and compares: equal files are adopted")
  func adopted() async throws {
    let scene = try there()
    let lock = MadeAtlas.lock([atlas])
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.fates == [.unchanged, .unchanged, .unchanged])
    #expect(performance.outcomes.map(\.checksums) == atlas.members.map(\.checksums))
    #expect(performance.outcomes.map(\.received) == [Int64(atlas.packed.count), 0, 0])
    #expect(performance.outcomes.allSatisfy { $0.entry != nil && $0.diagnostic == nil })
    #expect(performance.learned(lock).files == MadeAtlas.lock([atlas], [], isPinned: true).files)
    #expect(scene.transport.requests.count == 2)
    #expect(!scene.files.writes.contains { $0.path.starts(with: scene.place.data) && $0.call == .publish })
  }

  @Test("a file that is another stays, and is told of", arguments: [0, 2])
  func other(edited: Int) async throws {
    let scene = try there(editing: edited)
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    for (index, outcome) in performance.outcomes.enumerated() {
      #expect(outcome.fate == (index == edited ? .different : .unchanged))
      #expect(outcome.diagnostic?.code == (index == edited ? .differs : nil))
    }
    #expect(try scene.bytes(atlas.members[edited]) == [1, 2, 3])
    let received = performance.outcomes.reduce(0) { $0 + $1.received }
    #expect(received == Int64(atlas.packed.count))
  }

  @Test(
    "with repair a file that is another gives way, and is kept", arguments: [SyncPolicy.repairing, .repairingAccepting])
  func repaired(_ policy: SyncPolicy) async throws {
    let scene = try there(editing: 1)
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), policy)
    #expect(performance.fates == [.unchanged, .downloaded, .unchanged])
    #expect(performance.outcomes[1].diagnostic?.severity == .warning)
    #expect(performance.codes == [nil, .differs, nil])
    let kept = try scene.bench.tree(scene.place.data.pushing(".neuromaps/replaced"))
    #expect(Array(kept.values) == [[1, 2, 3]])
    #expect(try scene.data().filter { !$0.key.hasPrefix(".neuromaps/") } == tree)
  }

  @Test("what is no file stays, even with repair", arguments: [true, false])
  func folderInTheWay(repairing: Bool) async throws {
    let scene = try AtlasScene(.osf([atlas]))
    try scene.bench.put([1], at: scene.path(atlas.members[1].path).appending("below"))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), repairing ? .repairing : SyncPolicy())
    #expect(performance.fates == [.downloaded, .different, .downloaded])
    #expect(try scene.data()["\(atlas.members[1].path)/below"] == [1])
  }

  @Test("a file that turns up meanwhile is looked at: right ones are taken, others left", arguments: [true, false])
  func race(isRight: Bool) async throws {
    let scene = try AtlasScene(.osf([atlas]))
    let (bench, target) = (scene.bench, scene.path(atlas.members[1].path))
    let content = isRight ? atlas.members[1].bytes : [7]
    scene.files.beforeEach { record in
      guard record.call == .publish, record.path == target else { return }
      do { try bench.put(content, at: target) } catch { Issue.record(error) }
    }
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.fates == [.downloaded, isRight ? .unchanged : .different, .downloaded])
    #expect(try scene.bench.bytes(target) == content)
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }

  // MARK: Offline

  @Test("offline an archive in the store is enough")
  func offlineStored() async throws {
    let first = try AtlasScene(.osf([atlas]))
    _ = try await first.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    try first.forgetListings()
    try first.remove(atlas.members.map(\.checksums))
    var scene = first.moved(to: "other")
    scene.place.isOffline = true
    #expect(try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy()).fates == [.reused, .reused, .reused])
    #expect(try scene.data() == tree)
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("offline without an archive each atlas tells so once", arguments: [true, false])
  func offline(isPinned: Bool) async throws {
    let other = MadeAtlas("fsaverage/10k")
    var scene = try AtlasScene(.osf([atlas, other]))
    scene.place.isOffline = true
    let lock = MadeAtlas.lock([atlas, other], [], isPinned: isPinned)
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.codes.allSatisfy { $0 == .offline })
    let diagnostics = Set(performance.outcomes.compactMap(\.diagnostic))
    #expect(diagnostics.count == 2)
    for made in [atlas, other] { #expect(diagnostics.contains { $0.message.contains(made.archive) }) }
    #expect(scene.transport.requests.isEmpty)
    #expect(scene.files.writes.isEmpty)
  }

  @Test("offline, files that nothing is known of are enough where they are accepted")
  func offlineAccepted() async throws {
    var scene = try there()
    scene.place.isOffline = true
    let lock = MadeAtlas.lock([atlas])
    #expect(try await scene.place.sync(lock, .accepting).fates == [.unchanged, .unchanged, .unchanged])
    #expect(try await scene.place.sync(lock, SyncPolicy()).codes == [.offline, .offline, .offline])
    #expect(try scene.data() == tree)
  }

  @Test("offline a mirror on this machine has the archive below its atlases")
  func offlineMirror() async throws {
    var scene = try AtlasScene(.silent())
    scene.place.isOffline = true
    scene.place.mirrors = ["file:///mirror"]
    try scene.bench.put(atlas.packed, at: FilePath("/mirror/atlases/\(atlas.archive)"))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    #expect(try scene.data() == tree)
    #expect(scene.transport.requests.isEmpty)
  }

  // MARK: Restricted maps

  @Test("restricted maps are left out where that is asked for, without a request", arguments: [true, false])
  func skipped(isStored: Bool) async throws {
    let open = MadeFile("lab/alpha/MNI152/2mm", size: 100)
    let secret = MadeFile("lab/gamma/MNI152/2mm", size: 100, isRestricted: true)
    let (maps, lock) = ([open, secret], MadeAtlas.lock([atlas], [open, secret]))
    var scene = try AtlasScene(.osf([atlas], maps))
    if isStored {
      scene.place.token = "right"
      _ = try await scene.place.sync(lock, SyncPolicy())
      scene = scene.moved(to: "other")
      scene.place.token = nil
    }
    let performance = try await scene.place.sync(lock, .skipping)
    let fate = isStored ? SyncOutcome.Fate.reused : .downloaded
    #expect(performance.fates == [fate, .skipped, fate, fate, fate])
    #expect(performance.outcomes[1].diagnostic == nil)
    #expect(!performance.outcomes[1].isInPlace)
    #expect(try scene.data()[secret.path.text] == nil)
    #expect(!scene.transport.urls.contains { $0.contains(secret.id) })
    let plan = try await scene.synchronizer.plan(scene.synchronizer.completed(lock), .skipping)
    #expect(plan.isEmpty)
  }

  @Test("restricted maps that are there are what they are", arguments: [true, false])
  func notSkipped(isRight: Bool) async throws {
    let secret = MadeFile("lab/gamma/MNI152/2mm", size: 100, isRestricted: true)
    let scene = try AtlasScene(.osf([], [secret]))
    try scene.bench.put(isRight ? secret.bytes : [1], at: scene.path(secret.path))
    let performance = try await scene.place.sync(MadeFile.lock([secret]), .skipping)
    #expect(performance.fates == [isRight ? .unchanged : .different])
    #expect(performance.codes == [isRight ? nil : .differs])
    #expect(scene.transport.requests.isEmpty)
  }
}
