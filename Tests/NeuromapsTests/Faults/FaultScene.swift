import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld
import Testing

/// A project on a real disk, and a real server that can lie, joined by the real transport; only waiting takes
/// no time. The lies are about the victim; the bystander shows that one file's trouble stays its own.
struct FaultScene: Sendable {
  static let victim = MadeFile("lab/victim/MNI152/2mm", size: 20_000)
  static let bystander = MadeFile("lab/bystander/MNI152/2mm", size: 3000)
  static let files = [victim, bystander]

  let folder: FilePath
  let server: LoopbackOSF
  let clock = RecordingClock()
  let watched = WatchedFiles(Disk())
  var variables: [String: String] = [:]
  /// Silence ends soon here, and a slow machine must not pass for it.
  var patience = Patience(connect: .seconds(5), silence: .milliseconds(700))

  /// What a command came to.
  struct Outcome {
    let result: SyncResult?
    let failure: NeuromapsFailure?
    let requests: [RecordedRequest]
    let naps: [Duration]

    /// As the contract has it.
    var exitCode: Int {
      switch failure?.reason {
      case nil: 0
      case .couldNot: 1
      case .lockStale: 3
      case .dataDiffers: 4
      case .wrongInput: 5
      case .tokenNeeded: 6
      case .wrongUsage: 64
      }
    }

    var codes: [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }
    var warnings: [DiagnosticCode] { result?.warnings.map(\.code) ?? [] }

    /// Everything that a person could read.
    var told: String { "\(failure?.diagnostics ?? []) \(result?.warnings ?? []) \(result?.outcomes ?? [])" }
  }

  /// Hands a scene with a locked project to `body`.
  static func with(
    _ files: [MadeFile] = files, tls: LoopbackTLS? = nil, host: String = "127.0.0.1", storageHost: String? = nil,
    token: String? = nil, manifest more: String = "", isolation: isolated (any Actor)? = #isolation,
    _ body: (inout FaultScene) async throws -> Void
  ) async throws {
    let served = files.map(\.served)
    try await LoopbackOSF.serving(served, token: token, tls: tls, host: host, storageHost: storageHost) { server in
      try await TemporaryFolder.with { folder in
        var scene = FaultScene(folder: folder, server: server)
        let maps = Set(files.map(\.map)).sorted().map { "- \($0)" }.joined(separator: "\n  ")
        try scene.write(Lab.catalog(files, knowing: .all), to: "catalog.yaml")
        try scene.write(
          "version: 1\ndata_dir: data\nbuiltin: false\ncatalogs: [{path: catalog.yaml}]\nannotations:\n  \(maps)\n\(more)",
          to: "neuromaps.yaml")
        try await body(&scene)
      }
    }
  }

  func write(_ text: String, to name: String) throws {
    try Disk().write(Array(text.utf8), to: folder.appending(name))
  }

  // MARK: Commands

  /// `neuromaps sync`; the lock is made without a network unless it is there.
  @discardableResult
  func sync(offline: Bool = false, dataDir: String? = nil) async throws -> Outcome {
    try await command(offline: offline, dataDir: dataDir) { workspace throws(NeuromapsFailure) in
      var options = SyncOptions()
      options.mode = .locked
      return try await workspace.sync(options)
    }
  }

  /// `neuromaps lock`.
  func makeLock(offline: Bool = true) async throws {
    let outcome = try await command(offline: offline) { workspace throws(NeuromapsFailure) in
      _ = try await workspace.lock(LockOptions())
      return nil
    }
    #expect(outcome.failure == nil)
  }

  /// Anything in the workspace, in a process's life of its own.
  func command(
    offline: Bool = false, dataDir: String? = nil,
    _ body: (Workspace) async throws(NeuromapsFailure) -> SyncResult?
  ) async throws -> Outcome {
    let places = ["HOME": folder.appending("home").string, "NEUROMAPS_OSF_URL": server.url]
    let environment = Environment(places.merging(variables) { _, own in own }, currentFolder: folder)
    let transport = WebTransport(environment, patience: patience)
    var settings = Settings()
    settings.isOffline = offline
    settings.dataDir = dataDir
    let earlier = (server.requests().count, clock.naps.count)
    var (result, failure): (SyncResult?, NeuromapsFailure?)
    do throws(NeuromapsFailure) {
      let world = World(files: watched, transport: transport, clock: clock, environment: environment)
      result = try await body(Workspace(world, settings))
      failure = result?.failure
    } catch {
      failure = error
    }
    await transport.shutdown()
    return Outcome(
      result: result, failure: failure, requests: Array(server.requests().dropFirst(earlier.0)),
      // Shorter ones are for the clock of the disk, which the index waits for, or need not.
      naps: clock.naps.dropFirst(earlier.1).filter { $0 >= .milliseconds(100) })
  }

  // MARK: What is there

  /// The bytes of a file in the data directory; nil when it is not there.
  func bytes(_ file: MadeFile, in dataDir: String = "data") throws -> [UInt8]? {
    let path = folder.appending(dataDir).pushing(FilePath(file.path.text))
    return try Disk().status(path) == nil ? nil : try Disk().read(path, limit: 1 << 30)
  }

  /// Names below the store that no object has: drafts and partial files.
  func leftovers() throws -> [String] {
    let bench = DiskBench(root: folder)
    return try bench.tree(folder).keys.filter { $0.contains("/partial/") || $0.contains("draft-") }.sorted()
  }

  /// With everybody honest again, one more sync brings everything and leaves nothing but that.
  func expectHonestSyncEndsRight(_ comment: String) async throws {
    server.stopLying()
    let outcome = try await sync()
    #expect(outcome.exitCode == 0, "\(comment): \(outcome.codes)")
    for file in Self.files { #expect(try bytes(file) == file.bytes, "\(comment)") }
    #expect(try leftovers() == [], "\(comment)")
    let again = try await sync()
    #expect(again.requests.isEmpty, "\(comment)")
  }
}
