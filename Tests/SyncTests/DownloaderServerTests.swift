import Dataset
import Effects
import LoopbackOSF
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Downloads from a server that lies")
struct DownloaderServerTests {
  private let file = MadeFile("lab/alpha/MNI152/2mm", size: 20_000)
  private let secret = MadeFile("lab/gamma/MNI152/2mm", size: 3000, isRestricted: true)

  private struct Scene {
    let server: LoopbackOSF
    let bench: FakeBench
    var place: SyncPlace
    let clock: RecordingClock

    func fetch(
      _ file: MadeFile, _ knowledge: MadeFile.Knowledge = .all, from origin: Dataset.Origin? = nil
    ) async throws -> Result<StoredObject, DownloadFailure> {
      let result: Result<StoredObject, DownloadFailure>
      do throws(DownloadFailure) {
        result = .success(
          try await place.downloader.fetch(
            file.locked(knowledge, from: origin), isRestricted: file.isRestricted
          ) { _ in })
      } catch {
        result = .failure(error)
        // What is left of a failure is what may be gone on with.
        #expect(try bench.tree(bench.root).keys.allSatisfy { $0.hasPrefix("cache/v1/partial/") })
      }
      #expect(try bench.drafts(bench.root) == [])
      return result
    }
  }

  private func withScene(token: String? = nil, _ body: (inout Scene) async throws -> Void) async throws {
    try await LoopbackOSF.serving([file.served, secret.served], token: "right") { server in
      let bench = try FakeBench()
      let transport = WebTransport()
      let clock = RecordingClock()
      var place = SyncPlace(bench.files, bench.root, transport, clock: clock)
      place.osfURL = server.url
      place.token = token
      var scene = Scene(server: server, bench: bench, place: place, clock: clock)
      do { try await body(&scene) } catch {
        await transport.shutdown()
        throw error
      }
      await transport.shutdown()
    }
  }

  private func failure(_ result: Result<StoredObject, DownloadFailure>) -> DownloadFailure? {
    if case .failure(let failure) = result { failure } else { nil }
  }

  @Test("the right bytes come, by two requests", arguments: MadeFile.Knowledge.allCases)
  func right(_ knowledge: MadeFile.Knowledge) async throws {
    try await withScene { scene in
      let object = try await scene.fetch(file, knowledge).get()
      #expect(try scene.bench.bytes(object.path) == file.bytes)
      #expect(scene.server.requests().map(\.origin) == [.front, .storage])
      #expect(scene.clock.naps.isEmpty)
    }
  }

  @Test("an older version comes when the lock asks for it")
  func version() async throws {
    try await withScene { scene in
      let newer = MadeFile("lab/newer/MNI152/2mm", size: 50)
      #expect(scene.server.addVersion(newer.served.versions[0], to: file.id))
      let newest = try await scene.fetch(file)
      guard case .wrongLength? = failure(newest) else {
        Issue.record("\(newest)")
        return
      }
      let first = try #require(OSFFile(project: MadeFile.project, file: file.id, version: 1))
      #expect(try await scene.fetch(file, from: .osf(first)).get().checksums == file.checksums)
    }
  }

  /// A lie, what it ends in, and how many downloads are begun because of it.
  private static let told: [(Fault, @Sendable (DownloadFailure) -> Bool, tries: Int)] = [
    (.flipByte(at: 10_000), { if case .wrongBytes(_, _, "127.0.0.1") = $0 { true } else { false } }, 2),
    (.cutQuietly(after: 5000), { $0 == .wrongLength(expected: 20_000, received: 5000, host: "127.0.0.1") }, 5),
    (.errorPage, { if case .page = $0 { true } else { false } }, 2),
    (.status(404), { $0 == .refusedAfterRedirect(404, host: "127.0.0.1") }, 3),
    (.status(404, on: .front), { $0 == .status(404, host: "127.0.0.1") }, 1),
    (.status(403), { $0 == .refusedAfterRedirect(403, host: "127.0.0.1") }, 3),
    (.status(429, retryAfter: "1", on: .front), { $0 == .status(429, host: "127.0.0.1") }, 5),
    (.status(500), { $0 == .refusedAfterRedirect(500, host: "127.0.0.1") }, 5),
    (.status(503, on: .front), { $0 == .status(503, host: "127.0.0.1") }, 5),
    (.tooLong(by: 100), { if case .wrongLength(20_000, 20_001..., _) = $0 { true } else { false } }, 2),
    (
      .tooLong(by: 1 << 20, isChunked: true),
      { if case .wrongLength(20_000, 20_001..., _) = $0 { true } else { false } }, 2
    ),
    (.reset(after: 0), { if case .transport(.broken, _) = $0 { true } else { false } }, 5),
    (.hangUp(), { if case .transport(.broken, _) = $0 { true } else { false } }, 5),
    (.hangUp(on: .front), { if case .transport(.broken, _) = $0 { true } else { false } }, 5),
    (.redirectLoop, { $0 == .redirect(.loop, host: "127.0.0.1") }, 1),
    (.redirectTo("nonsense://x"), { $0 == .redirect(.nowhere, host: "127.0.0.1") }, 1),
    (.redirectTo("https://u:p@127.0.0.1/"), { $0 == .redirect(.nowhere, host: "127.0.0.1") }, 1),
    (.redirectTo("http://127.0.0.1:1/gone"), { if case .transport(_, "127.0.0.1") = $0 { true } else { false } }, 5),
  ]

  @Test("a lie is found out, tried again so often, and leaves nothing", arguments: told.indices)
  func lies(_ index: Int) async throws {
    let (fault, isExpected, tries) = Self.told[index]
    try await withScene { scene in
      scene.server.lie(fault)
      let failure = failure(try await scene.fetch(file))
      #expect(failure.map(isExpected) == true, "\(fault): \(String(describing: failure))")
      let begun = scene.server.requests(to: .front).count { $0.uri.contains("osfstorage") }
      #expect(begun == tries, "\(fault)")
      #expect(scene.clock.naps.count == tries - 1)
    }
  }

  @Test("a lie told once does no harm", arguments: told.indices)
  func liesOnce(_ index: Int) async throws {
    let (fault, _, tries) = Self.told[index]
    try await withScene { scene in
      scene.server.lie(fault, times: 1)
      let result = try await scene.fetch(file)
      #expect((failure(result) == nil) == (tries > 1), "\(fault)")
      #expect(try await scene.fetch(file).get().checksums == file.checksums)
    }
  }

  @Test("without a known size or digest but the MD5 nothing wrong gets in either")
  func knowingLittle() async throws {
    for fault in [
      Fault.flipByte(at: 0), .cutQuietly(after: 19_999), .errorPage, .tooLong(by: 1), .tooLong(by: 1, isChunked: true),
      .cut(after: 100),
    ] {
      for knowledge in [MadeFile.Knowledge.md5, .sha256] {
        try await withScene { scene in
          scene.server.lie(fault)
          let result = try await scene.fetch(file, knowledge)
          #expect(failure(result) != nil, "\(fault)")
        }
      }
    }
  }

  @Test("a body that never ends is given up on as soon as it is too long")
  func stopsEarly() async throws {
    try await withScene { scene in
      scene.server.lie(.tooLong(by: 50 << 20, isChunked: true), times: 1)
      _ = try await scene.fetch(file).get()
      let sent = scene.server.requests(to: .storage).first?.bodyBytes ?? 0
      #expect(sent < 20 << 20)
    }
  }

  // MARK: The token

  @Test("the token goes to the front and never to the storage")
  func token() async throws {
    try await withScene(token: "right") { scene in
      _ = try await scene.fetch(secret).get()
      _ = try await scene.fetch(file).get()
      #expect(scene.server.requests(to: .front).map { $0.header("Authorization") } == ["Bearer right", nil])
      #expect(scene.server.requests(to: .storage).count == 2)
      for request in scene.server.requests(to: .storage) {
        #expect(!request.headers.contains { $0.value.contains("right") })
        #expect(!request.uri.contains("right"))
      }
    }
  }

  @Test("a missing and a refused token are told apart")
  func tokenProblems() async throws {
    try await withScene { scene in
      let missing = try await scene.fetch(secret)
      #expect(failure(missing) == .tokenMissing)
    }
    try await withScene(token: "wrong") { scene in
      let refused = try await scene.fetch(secret)
      #expect(failure(refused) == .tokenRefused(403))
      #expect(scene.server.requests().count == 1)
    }
  }

  @Test("a redirect to another server on this machine does not take the token along")
  func tokenAfterRedirect() async throws {
    try await LoopbackOSF.serving([secret.served]) { other in
      try await withScene(token: "right") { scene in
        scene.server.lie(.redirectTo(other.url(of: secret.served)))
        let result = try await scene.fetch(secret)
        #expect(failure(result) != nil)
        #expect(!other.requests().isEmpty)
        #expect(other.requests().allSatisfy { $0.header("Authorization") == nil })
      }
    }
  }

  @Test("a mirror on this machine does not see the token")
  func tokenAtMirror() async throws {
    try await LoopbackOSF.serving([]) { mirror in
      try await withScene(token: "right") { scene in
        scene.place.mirrors = [mirror.url]
        _ = try await scene.fetch(secret).get()
        #expect(mirror.requests().count == 1)
        #expect(mirror.requests().allSatisfy { $0.header("Authorization") == nil })
      }
    }
  }
}
