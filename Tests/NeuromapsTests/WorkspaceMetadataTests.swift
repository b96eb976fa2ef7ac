import Catalog
import Dataset
import Diagnostics
import Effects
import Metadata
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("A data directory that describes itself")
struct WorkspaceMetadataTests {
  private func synced() async throws -> Lab {
    let lab = try Lab.described()
    try await lab.sync()
    lab.forget()
    return lab
  }

  private func paths(_ result: SyncResult, _ fate: SyncOutcome.Fate) -> [String] {
    result.metadata.filter { $0.fate == fate }.map(\.file.path.text)
  }

  private func wrong(_ states: [FileState]) -> [String] { states.filter { !$0.isRight }.map(\.file.path.text) }

  // MARK: Written

  @Test("the files are written with the maps, as the lock has them")
  func written() async throws {
    let lab = try Lab.described()
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.fates == [.downloaded, .downloaded, .downloaded])
    #expect(paths(result, .written) == Lab.openMetadata)
    #expect(result.outcomeWarnings.isEmpty)
    #expect(result.warnings.isEmpty)
    #expect(try lab.lock().metadata == 1)
    #expect(try lab.described() == lab.metadata())
    let status = try await lab.workspace().status()
    #expect(status.isClean)
    #expect(status.files.count == 9)
    #expect(try await lab.workspace().cleanStanding()?.answer.files == 3)
    #expect(try lab.bench.drafts(lab.bench.root) == [])
  }

  @Test(
    "a second sync of nothing looks, and neither hashes, writes nor asks",
    arguments: [SyncOptions.Mode.update, .locked, .frozen])
  func rests(_ mode: SyncOptions.Mode) async throws {
    let lab = try await synced()
    lab.files.makeReadOnly()
    let before = lab.bench.disk.everything()
    let again = try await lab.sync(mode)
    #expect(again.failure == nil)
    #expect(again.plan.isEmpty)
    #expect(again.fates == [.unchanged, .unchanged, .unchanged])
    #expect(paths(again, .unchanged) == Lab.openMetadata)
    #expect(lab.files.count(.scan) == 0)
    #expect(try await lab.standing(Lab.options(.main, mode)) != nil)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.bench.disk.everything() == before)
  }

  @Test("another data directory, and another machine with the same lock, have the same bytes")
  func sameBytes() async throws {
    let lab = try await synced()
    var second = lab
    second.settings.dataDir = "/bench/second"
    #expect(try await second.sync().failure == nil)
    #expect(try lab.described(in: "second") == lab.described())
    let machine = try Lab.described()
    try machine.write(try #require(try lab.text("neuromaps.lock")), at: "neuromaps.lock")
    #expect(try await machine.sync(.frozen).failure == nil)
    #expect(try machine.described() == lab.described())
  }

  @Test("a dry run says what would be written, and writes nothing")
  func dryRun() async throws {
    let lab = try Lab.described()
    try await lab.makeLock()
    lab.forget()
    let result = try await lab.sync(isDryRun: true)
    let planned = result.plan.steps.filter { $0.file.isMetadata }
    #expect(planned.map(\.file.path.text) == Lab.openMetadata)
    #expect(planned.allSatisfy { $0.step == .write(setsAside: false) })
    #expect(result.metadata.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("what is fetched is not described")
  func fetched() async throws {
    let lab = try Lab.described()
    try await lab.makeLock()
    let query = MapQuery([.desc: [Glob("beta")]])
    #expect(try await lab.workspace().fetch(query, repairs: false).metadata.isEmpty)
    #expect(try lab.described().isEmpty)
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
  }

  // MARK: Pins

  @Test("what was learned of the bytes is written too")
  func learns() async throws {
    let lab = try Lab.described()
    try await lab.offline.makeLock()
    #expect(try lab.lock().files.allSatisfy { $0.checksums?.sha256 == nil })
    #expect(try await lab.sync().wroteLock)
    #expect(try lab.described() == lab.metadata())
    let sidecar = try #require(try lab.text("data/\(Lab.alphaSidecar)"))
    for file in [Lab.left, Lab.right] { #expect(sidecar.contains(try #require(file.checksums.sha256?.hex))) }
  }

  @Test(
    "who leaves the lock as it is writes what it says, and not more",
    arguments: [SyncOptions.Mode.locked, .frozen])
  func knowsLittle(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.described()
    try await lab.offline.makeLock()
    let lock = try lab.text("neuromaps.lock")
    #expect(try await lab.sync(mode).failure == nil)
    #expect(try lab.text("neuromaps.lock") == lock)
    #expect(try lab.described() == lab.metadata())
    #expect(try lab.text("data/\(Lab.alphaSidecar)")?.contains("SHA256") == false)
    #expect(try await lab.workspace().status().isClean)
    #expect(try await lab.workspace().verify().treeDigest != nil)
    lab.forget()
    #expect(try await lab.sync(mode).plan.isEmpty)
    #expect(lab.files.writes.isEmpty)

    let learned = try await lab.sync()
    #expect(learned.wroteLock)
    #expect(learned.failure == nil)
    #expect(paths(learned, .written) == [Lab.alphaSidecar, Lab.betaSidecar])
    #expect(learned.outcomeWarnings.isEmpty)
    #expect(try lab.described() == lab.metadata())
    #expect(try lab.replaced().isEmpty)
    #expect(try await lab.sync().plan.isEmpty)
  }

  @Test("who has nothing to write but what was learned waits for others all the same")
  func busy() async throws {
    var lab = try Lab.described()
    try await lab.offline.makeLock()
    try await lab.sync(.locked)
    let folder = DataFolder(lab.bench.files, at: lab.project("data"))
    let held = try await WriterLock.take(
      lab.bench.files, of: folder, holder: "process 7 on lab", patience: WriterLock.Patience(), clock: RecordingClock(),
      told: { _ in })
    let before = lab.bench.disk.everything()
    lab.variables["NEUROMAPS_LOCK_TIMEOUT"] = "0"
    let refused = try await failure { try await lab.sync() }
    #expect(refused?.diagnostics.map(\.code) == [.busy])
    #expect(lab.bench.disk.everything() == before)
    try #require(held).release()
    #expect(try await lab.sync().failure == nil)
    #expect(try lab.described() == lab.metadata())
  }

  // MARK: Told and set right

  @Test("a lock without a manifest describes a directory that is named, and not the one that is everybody's")
  func lockAlone() async throws {
    var lab = try await synced()
    try lab.bench.files.remove(lab.project("neuromaps.yaml"))
    let result = try await lab.sync(.frozen)
    #expect(result.failure == nil)
    #expect(result.folder == "/home/u/neuromaps-data")
    #expect(result.metadata.isEmpty)
    #expect(try lab.bench.tree("/home/u/neuromaps-data").keys.allSatisfy { !$0.hasSuffix(".json") && $0 != "README" })
    #expect(try await lab.workspace().status().files.count == 3)
    lab.settings.dataDir = "named"
    #expect(try await lab.sync(.frozen).metadata.count == Lab.openMetadata.count)
  }

  @Test("the digest of the tree is that of sha256sum's list of maps and metadata")
  func digest() async throws {
    let lab = try await synced()
    let tree = try lab.bench.tree(lab.project("data")).filter { !$0.key.hasPrefix(".neuromaps/") }
    let lines = tree.sorted { $0.key < $1.key }.map { path, bytes in
      "\(MadeFile.checksums(of: bytes).sha256?.hex ?? "")  \(path)\n"
    }
    let result = try await lab.workspace().verify()
    #expect(lines.count == 9)
    #expect(result.files.map(\.file.path.text) == tree.keys.sorted())
    #expect(result.treeDigest == MadeFile.checksums(of: Array(lines.joined().utf8)).sha256)
    #expect(lab.files.count(.scan) == 9)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("an edited file is told, stays, and is set aside when it is to be repaired", arguments: Lab.openMetadata)
  func edited(_ name: String) async throws {
    let lab = try await synced()
    let mine = Array("what the user thinks of it".utf8)
    try lab.bench.put(mine, at: lab.project("data/\(name)"))
    let status = try await lab.workspace().status()
    #expect(wrong(status.files) == [name])
    #expect(status.extra.isEmpty)
    let verified = try await lab.workspace().verify()
    #expect(wrong(verified.files) == [name])
    #expect(verified.treeDigest == nil)
    #expect(try await lab.standing(Lab.options()) == nil)

    let left = try await lab.sync()
    #expect(left.failure?.reason == .dataDiffers)
    #expect(left.failure?.diagnostics.map(\.code) == [.differs])
    #expect(paths(left, .different) == [name])
    #expect(try lab.bench.bytes(lab.project("data/\(name)")) == mine)
    #expect(try await lab.standing(Lab.options()) == nil)

    let repaired = try await lab.sync(repairs: true)
    #expect(repaired.failure == nil)
    #expect(paths(repaired, .written) == [name])
    #expect(repaired.outcomeWarnings.map(\.code) == [.differs])
    #expect(try lab.replaced() == [mine])
    #expect(try lab.described() == lab.metadata())
    #expect(try await lab.sync().plan.isEmpty)
    #expect(try await lab.workspace().cleanStanding() != nil)
  }

  @Test("a file that was removed is told, and comes back", arguments: Lab.openMetadata)
  func removed(_ name: String) async throws {
    let lab = try await synced()
    try lab.bench.files.remove(lab.project("data/\(name)"))
    #expect(wrong(try await lab.workspace().status().files) == [name])
    #expect(try await lab.workspace().verify().treeDigest == nil)
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(paths(result, .written) == [name])
    #expect(result.outcomeWarnings.isEmpty)
    #expect(try lab.described() == lab.metadata())
    #expect(lab.transport.requests.isEmpty)
    #expect(try await lab.workspace().cleanStanding() != nil)
  }
}
