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

@Suite("A part of what a project has locked")
struct WorkspacePartTests {
  private static let everything = Lab.options(.all)
  private static let beta = "lab/beta/*/*"

  private func digest(_ files: [MadeFile]) -> SHA256Digest? {
    let list = files.map { "\($0.checksums.sha256?.hex ?? "")  \($0.path)\n" }.joined()
    return MadeFile.checksums(of: Array(list.utf8)).sha256
  }

  // MARK: Status and verify

  @Test("status looks at what is asked for, and what is locked for a group is never extra")
  func status() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync()
    let workspace = try lab.workspace()
    let main = try await workspace.status()
    #expect(main.isClean)
    #expect(main.files.map(\.file.path) == [Lab.left.path, Lab.right.path])
    #expect(try await workspace.cleanStanding() != nil)
    let figures = GroupSelection.named(["figures"])
    #expect(try await workspace.status(figures).files.map(\.isRight) == [true, true, false])
    #expect(try await workspace.cleanStanding(figures) == nil)

    try await lab.sync(by: Lab.options(figures))
    #expect(try await workspace.cleanStanding()?.answer.files == 3)
    #expect(try await workspace.cleanStanding(figures) != nil)
    #expect(try await workspace.cleanStanding(.all) == nil)
    #expect(try await workspace.status().extra.isEmpty)
    #expect(try await workspace.status(.all).files.map(\.isRight) == [true, true, true, false])

    // A file that came by itself, and is locked for a group, is not extra either.
    try lab.bench.put(Lab.delta.bytes, at: lab.data(Lab.delta))
    #expect(try await workspace.cleanStanding() == nil)
    #expect(try await workspace.status().isClean)
    #expect(try await workspace.status(.all).isClean)
  }

  @Test("verify hashes what is asked for, and its digest is of that")
  func verify() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Lab.options(.named(["figures"])))
    let workspace = try lab.workspace()
    #expect(try await workspace.verify().treeDigest == digest([Lab.left, Lab.right]))
    #expect(try await workspace.verify(.named(["figures"])).treeDigest == digest(Lab.open))
    #expect(try await workspace.verify(.all).treeDigest == nil)
    try await lab.sync(by: Self.everything)
    lab.forget()
    #expect(try await workspace.verify(.all).treeDigest == digest(Lab.grouped))
    #expect(lab.files.count(.scan) == 4)
    #expect(lab.files.writes.isEmpty)
  }

  // MARK: Some maps alone

  @Test("only what matches is brought, of what is asked for; the rest is left as it is")
  func only() async throws {
    let lab = try Lab.withGroups()
    let volumes = try await lab.sync(by: Lab.options(.all, only: [Self.beta, "lab/delta/*/*"]))
    #expect(volumes.fates == [.downloaded, .downloaded])
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == nil)
    #expect(try lab.lock().files.count == 4)
    // It is locked for groups alone, which are not asked for.
    let surface = try await lab.sync(by: Lab.options(only: [Self.beta, "lab/alpha/*/*"]))
    #expect(surface.wanted.maps.map(\.id.description) == ["lab/alpha/fsLR/32k"])
    #expect(surface.fates == [.downloaded, .downloaded])
    #expect(try await lab.sync(by: Self.everything).plan.isEmpty)
  }

  @Test("after a part it is not believed that all is done")
  func partIsNotAll() async throws {
    let lab = try Lab.complete()
    try await lab.sync(by: Lab.options(only: [Self.beta]))
    #expect(try await lab.standing(Lab.options()) == nil)
    #expect(try await lab.workspace().cleanStanding() == nil)
    #expect(try await lab.sync().fates == [.downloaded, .downloaded, .unchanged])
    #expect(try await lab.standing(Lab.options()) != nil)
  }

  @Test("bringing a part that is there writes nothing")
  func rests() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    lab.forget()
    lab.files.makeReadOnly()
    let result = try await lab.sync(by: Lab.options(.all, only: [Self.beta]))
    #expect(result.fates == [.unchanged])
    #expect(!result.wroteLock)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    #expect(try await lab.standing(Self.everything)?.answer.files == 4)
  }

  @Test("bringing a part forgets nothing of the rest: neither its bytes nor whose it is")
  func forgetsNothing() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    try lab.bench.files.remove(lab.data(Lab.beta))
    #expect(try await lab.sync(by: Lab.options(.all, only: [Self.beta])).fates == [.reused])
    lab.forget()
    #expect(try await lab.sync(by: Self.everything).fates.allSatisfy { $0 == .unchanged })
    #expect(lab.files.count(.scan) == 0)
    try lab.write(Lab.manifest("- lab/alpha/fsLR/32k"))
    let pruned = try await lab.sync(by: Lab.options(prunes: true))
    #expect(pruned.removed.map(\.path) == [Lab.beta.path, Lab.delta.path])
  }

  @Test("pruning with a part takes nothing that is locked, and still takes what is not")
  func prunes() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    let options = Lab.options(only: ["lab/alpha/*/*"], prunes: true)
    #expect(try await lab.sync(by: options).removed.isEmpty)
    try lab.write(
      Lab.manifest("- lab/alpha/fsLR/32k", also: "groups: {figures: {annotations: [lab/beta/MNI152/2mm]}}"))
    #expect(try await lab.sync(by: options).removed.map(\.path) == [Lab.delta.path])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
  }

  // MARK: Frozen

  @Test("a frozen sync goes by the lock's groups, without a manifest")
  func frozen() async throws {
    var lab = try Lab.withGroups()
    try await lab.makeLock()
    try lab.bench.files.remove(lab.project("neuromaps.yaml"))
    lab.settings.dataDir = "named"
    #expect(try await lab.sync(.frozen).fates == [.downloaded, .downloaded])
    let figures = try await lab.sync(by: Lab.options(.named(["figures"]), .frozen))
    #expect(figures.fates == [.unchanged, .unchanged, .downloaded])
    let all = Lab.options(.all, .frozen)
    #expect(try await lab.sync(by: all).fates == [.unchanged, .unchanged, .unchanged, .downloaded])
    lab.forget()
    lab.files.makeReadOnly()
    #expect(try await lab.sync(by: all).plan.isEmpty)
    #expect(try await lab.standing(Lab.options(.named(["figures", "paper"]), .frozen)) != nil)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    let unknown = try await failure { try await lab.sync(by: Lab.options(.named(["zzz"]), .frozen)) }
    #expect(unknown?.diagnostics.map(\.hints) == [["there are `figures`, `paper`"]])
  }
}
