import Catalog
import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import MarkedText
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("What OSF knows of files, and when it does not tell")
struct MetadataFaultTests {
  private let victim = FaultScene.victim

  /// A project whose catalog knows MD5s alone, unlocked.
  private func withScene(_ body: (inout FaultScene) async throws -> Void) async throws {
    try await FaultScene.with { scene in
      try scene.write(Lab.catalog(FaultScene.files, knowing: .md5), to: "catalog.yaml")
      try await body(&scene)
    }
  }

  private func lock(_ scene: FaultScene, offline: Bool = false) async throws -> (
    LockResult?, FaultScene.Outcome
  ) {
    var result: LockResult?
    let outcome = try await scene.command(offline: offline) { workspace throws(NeuromapsFailure) in
      result = try await workspace.lock(LockOptions())
      return nil
    }
    return (result, outcome)
  }

  private func version(_ file: LockedFile?) -> Int? {
    if case .osf(let osf)? = file?.origin { osf.version } else { nil }
  }

  @Test("a lock asks once a file, and a second project nothing at all")
  func honest() async throws {
    try await withScene { scene in
      let (result, outcome) = try await lock(scene)
      #expect(result?.warnings.isEmpty == true)
      #expect(outcome.requests.count == 2)
      #expect(outcome.requests.allSatisfy { $0.uri.hasSuffix("?meta=") && $0.header("Authorization") == nil })
      let files = try #require(result?.lock.files)
      #expect(files.map(\.checksums) == [FaultScene.bystander, victim].map(\.checksums))
      #expect(files.map(version) == [1, 1])
      try scene.write("", to: "neuromaps.lock")
      let (again, second) = try await lock(scene)
      #expect(again?.lock == result?.lock)
      #expect(second.requests.isEmpty)
    }
  }

  @Test("the version with the catalog's bytes is pinned, though a newer one is there, and can still be had")
  func olderVersion() async throws {
    try await withScene { scene in
      scene.server.addVersion(FaultScene.bystander.served.versions[0], to: victim.id)
      let (result, outcome) = try await lock(scene)
      #expect(result?.warnings.isEmpty == true)
      #expect(outcome.requests.count == 3)
      #expect(version(result?.lock.files.last) == 1)
      #expect(result?.lock.files.last?.checksums == victim.checksums)
      #expect(try await scene.sync().exitCode == 0)
      #expect(try scene.bytes(victim) == victim.bytes)
    }
  }

  @Test("if no version has the catalog's bytes, that is said, and the catalog's checksum stays the pin")
  func replaced() async throws {
    try await withScene { scene in
      var other = victim
      other.bytes = FaultScene.bystander.bytes
      scene.server.put(other.served)
      let (result, _) = try await lock(scene)
      #expect(result?.warnings.map(\.code) == [.originChanged])
      #expect(result?.lock.files.last?.checksums == victim.checksums(.md5))
      #expect(version(result?.lock.files.last) == nil)
      #expect(version(result?.lock.files.first) == 1)
      #expect(try await scene.sync().codes == [.wrongBytes])
    }
  }

  @Test("a sync that leaves the lock alone finds the version too, where an MD5 alone binds a file")
  func replacedLater() async throws {
    try await withScene { scene in
      _ = try await lock(scene, offline: true)
      let before = try scene.watched.read(scene.folder.appending("neuromaps.lock"), limit: 1 << 20)
      scene.server.addVersion(FaultScene.bystander.served.versions[0], to: victim.id)
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(try scene.bytes(victim) == victim.bytes)
      #expect(try scene.watched.read(scene.folder.appending("neuromaps.lock"), limit: 1 << 20) == before)
      #expect(outcome.requests.count { $0.uri.contains("meta") || $0.uri.contains("versions") } == 3)
    }
  }

  @Test("a fetch finds the version with the catalog's bytes, too")
  func fetched() async throws {
    try await withScene { scene in
      scene.server.addVersion(FaultScene.bystander.served.versions[0], to: victim.id)
      let outcome = try await scene.command { workspace throws(NeuromapsFailure) in
        try await workspace.fetch(FetchRequest(maps: MapQuery([.source: [Glob("lab")]])))
      }
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(try scene.bytes(victim) == victim.bytes)
    }
  }

  /// What the front says of files instead, and how many requests two files are worth.
  static let lies: [(Fault, requests: ClosedRange<Int>)] = [
    (.metadata(""), 4...4), (.metadata("{\"data\": []}"), 4...4), (.metadata("{\"data\": {"), 4...4),
    (.metadata(String(repeating: "[", count: 100_000)), 4...4), (.metadata("<html></html>"), 4...4),
    (.statusOfMetadata(404), 2...2), (.statusOfMetadata(403), 2...2), (.statusOfMetadata(410), 2...2),
    (.statusOfMetadata(500), 3...6), (.statusOfMetadata(429), 3...6),
    (.statusOfMetadata(429, retryAfter: "3600"), 1...2), (.statusOfMetadata(503, retryAfter: "1"), 3...6),
    (.silence(on: .front), 1...2), (.hangUp(on: .front), 3...6), (.notHTTP(on: .front), 3...6),
  ]

  @Test("what cannot be asked is said once; the next sync that can completes the pins", arguments: lies.indices)
  func unknown(_ index: Int) async throws {
    let (lie, requests) = Self.lies[index]
    try await withScene { scene in
      scene.server.lie(lie)
      let (result, outcome) = try await lock(scene)
      #expect(outcome.failure == nil)
      #expect(result?.warnings.map(\.code) == [.pinsIncomplete], "\(lie)")
      #expect(requests.contains(outcome.requests.count), "\(lie): \(outcome.requests.count)")
      #expect(outcome.naps.reduce(.zero, +) < .seconds(20))
      #expect(result?.lock.files.map(\.checksums) == [FaultScene.bystander, victim].map { $0.checksums(.md5) })
      scene.server.stopLying()
      let synced = try await scene.command { workspace throws(NeuromapsFailure) in
        try await workspace.sync(SyncOptions())
      }
      #expect(synced.exitCode == 0, "\(synced.told)")
      #expect(synced.result?.wroteLock == true)
      #expect(synced.result?.lock.files.map(version) == [1, 1])
      #expect(synced.result?.lock.files.map(\.checksums) == [FaultScene.bystander, victim].map(\.checksums))
      try await scene.expectHonestSyncEndsRight("\(lie)")
    }
  }

  @Test(
    "trouble that passes is waited for", arguments: [Fault.statusOfMetadata(503, retryAfter: "2"), .hangUp(on: .front)])
  func passing(_ lie: Fault) async throws {
    try await withScene { scene in
      scene.server.lie(lie, about: victim.id, times: 2)
      let (result, _) = try await lock(scene)
      #expect(result?.warnings.isEmpty == true)
      #expect(result?.lock.files.last?.checksums == victim.checksums)
    }
  }

  @Test("the same lock comes of asking OSF and of asking it later")
  func converges() async throws {
    var texts: [String] = []
    for offlineFirst in [true, false] {
      try await withScene { scene in
        let (first, _) = try await lock(scene, offline: offlineFirst)
        #expect(first?.warnings.map(\.code) == (offlineFirst ? [.pinsIncomplete] : []))
        let outcome = try await scene.command { workspace throws(NeuromapsFailure) in
          try await workspace.sync(SyncOptions())
        }
        #expect(outcome.exitCode == 0)
        let path = scene.folder.appending("neuromaps.lock")
        texts.append(String(decoding: try scene.watched.read(path, limit: 1 << 20), as: UTF8.self))
      }
    }
    #expect(texts[0] == texts[1])
    #expect(texts[0].contains("osf_version: 1"))
  }
}
