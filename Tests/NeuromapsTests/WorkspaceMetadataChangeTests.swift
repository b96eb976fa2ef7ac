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

@Suite("A description that follows what the project wants")
struct WorkspaceMetadataChangeTests {
  private static let notes = "annotations/lab/alpha/fsLR/notes.txt"
  private static let mine = Array("what the user thinks of it".utf8)

  private func synced() async throws -> Lab {
    let lab = try Lab.described()
    try await lab.sync()
    return lab
  }

  private func paths(_ result: SyncResult, _ fate: SyncOutcome.Fate) -> [String] {
    result.metadata.filter { $0.fate == fate }.map(\.file.path.text)
  }

  // MARK: Fewer maps

  @Test("without a map the rest is written anew, of what nobody has edited no copy is kept, and the rest can go")
  func fewerMaps() async throws {
    let lab = try await synced()
    for path in [Self.notes, "participants.tsv"] { try lab.bench.put(Self.mine, at: lab.project("data/\(path)")) }
    try lab.want(Lab.betaMap, metadata: true)
    try await lab.makeLock()
    let extra = [Self.notes, Lab.alphaSidecar, Lab.left.path.text, Lab.right.path.text]
    let status = try await lab.workspace().status()
    #expect(status.extra == extra)
    let outdated = status.files.filter { if case .outdated = $0.observation { true } else { false } }
    #expect(outdated.map(\.file.path.text) == ["CITATION.cff", "README"])
    #expect(status.files.allSatisfy { file in file.isRight || outdated.contains { $0.file == file.file } })

    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.outcomeWarnings.isEmpty)
    #expect(paths(result, .written) == ["CITATION.cff", "README"])
    #expect(try lab.replaced().isEmpty)
    #expect(try await lab.workspace().status().extra == extra)

    let pruned = try await lab.prune()
    #expect(pruned.removed.map(\.path.text) == Array(extra.dropFirst()))
    #expect(pruned.failure == nil)
    #expect(pruned.warnings.isEmpty)
    var expected = try lab.metadata()
    for path in [Self.notes, "participants.tsv"] { expected[path] = Self.mine }
    #expect(try lab.described() == expected)
    #expect(try lab.replaced().isEmpty)
    #expect(try await lab.prune().plan.isEmpty)
  }

  @Test("a file that was edited stays when its map goes")
  func editedSidecar() async throws {
    let lab = try await synced()
    try lab.bench.put(Self.mine, at: lab.project("data/\(Lab.alphaSidecar)"))
    try lab.want(Lab.betaMap, metadata: true)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.map(\.path) == [Lab.left.path, Lab.right.path])
    #expect(result.warnings.map(\.code) == [.kept])
    #expect(try lab.bench.bytes(lab.project("data/\(Lab.alphaSidecar)")) == Self.mine)
  }

  // MARK: Turned off

  @Test("turned off it stays until it may go, and goes whole; turned on again it is the same")
  func turnedOff() async throws {
    let lab = try await synced()
    let before = try lab.described()
    try lab.bench.put(Self.mine, at: lab.project("data/notes.txt"))
    try lab.want(Lab.alphaMap, Lab.betaMap)
    let off = try await lab.sync()
    #expect(off.failure == nil)
    #expect(off.metadata.isEmpty)
    #expect(try lab.lock().metadata == nil)
    #expect(try lab.described().count == 7)
    let status = try await lab.workspace().status()
    #expect(status.files.count == 3)
    #expect(status.extra == [Lab.alphaSidecar, Lab.betaSidecar])

    let pruned = try await lab.prune()
    #expect(pruned.failure == nil)
    #expect(pruned.removed.map(\.path.text) == Lab.openMetadata)
    #expect(pruned.warnings.isEmpty)
    #expect(try lab.described() == ["notes.txt": Self.mine])
    for file in Lab.open { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
    #expect(try await lab.workspace().cleanStanding() != nil)
    #expect(try await lab.prune().plan.isEmpty)

    try lab.bench.files.remove(lab.project("data/notes.txt"))
    try lab.want(Lab.alphaMap, Lab.betaMap, metadata: true)
    #expect(paths(try await lab.sync(), .written) == Lab.openMetadata)
    #expect(try lab.described() == before)
  }

  @Test("turned off, an edited file is told of and stays")
  func turnedOffEdited() async throws {
    let lab = try await synced()
    try lab.bench.put(Self.mine, at: lab.project("data/README"))
    try lab.want(Lab.alphaMap, Lab.betaMap)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.map(\.path.text) == Lab.openMetadata.filter { $0 != "README" })
    #expect(result.warnings.flatMap(\.notes) == ["it is not what was put there"])
    #expect(try lab.described() == ["README": Self.mine])
  }

  // MARK: A part

  private func grouped() throws -> Lab {
    let lab = try Lab.withGroups()
    try lab.write(Lab.manifest("- \(Lab.alphaMap)", metadata: true, also: Lab.bothGroups))
    return lab
  }

  @Test("of a part the files about its maps are written, and those about the whole")
  func only() async throws {
    let lab = try Lab.described()
    let part = try await lab.sync(by: Lab.options(only: [Lab.betaMap]))
    let names = Lab.openMetadata.filter { $0 != Lab.alphaSidecar }
    #expect(part.failure == nil)
    #expect(part.fates == [.downloaded])
    #expect(paths(part, .written) == names)
    let whole = try lab.metadata()
    #expect(try lab.described() == whole.filter { names.contains($0.key) })
    #expect(try await lab.standing(Lab.options()) == nil)
    // What the part is without is taken for none of its business.
    #expect(try await lab.sync(by: Lab.options(only: [Lab.betaMap], prunes: true)).plan.isEmpty)

    let rest = try await lab.sync()
    #expect(paths(rest, .written) == [Lab.alphaSidecar])
    #expect(paths(rest, .unchanged) == names)
    #expect(try lab.described() == whole)
    #expect(try await lab.sync(by: Lab.options(only: [Lab.betaMap], prunes: true)).plan.isEmpty)
    #expect(try lab.described() == whole)
  }

  @Test("a group brings the files about its maps; those about the whole tell of all groups from the start")
  func groups() async throws {
    let lab = try grouped()
    let main = try await lab.sync()
    let names = Lab.openMetadata.filter { $0 != Lab.betaSidecar }
    #expect(main.failure == nil)
    #expect(paths(main, .written) == names)
    let whole = try lab.metadata()
    #expect(whole.count == 7)
    #expect(try lab.described() == whole.filter { names.contains($0.key) })
    #expect(try await lab.workspace().status().isClean)
    #expect(try await lab.workspace().cleanStanding() != nil)
    #expect(try await lab.workspace().verify().files.count == 7)

    let paper = Lab.options(.named(["paper"]), prunes: true)
    let more = try await lab.sync(by: paper)
    #expect(more.failure == nil)
    #expect(paths(more, .written) == [Lab.betaSidecar, Lab.deltaSidecar])
    #expect(paths(more, .unchanged) == names)
    #expect(try lab.described() == whole)
    #expect(try await lab.standing(paper) != nil)
    #expect(try await lab.workspace().status(.named(["paper"])).isClean)
    #expect(try await lab.workspace().verify(.named(["paper"])).files.count == 11)

    // They are of no concern to who wants less, and are not taken away either.
    #expect(try await lab.workspace().status().isClean)
    #expect(try await lab.sync(by: Lab.options(prunes: true)).plan.isEmpty)
    #expect(try lab.described() == whole)
    try lab.write(Lab.manifest("- \(Lab.alphaMap)", metadata: true))
    let pruned = try await lab.prune()
    #expect(
      pruned.removed.map(\.path.text) == [
        Lab.betaSidecar, Lab.beta.path.text, Lab.deltaSidecar, Lab.delta.path.text,
      ])
    #expect(try lab.described() == lab.metadata())
  }
}
