import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Sync
import TestWorld
import Testing

@Suite("A project with a restricted map among others")
struct WorkspaceRestrictedTests {
  private static let wanted = ["- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm", "- lab/gamma/MNI152/1mm"]

  private func lab(_ transport: ScriptedTransport = .osf(Lab.all)) throws -> Lab {
    try Lab.complete(atlases: [.mine], wanting: Self.wanted, transport)
  }

  private func sync(_ lab: Lab, skips: Bool) async throws -> SyncResult {
    var options = SyncOptions()
    options.policy.skipsRestricted = skips
    return try await lab.workspace().sync(options)
  }

  private func secret(_ result: SyncResult) -> SyncOutcome? {
    result.outcomes.first { $0.file.path == Lab.secret.path }
  }

  @Test("everything else arrives without a token, and the token is the reason")
  func withoutToken() async throws {
    let lab = try lab()
    let result = try await sync(lab, skips: false)
    #expect(result.failure?.reason == .tokenNeeded)
    #expect(result.failure?.diagnostics.map(\.code) == [.tokenNeeded])
    #expect(result.failure?.diagnostics.first?.message.contains("lab/gamma/MNI152/1mm") == true)
    #expect(result.fates.count { $0 == .downloaded } == 5)
    #expect(secret(result)?.fate == .failed)
    #expect(secret(result)?.lacksToken == true)
    for file in Lab.open { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
    for (path, bytes) in LabAtlas.mine.files { #expect(try lab.data(path) == bytes) }
    #expect(lab.transport.requests.allSatisfy { $0.headers["Authorization"] == nil })
    #expect(result.wroteLock)
  }

  @Test("a token that is refused is the same reason")
  func refusedToken() async throws {
    var lab = try lab()
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "wrong"
    #expect(try await sync(lab, skips: false).failure?.reason == .tokenNeeded)
    #expect(try await sync(lab, skips: true).failure == nil)
  }

  @Test("another failure beside it is the reason, and both are told")
  func otherFailure() async throws {
    let lab = try lab(.osf([Lab.left, Lab.right, Lab.secret]))
    let result = try await sync(lab, skips: false)
    #expect(result.failure?.reason == .couldNot)
    #expect(result.failure?.diagnostics.contains { $0.code == .tokenNeeded } == true)
    #expect(result.failure?.diagnostics.count == 2)
    #expect(try await sync(lab, skips: true).failure?.reason == .couldNot)
  }

  @Test("an archive that cannot be unpacked is another failure")
  func brokenArchive() async throws {
    let lab = try lab()
    try lab.bench.files.remove(lab.project(LabAtlas.mine.origin))
    let result = try await sync(lab, skips: false)
    #expect(result.failure?.reason == .couldNot)
    #expect(result.fates.count { $0 == .failed } == 3)
    #expect(result.failure?.diagnostics.count == 2)
  }

  @Test("a changed file beside it is told, and the token remains the reason")
  func changedFile() async throws {
    let lab = try lab()
    try lab.bench.put([1], at: lab.data(Lab.beta))
    let result = try await sync(lab, skips: false)
    #expect(result.failure?.reason == .tokenNeeded)
    #expect(Set(result.failure?.diagnostics.map(\.code) ?? []) == [.tokenNeeded, .differs])
    #expect(try await sync(lab, skips: true).failure?.reason == .dataDiffers)
  }

  @Test("it can be left out: it stays locked, nobody is asked, and nothing fails")
  func skipped() async throws {
    let lab = try lab()
    let result = try await sync(lab, skips: true)
    #expect(result.failure == nil)
    #expect(secret(result)?.fate == .skipped)
    #expect(result.lock.maps.map(\.id.description).contains("lab/gamma/MNI152/1mm"))
    #expect(lab.transport.requests.allSatisfy { !$0.url.contains(Lab.secret.id) })
    #expect(try lab.bench.bytes(lab.data(Lab.secret)) == nil)
    lab.forget()
    let again = try await sync(lab, skips: true)
    #expect(again.plan.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    #expect(try await !lab.workspace().status().isClean)
  }

  @Test("it is kept where it is there, left out or not")
  func there() async throws {
    var lab = try lab()
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    #expect(try await sync(lab, skips: false).failure == nil)
    lab.variables["NEUROMAPS_OSF_TOKEN"] = nil
    for skips in [true, false] {
      let result = try await sync(lab, skips: skips)
      #expect(result.failure == nil)
      #expect(secret(result)?.fate == .unchanged)
    }
    #expect(try await lab.workspace().status().isClean)
  }

  @Test("the store's copy of it needs no token")
  func stored() async throws {
    var lab = try lab()
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    try await lab.sync()
    lab.variables["NEUROMAPS_OSF_TOKEN"] = nil
    try lab.bench.files.remove(lab.data(Lab.secret))
    #expect(secret(try await sync(lab, skips: false))?.fate == .reused)
  }
}
