import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Syncing a project")
struct WorkspaceSyncTests {
  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  @Test("the first sync locks, downloads, and completes the lock with what it learned")
  func first() async throws {
    let lab = try Lab.complete()
    let result = try await lab.sync()
    #expect(result.fates == [.downloaded, .downloaded, .downloaded])
    #expect(result.failure == nil)
    #expect(result.wroteLock)
    #expect(result.folder == lab.project("data"))
    #expect(try lab.lock().files.map(\.checksums) == Lab.open.map(\.checksums))
    for file in Lab.open { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
    #expect(try lab.bench.drafts(lab.bench.root) == [])
  }

  @Test("the lock is written once, and after all files")
  func lockLast() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    let published = lab.files.records.filter { $0.call == .publish }.map(\.path)
    #expect(published.last == lab.project("neuromaps.lock"))
    #expect(published.count { $0 == lab.project("neuromaps.lock") } == 1)
    for file in Lab.open { #expect(published.contains(lab.data(file))) }
  }

  @Test("a satisfied sync makes no request and no write", arguments: [SyncOptions.Mode.update, .locked, .frozen])
  func satisfied(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    lab.files.makeReadOnly()
    let result = try await lab.sync(mode)
    #expect(result.fates == [.unchanged, .unchanged, .unchanged])
    #expect(result.failure == nil)
    #expect(result.plan.isEmpty)
    #expect(!result.wroteLock)
    #expect(result.warnings.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.clock.naps.isEmpty)
    // Nothing is hashed, either, and no catalog is read.
    #expect(lab.files.count(.scan) == 0)
    #expect(!lab.files.records.contains { $0.path == lab.project("catalog.yaml") })
  }

  @Test("where nothing may be written, right files are found right all the same")
  func readOnly() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    try lab.bench.files.remove(DataFolder.indexPath(lab.project("data"), ".."))
    lab.files.makeReadOnly()
    let result = try await lab.sync(.frozen)
    #expect(result.fates == [.unchanged, .unchanged, .unchanged])
    #expect(result.failure == nil)
  }

  @Test("an index that cannot be written costs a warning and nothing else")
  func indexFails() async throws {
    let lab = try Lab.complete()
    lab.files.fail(.publish, on: ".neuromaps/projects", with: .noSpace, lasting: true)
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.warnings.map(\.code) == [.diskFull])
    #expect(result.warnings.allSatisfy { $0.severity == .warning })
    #expect(result.wroteLock)
  }

  @Test("a lock that cannot be written is told of, and the files are in place all the same", arguments: [true, false])
  func lockFails(othersToo: Bool) async throws {
    let lab = try Lab.complete(.osf(othersToo ? [Lab.left, Lab.right] : Lab.open))
    lab.files.fail(.publish, on: "neuromaps.lock", with: .noSpace)
    let result = try await lab.sync()
    #expect(result.fates == [.downloaded, .downloaded, othersToo ? .failed : .downloaded])
    #expect(!result.wroteLock)
    #expect(result.failure?.reason == .couldNot)
    #expect(result.failure?.diagnostics.map(\.code) == (othersToo ? [.serverRefused, .diskFull] : [.diskFull]))
    #expect(try lab.text("neuromaps.lock") == nil)
    #expect(try lab.bench.drafts(lab.bench.root) == [])
    #expect(try await lab.sync().wroteLock)
  }

  @Test("many commands at once in one project end in the same tree and lock", .timeLimit(.minutes(1)))
  func manyAtOnce() async throws {
    try await TemporaryFolder.with { folder in
      let project = folder.appending("project")
      let bench = DiskBench(root: folder)
      try bench.put(Array(Lab.catalog(Lab.open).utf8), at: project.appending("catalog.yaml"))
      try bench.put(Array(Lab.manifest("- lab/*/*/*").utf8), at: project.appending("neuromaps.yaml"))
      let world = World(
        files: Disk(), transport: ScriptedTransport.osf(Lab.all), clock: ContinuousClock(),
        environment: Environment(
          ["HOME": "/nowhere", "NEUROMAPS_CACHE_DIR": folder.appending("cache").string], currentFolder: project))
      let results = try await withThrowingTaskGroup(of: SyncResult.self) { group in
        for _ in 0..<5 { group.addTask { try await Workspace(world, Settings()).sync(SyncOptions()) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(results.allSatisfy { $0.failure == nil }, "\(results.compactMap(\.failure))")
      #expect(Set(results.map(\.lock)).count == 1)
      let data = try bench.tree(project.appending("data")).filter { !$0.key.hasPrefix(".neuromaps/") }
      #expect(data == Dictionary(uniqueKeysWithValues: Lab.open.map { ($0.path.text, $0.bytes) }))
      #expect(try bench.drafts(folder) == [])
      #expect(try await Workspace(world, Settings()).sync(SyncOptions()).fates.allSatisfy { $0 == .unchanged })
    }
  }

  // MARK: Modes

  @Test("a stale lock is brought up to date, or refused, or taken as it is")
  func staleLock() async throws {
    let lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    try await lab.makeLock()
    lab.forget()
    try lab.write(Lab.manifest("- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm"))
    let before = try lab.text("neuromaps.lock")
    let refused = try await failure { try await lab.sync(.locked) }
    #expect(refused?.reason == .lockStale)
    #expect(codes(refused) == [.lockStale])
    #expect(lab.transport.requests.isEmpty)
    #expect(try lab.text("neuromaps.lock") == before)
    #expect(try await lab.sync(.frozen).fates == [.downloaded])
    #expect(try lab.text("neuromaps.lock") == before)
    #expect(try await lab.sync().fates == [.downloaded, .downloaded, .unchanged])
    #expect(try await lab.sync(.locked).failure == nil)
  }

  @Test("with the lock left alone nothing is completed in it", arguments: [SyncOptions.Mode.locked, .frozen])
  func leavesLock(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.complete()
    try await lab.offline.makeLock()
    let before = try lab.text("neuromaps.lock")
    let result = try await lab.sync(mode)
    #expect(result.fates == [.downloaded, .downloaded, .downloaded])
    #expect(!result.wroteLock)
    #expect(try lab.text("neuromaps.lock") == before)
    #expect(try await lab.sync(mode).fates == [.unchanged, .unchanged, .unchanged])
    #expect(try await lab.sync().wroteLock)
    #expect(try lab.lock().files.map(\.checksums) == Lab.open.map(\.checksums))
  }

  @Test("without a lock only the mode that makes one goes on", arguments: [SyncOptions.Mode.locked, .frozen])
  func noLock(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.complete()
    let failure = try await failure { try await lab.sync(mode) }
    #expect(failure?.reason == .lockStale)
    #expect(codes(failure) == [.lockMissing])
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a frozen sync needs no manifest, and no right one")
  func frozenManifest() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    try lab.write("version: 1\ndata_dir: elsewhere\nannotations: [nonsense]\nunknown: 1\n")
    #expect(codes(try await failure { try await lab.sync() }).count == 2)
    #expect(try await lab.sync(.frozen).folder == lab.project("elsewhere"))

    try lab.bench.files.remove(lab.project("neuromaps.yaml"))
    #expect(try await lab.sync(.frozen).folder == "/home/u/neuromaps-data")
    #expect(codes(try await failure { try await lab.sync(.locked) }) == [.noManifest])

    try lab.write("][")
    let unreadable = try await failure { try await lab.sync(.frozen) }
    #expect(unreadable?.reason == .wrongInput)
    var named = lab
    named.settings.dataDir = "named"
    #expect(try await named.sync(.frozen).folder == lab.project("named"))
  }

  @Test("a dry run plans and does nothing")
  func dryRun() async throws {
    let lab = try Lab.complete()
    let result = try await lab.sync(isDryRun: true)
    #expect(
      result.plan.steps.map(\.step) == [
        .download(setsAside: false), .download(setsAside: false), .download(setsAside: false),
      ])
    #expect(result.outcomes.isEmpty)
    #expect(result.failure == nil)
    #expect(!result.wroteLock)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("offline a sync goes as far as it can")
  func offline() async throws {
    var lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    lab.settings.isOffline = true
    #expect(try await lab.sync().failure == nil)
    lab.settings.dataDir = "second"
    #expect(try await lab.sync().fates == [.reused, .reused, .reused])
    lab.settings.cacheDir = "empty"
    lab.settings.dataDir = "third"
    let result = try await lab.sync()
    #expect(result.fates == [.failed, .failed, .failed])
    #expect(result.failure?.reason == .couldNot)
    #expect(result.failure?.diagnostics.allSatisfy { $0.code == .offline } == true)
    #expect(lab.transport.requests.isEmpty)
  }

  // MARK: What goes wrong

  @Test("what failed and what differs is told apart")
  func reasons() async throws {
    let missing = try Lab.complete(.osf([Lab.left, Lab.right]))
    let first = try await missing.sync()
    #expect(first.failure?.reason == .couldNot)
    #expect(first.fates == [.downloaded, .downloaded, .failed])
    #expect(first.wroteLock)

    let changed = try Lab.complete()
    try changed.bench.put([1], at: changed.data(Lab.beta))
    let second = try await changed.sync()
    #expect(second.failure?.reason == .dataDiffers)
    #expect(second.failure?.diagnostics.map(\.code) == [.differs])
    #expect(try await changed.sync(repairs: true).failure == nil)
    #expect(try changed.bench.bytes(changed.data(Lab.beta)) == Lab.beta.bytes)

    let both = try Lab.complete(.osf([Lab.left, Lab.right]))
    try both.bench.put([1], at: both.data(Lab.left))
    #expect(try await both.sync().failure?.reason == .couldNot)
  }

  @Test("a restricted map comes with a token, and without one the others come all the same")
  func token() async throws {
    var lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/*/*/*", "- lab/gamma/MNI152/1mm"))
    let without = try await lab.sync()
    #expect(without.fates == [.downloaded, .downloaded, .downloaded, .failed])
    #expect(without.failure?.reason == .tokenNeeded)
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "wrong"
    #expect(try await lab.sync().failure?.reason == .tokenNeeded)
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    #expect(try await lab.sync().failure == nil)
    let written = lab.bench.disk.everything().filter { $0.value.contains(Array("right".utf8)) }
    #expect(written.isEmpty)
    let told = lab.transport.requests.filter { $0.headers["Authorization"] != nil }
    #expect(told.allSatisfy { $0.url.hasPrefix("https://files.osf.io/") && $0.url.contains(Lab.secret.id) })
  }

  @Test("files that fail alike are told of together")
  func grouped() async throws {
    let lab = try Lab.complete(.silent())
    let failure = try await lab.sync().failure
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.count == 1)
    #expect(failure?.diagnostics.first?.notes.count { $0.hasPrefix("the same for") } == 2)
  }

  @Test("a file is downloaded again after it was deleted, from the store")
  func deleted() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    try lab.bench.files.remove(lab.data(Lab.beta))
    #expect(try await lab.sync().fates == [.unchanged, .unchanged, .reused])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("two projects share what one has downloaded")
  func shared() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    let other = lab.bench.at("other")
    for name in ["neuromaps.yaml", "catalog.yaml", "neuromaps.lock"] {
      try lab.bench.put(try lab.bench.bytes(lab.project(name)) ?? [], at: other.appending(name))
    }
    var second = lab
    second.current = other
    #expect(try await second.sync().fates == [.reused, .reused, .reused])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test(
    "power that fails at any step of a project's sync leaves a project that syncs",
    arguments: [Survival.everything, .namesAndFlushedBytes])
  func powerLoss(_ survival: Survival) async throws {
    func begin(_ disk: FakeDisk) throws -> Lab {
      let lab = try Lab(.osf(Lab.all), disk: disk)
      try lab.write(Lab.catalog([Lab.beta]), at: "catalog.yaml")
      try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
      return lab
    }
    let rehearsal = try begin(FakeDisk())
    let start = rehearsal.bench.disk.steps
    try await rehearsal.sync()
    let steps = rehearsal.bench.disk.steps - start
    let right = try rehearsal.text("neuromaps.lock")
    var left: [String] = []
    var seen: Set<[String: [UInt8]]> = []
    for step in 0...steps {
      let lab = try begin(FakeDisk())
      lab.bench.disk.losePower(afterSteps: step)
      _ = try await failure { try await lab.sync() }
      lab.bench.disk.restart(survival)
      guard seen.insert(lab.bench.disk.everything()).inserted else { continue }
      let lock = try lab.text("neuromaps.lock")
      #expect(lock == nil || lock == right, "\(step) steps")
      let result = try await lab.sync()
      #expect(result.failure == nil, "\(step) steps: \(String(describing: result.failure))")
      #expect(try lab.text("neuromaps.lock") == right)
      #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
      left += try lab.bench.drafts(lab.bench.root).map { "\($0) after \(step) steps" }
    }
    #expect(left.isEmpty)
  }
}
