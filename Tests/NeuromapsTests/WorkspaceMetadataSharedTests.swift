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

@Suite("A directory that describes itself and is not the project's alone")
struct WorkspaceMetadataSharedTests {
  private static let mine = Array("what the user thinks of it".utf8)
  private static let elsewhere = FilePath("/bench/elsewhere/README")

  private func readme(_ lab: Lab) -> FilePath { lab.project("data/README") }

  private func paths(_ result: SyncResult, _ fate: SyncOutcome.Fate) -> [String] {
    result.metadata.filter { $0.fate == fate }.map(\.file.path.text)
  }

  // MARK: The user's

  @Test("a README that was there before is told as different, and is never lost")
  func usersReadme() async throws {
    let lab = try Lab.described()
    try lab.bench.put(Self.mine, at: readme(lab))
    let first = try await lab.sync()
    #expect(first.failure?.reason == .dataDiffers)
    #expect(first.wroteLock)
    #expect(first.fates == [.downloaded, .downloaded, .downloaded])
    #expect(paths(first, .different) == ["README"])
    #expect(paths(first, .written).count == 5)
    let again = try await lab.sync()
    #expect(again.failure?.reason == .dataDiffers)
    #expect(again.plan.changesNothing)
    #expect(try await lab.standing(Lab.options()) == nil)
    #expect(try lab.bench.bytes(readme(lab)) == Self.mine)

    #expect(try await lab.sync(repairs: true).failure == nil)
    #expect(try lab.described() == lab.metadata())
    #expect(try lab.replaced() == [Self.mine])
  }

  @Test("a README of the user's stays when the metadata is turned off")
  func usersReadmeStays() async throws {
    let lab = try Lab.described()
    try lab.bench.put(Self.mine, at: readme(lab))
    try await lab.sync()
    try lab.want(Lab.alphaMap, Lab.betaMap)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.count == 5)
    #expect(result.warnings.isEmpty)
    #expect(try lab.described() == ["README": Self.mine])
  }

  @Test("a folder of that name is told, and left whatever is asked")
  func folder() async throws {
    let lab = try Lab.described()
    try lab.bench.put(Self.mine, at: readme(lab).appending("part-1.txt"))
    for repairs in [false, true] {
      let result = try await lab.sync(repairs: repairs)
      #expect(result.failure?.reason == .dataDiffers)
      #expect(paths(result, .different) == ["README"])
    }
    #expect(try lab.described()["README/part-1.txt"] == Self.mine)
    try lab.want(Lab.alphaMap, Lab.betaMap)
    #expect(try await lab.prune().removed.count == 5)
    #expect(try lab.described() == ["README/part-1.txt": Self.mine])
  }

  // MARK: Links

  @Test("a link that leads out is not written through, and gives way when asked")
  func link() async throws {
    let lab = try Lab.described()
    try lab.bench.put(Self.mine, at: Self.elsewhere)
    try lab.bench.link(readme(lab), to: Self.elsewhere.string)
    #expect(paths(try await lab.sync(), .different) == ["README"])
    #expect(try lab.bench.files.linkTarget(readme(lab)) == Self.elsewhere)
    #expect(try await lab.sync(repairs: true).failure == nil)
    #expect(try lab.bench.files.linkTarget(readme(lab)) == nil)
    #expect(try lab.described() == lab.metadata())
    #expect(try lab.bench.tree(Self.elsewhere.removingLastComponent()) == ["README": Self.mine])
  }

  @Test("a link to nowhere is not written through either")
  func linkToNowhere() async throws {
    let lab = try Lab.described()
    try lab.bench.link(readme(lab), to: Self.elsewhere.string)
    for repairs in [false, true] {
      #expect(paths(try await lab.sync(repairs: repairs), .different) == ["README"])
      #expect(try lab.bench.files.linkTarget(readme(lab)) == Self.elsewhere)
    }
    #expect(try lab.bench.files.status(Self.elsewhere) == nil)
  }

  @Test("of a README that was moved elsewhere and is linked, neither the link nor the file is removed")
  func movedAndLinked() async throws {
    let lab = try Lab.described()
    try await lab.sync()
    let bytes = try #require(try lab.bench.bytes(readme(lab)))
    try lab.bench.put([], at: Self.elsewhere.removingLastComponent().appending("x"))
    try lab.bench.files.rename(readme(lab), to: Self.elsewhere, replacing: false)
    try lab.bench.link(readme(lab), to: Self.elsewhere.string)
    let linked = try await lab.sync()
    #expect(linked.failure == nil)
    #expect(paths(linked, .written).isEmpty)
    try lab.want(Lab.alphaMap, Lab.betaMap)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.map(\.path.text) == Lab.openMetadata.filter { $0 != "README" })
    #expect(try lab.bench.files.linkTarget(readme(lab)) == Self.elsewhere)
    #expect(try lab.bench.bytes(Self.elsewhere) == bytes)
  }

  @Test("a link to an object that the store has no more is in nobody's way")
  func brokenStoreLink() async throws {
    let lab = try Lab.described()
    let hex = try #require(Lab.beta.checksums.sha256?.hex)
    try lab.bench.link(readme(lab), to: "/bench/gone/sha256/\(hex.prefix(2))/\(hex.dropFirst(2))")
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(paths(result, .written) == Lab.openMetadata)
    #expect(try lab.bench.files.linkTarget(readme(lab)) == nil)
    #expect(try lab.described() == lab.metadata())
  }

  // MARK: Two projects

  /// Two projects with one data directory.
  private func pair() throws -> (first: Lab, second: Lab) {
    var first = try Lab.described()
    first.settings.dataDir = "/bench/shared"
    var second = first
    second.current = first.bench.at("second")
    try first.bench.put(Array(Lab.citingCatalog().utf8), at: second.current.appending("catalog.yaml"))
    return (first, second)
  }

  @Test("what the first says of the whole stays; the second is content, and describes its own maps")
  func twoProjects() async throws {
    let (first, second) = try pair()
    try first.want(Lab.alphaMap, metadata: true)
    try second.want(Lab.alphaMap, Lab.betaMap, metadata: true)
    #expect(try await first.sync().failure == nil)
    let before = try first.metadata()
    #expect(try first.described(in: "shared") == before)

    let result = try await second.sync()
    let whole = try second.metadata()
    let own = whole.filter { before[$0.key] == nil || before[$0.key] == $0.value }
    #expect(before["README"] != whole["README"])
    #expect(result.failure == nil)
    #expect(result.warnings.isEmpty)
    #expect(result.metadata.map(\.file.path.text) == own.keys.sorted())
    #expect(paths(result, .written) == [Lab.betaSidecar])
    #expect(try second.described(in: "shared") == before.merging(own) { kept, _ in kept })
    #expect(try await second.workspace().status().isClean)
    #expect(try await second.workspace().verify().treeDigest != nil)
    #expect(try await second.sync().plan.isEmpty)
    #expect(try await first.sync().plan.isEmpty)
    #expect(try await first.standing(Lab.options()) != nil)
    #expect(try await first.workspace().status().files.allSatisfy { $0.isRight })
  }

  @Test("each takes away its own, and what one has given up the other writes as it has it")
  func eachItsOwn() async throws {
    let (first, second) = try pair()
    try first.want(Lab.alphaMap, metadata: true)
    try second.want(Lab.alphaMap, Lab.betaMap, metadata: true)
    try await first.sync()
    try await second.sync()
    let (before, whole) = (try first.metadata(), try second.metadata())
    let differing = before.filter { whole[$0.key] != $0.value }.keys.sorted()

    try first.want(Lab.alphaMap)
    let given = try await first.prune()
    #expect(given.failure == nil)
    #expect(given.removed.map(\.path.text) == differing)
    #expect(given.warnings.allSatisfy { $0.code == .kept })
    #expect(given.warnings.count == before.count - differing.count)

    // That is not passed over.
    #expect(try await second.standing(Lab.options()) == nil)
    let written = try await second.sync()
    #expect(written.failure == nil)
    #expect(paths(written, .written) == differing)
    #expect(try second.described(in: "shared") == whole)
    #expect(try await second.standing(Lab.options()) != nil)

    try second.want(Lab.alphaMap, Lab.betaMap)
    let removed = try await second.prune().removed.map(\.path.text)
    #expect(removed == (differing + [Lab.betaSidecar]).sorted())
    #expect(try await first.prune().removed.map(\.path.text) == before.keys.filter { !differing.contains($0) }.sorted())
    #expect(try second.described(in: "shared").isEmpty)
    #expect(try second.replaced(in: "shared").isEmpty)
  }

  @Test("two that want the same come to say the same anew, in whatever order, without an edit being seen")
  func bothChange() async throws {
    let (first, second) = try pair()
    for lab in [first, second] {
      try lab.want(Lab.alphaMap, metadata: true)
      #expect(try await lab.sync().failure == nil)
    }
    let before = try first.metadata()
    for lab in [first, second] { try lab.want(Lab.alphaMap, Lab.betaMap, metadata: true) }
    // The second still wants the old one.
    #expect(try await first.sync().failure == nil)
    #expect(try first.described(in: "shared")["README"] == before["README"])
    let result = try await second.sync()
    #expect(result.failure == nil)
    #expect(result.outcomeWarnings.isEmpty)
    #expect(try second.described(in: "shared") == second.metadata())
    #expect(try await first.sync().failure == nil)
    #expect(try first.described(in: "shared") == first.metadata())
    #expect(try second.replaced(in: "shared").isEmpty)
    for lab in [first, second] {
      #expect(try await lab.standing(Lab.options()) != nil)
      #expect(try await lab.workspace().status().isClean)
    }
  }
}
