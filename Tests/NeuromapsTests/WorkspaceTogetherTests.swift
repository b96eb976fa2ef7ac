import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Store
import Sync
import Synchronization
import SystemPackage
import TestWorld
import Testing

@Suite("Several at once, and disks that are full or may not be written to")
struct WorkspaceTogetherTests {
  private static let made = (0..<6).map { MadeFile("lab/a\($0)/MNI152/2mm", size: 2000 * $0 + 100) }

  /// What observers were told.
  private final class Told: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
  }

  /// A project on the disk, as several processes see it.
  private struct Place {
    let bench: DiskBench
    let transport = ScriptedTransport.osf(WorkspaceTogetherTests.made)

    init(_ folder: FilePath) throws {
      bench = DiskBench(root: folder)
      try bench.put(Array(Lab.catalog(WorkspaceTogetherTests.made).utf8), at: bench.at("project/catalog.yaml"))
      try bench.put(Array(Lab.manifest("- lab/*/*/*").utf8), at: bench.at("project/neuromaps.yaml"))
    }

    func workspace(_ number: Int, data: String? = nil) throws -> Workspace {
      let variables = ["HOME": "/nowhere", "NEUROMAPS_CACHE_DIR": bench.at("cache").string]
      let environment = Environment(
        variables, currentFolder: bench.at("project"), process: "process \(number) of the test")
      var settings = Settings()
      settings.dataDir = data.map { bench.at($0).string }
      return try Workspace(
        World(files: Disk(), transport: transport, clock: ContinuousClock(), environment: environment), settings)
    }

    /// How often each file's bytes were sent.
    var sent: [String: Int] {
      let urls = transport.urls.filter { $0.hasPrefix("https://storage.example.org/") }
      return Dictionary(urls.map { ($0, 1) }, uniquingKeysWith: +)
    }

    func maps(_ data: String) throws -> [String: [UInt8]] {
      try bench.tree(bench.at(data)).filter { !$0.key.hasPrefix(".neuromaps/") }
    }
  }

  private func together(_ workspaces: [Workspace]) async throws -> [SyncResult] {
    try await withThrowingTaskGroup(of: SyncResult.self) { group in
      for workspace in workspaces { group.addTask { try await workspace.sync(SyncOptions()) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  private func expectRight(_ results: [SyncResult], _ place: Place, _ folders: [String]) throws {
    #expect(results.allSatisfy { $0.failure == nil }, "\(results.compactMap(\.failure))")
    #expect(Set(results.map(\.lock)).count == 1)
    let right = Dictionary(uniqueKeysWithValues: Self.made.map { ($0.path.text, $0.bytes) })
    for folder in folders { #expect(try place.maps(folder) == right, "\(folder)") }
    #expect(place.sent.count == Self.made.count)
    #expect(place.sent.values.allSatisfy { $0 == 1 }, "\(place.sent)")
    #expect(try place.bench.drafts(place.bench.root) == [])
  }

  // MARK: Together

  @Test("eight at once in one data directory download each file once in all", .timeLimit(.minutes(1)))
  func oneDirectory() async throws {
    try await TemporaryFolder.with { folder in
      let place = try Place(folder)
      let results = try await together(try (0..<8).map { try place.workspace($0) })
      try expectRight(results, place, ["project/data"])
      #expect(try await place.workspace(9).sync(SyncOptions()).plan.isEmpty)
    }
  }

  @Test("six at once in six data directories and one store download each file once in all", .timeLimit(.minutes(1)))
  func oneStore() async throws {
    try await TemporaryFolder.with { folder in
      let place = try Place(folder)
      let folders = (0..<6).map { "data\($0)" }
      let results = try await together(try folders.indices.map { try place.workspace($0, data: folders[$0]) })
      try expectRight(results, place, folders)
    }
  }

  // MARK: Waiting

  private func hold(_ lab: Lab) async throws -> WriterLock {
    let folder = DataFolder(lab.bench.files, at: lab.project("data"))
    let taken = try await WriterLock.take(
      lab.bench.files, of: folder, holder: "process 7 on lab", patience: WriterLock.Patience(),
      clock: RecordingClock(), told: { _ in })
    return try #require(taken)
  }

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  @Test("who finds the directory taken waits, says for whom, and goes on when it is free")
  func waits() async throws {
    let lab = try Lab.complete()
    let (held, told) = (try await hold(lab), Told())
    let result = try await lab.workspace().sync(SyncOptions()) { event in
      guard case .isBusy(let folder, let holder) = event else { return }
      told.add("\(folder): \(holder)")
      held.release()
    }
    #expect(result.failure == nil)
    #expect(result.fates == [.downloaded, .downloaded, .downloaded])
    #expect(told.all == ["data: process 7 on lab"])
  }

  @Test("who may not wait is told who has the directory, and changes nothing")
  func busy() async throws {
    var lab = try Lab.complete()
    lab.variables["NEUROMAPS_LOCK_TIMEOUT"] = "0"
    let held = try await hold(lab)
    let refused = try await failure { try await lab.sync() }
    #expect(refused?.reason == .couldNot)
    #expect(codes(refused) == [.busy])
    #expect(refused?.diagnostics.first?.notes.contains("it is process 7 on lab") == true)
    #expect(try lab.bench.tree(lab.project("data")).keys.sorted() == [".neuromaps/lock"])
    #expect(try lab.text("neuromaps.lock") == nil)
    held.release()
    #expect(try await lab.sync().failure == nil)
  }

  @Test("an hour is as long as anybody waits")
  func patience() async throws {
    let lab = try Lab.complete()
    let held = try await hold(lab)
    defer { held.release() }
    #expect(codes(try await failure { try await lab.sync() }) == [.busy])
    let waited = lab.clock.naps.reduce(.zero, +)
    #expect(waited >= .seconds(3600) && waited < .seconds(3700))
  }

  @Test("who has nothing to change waits for nobody")
  func satisfied() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    let naps = lab.clock.naps.count
    let held = try await hold(lab)
    defer { held.release() }
    #expect(try await lab.sync().plan.isEmpty)
    #expect(try await lab.sync(.frozen).failure == nil)
    // Not even what was learned anew is waited for.
    try lab.bench.setModified(5, of: lab.data(Lab.beta))
    #expect(try await lab.sync().fates == [.unchanged, .unchanged, .unchanged])
    #expect(lab.clock.naps.count == naps)
  }

  @Test("a time to wait that is none is wrong usage", arguments: ["soon", "-1", "1.5", "1000001"])
  func wrongTimeout(_ text: String) async throws {
    var lab = try Lab.complete()
    lab.variables["NEUROMAPS_LOCK_TIMEOUT"] = text
    #expect(try await failure { try await lab.sync() }?.reason == .wrongUsage)
    #expect(try lab.bench.tree(lab.project("data")).isEmpty)
  }

  // MARK: Room

  @Test("what cannot fit is told before anything is asked for", arguments: [0 as Int64, 100, 1109])
  func lackOfRoom(_ room: Int64) async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    lab.forget()
    lab.bench.disk.setRoom(room)
    let lack = try await failure { try await lab.sync() }
    #expect(lack?.reason == .couldNot)
    #expect(codes(lack) == [.diskFull])
    #expect(lack?.diagnostics.first?.notes.first == "1110 bytes are to be downloaded, \(room) are free")
    #expect(lab.transport.requests.isEmpty)
    #expect(try lab.bench.tree(lab.project("data")).keys.filter { $0 != ".neuromaps/lock" } == [])
    lab.bench.disk.setRoom(1110)
    #expect(try await lab.sync().failure == nil)
  }

  @Test("what is in the store or there needs no room")
  func noRoomNeeded() async throws {
    var lab = try Lab.complete()
    try await lab.sync()
    lab.bench.disk.setRoom(0)
    #expect(try await lab.sync().failure == nil)
    lab.settings.dataDir = "second"
    #expect(try await lab.sync().fates == [.reused, .reused, .reused])
  }

  // MARK: Read-only

  @Test("a directory that may not be written to is fine with everything there, and else a clear error")
  func readOnly() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.files.makeReadOnly()
    for mode in [SyncOptions.Mode.update, .locked, .frozen] {
      #expect(try await lab.sync(mode).failure == nil, "\(mode)")
    }
    lab.files.makeReadOnly(false)
    try lab.bench.files.remove(lab.data(Lab.beta))
    lab.forget()
    lab.files.makeReadOnly()
    let refused = try await failure { try await lab.sync() }
    #expect(refused?.reason == .couldNot)
    #expect(codes(refused) == [.fileFailed])
    #expect(refused?.diagnostics.first?.hints.first?.contains("--data-dir") == true)
    #expect(lab.transport.requests.isEmpty)
  }
}
