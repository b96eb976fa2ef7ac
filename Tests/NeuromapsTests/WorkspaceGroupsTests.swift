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

@Suite("A project with groups")
struct WorkspaceGroupsTests {
  private static let main = Lab.options()
  private static let figures = Lab.options(.named(["figures"]))
  private static let paper = Lab.options(.named(["paper"]))
  private static let everything = Lab.options(.all)

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  private func isAtRest(_ result: SyncResult) -> Bool {
    result.plan.isEmpty && result.failure == nil && result.warnings.isEmpty && !result.wroteLock
  }

  // MARK: What comes

  @Test("locks everything and brings the main set")
  func main() async throws {
    let lab = try Lab.withGroups()
    let result = try await lab.sync()
    #expect(result.fates == [.downloaded, .downloaded])
    #expect(result.failure == nil)
    #expect(result.wanted.files.map(\.path) == [Lab.left.path, Lab.right.path])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == nil)
    #expect(!lab.transport.downloads.contains { $0.url.contains(Lab.beta.id) })
    let lock = try lab.lock()
    #expect(lock == result.lock)
    #expect(lock.files.map(\.path) == Lab.grouped.map(\.path))
    #expect(lock.maps.map(\.groups) == [[], ["figures", "paper"], ["paper"]])
  }

  @Test("brings a group beside the main set, or all of them")
  func groups() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync()
    #expect(try await lab.sync(by: Self.figures).fates == [.unchanged, .unchanged, .downloaded])
    #expect(try await lab.sync(by: Self.everything).fates == [.unchanged, .unchanged, .unchanged, .downloaded])
    for file in Lab.grouped { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
  }

  @Test("what a group shares with the main set is the main set's")
  func shared() async throws {
    let lab = try Lab.withGroups()
    try lab.write(
      Lab.manifest("- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm", also: Lab.bothGroups))
    #expect(try await lab.sync().fates == [.downloaded, .downloaded, .downloaded])
    #expect(try lab.lock().maps.map(\.groups) == [[], [], ["paper"]])
    // It has no map of its own, and is a group all the same.
    #expect(try await lab.sync(by: Self.figures).plan.isEmpty)
  }

  @Test("a dry run plans what is asked for")
  func dryRun() async throws {
    let lab = try Lab.withGroups()
    var options = Self.figures
    options.isDryRun = true
    let result = try await lab.sync(by: options)
    #expect(result.plan.steps.map(\.file.path) == Lab.open.map(\.path))
    #expect(result.wanted.files.count == 3)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a restricted map of a group needs a token only for who asks for the group")
  func restricted() async throws {
    let lab = try Lab.complete()
    try lab.write(
      Lab.manifest("- lab/alpha/fsLR/32k", also: "groups: {secret: {annotations: [lab/gamma/MNI152/1mm]}}"))
    #expect(try await lab.sync().failure == nil)
    #expect(try await lab.sync(by: Self.everything).failure?.reason == .tokenNeeded)
  }

  @Test("an atlas of a group is unpacked only for who asks for the group")
  func atlases() async throws {
    let lab = try Lab()
    try lab.write([LabAtlas.mine, .tiny])
    try lab.write(
      Lab.manifest("- lab/beta/MNI152/2mm", also: "atlases: [tiny]\ngroups: {surfaces: {atlases: [mine/1k]}}"))
    #expect(try await lab.sync().fates == [.downloaded, .downloaded])
    #expect(try lab.lock().atlases.map(\.groups) == [["surfaces"], []])
    #expect(try lab.lock().files.map { $0.checksums == nil } == [false, true, true, false])
    #expect(try await lab.standing(Self.main)?.answer.atlases == 1)
    let all = try await lab.sync(by: Self.everything)
    #expect(all.fates == [.unchanged, .downloaded, .downloaded, .unchanged])
    #expect(try lab.lock().files.allSatisfy { $0.checksums?.sha256 != nil })
  }

  @Test("what is learned of a part completes the lock, which stays whole")
  func learns() async throws {
    let lab = try Lab.withGroups()
    try await lab.offline.makeLock()
    let part = try await lab.sync(by: Self.figures)
    #expect(part.wroteLock)
    #expect(try lab.lock() == part.lock)
    let known = Lab.open.map(\.checksums) + [Lab.delta.checksums(.md5)]
    #expect(part.lock.files.map(\.checksums) == known)
    #expect(try await lab.sync(by: Self.everything).wroteLock)
    let other = try Lab.withGroups()
    try await other.makeLock()
    #expect(try lab.text("neuromaps.lock") == other.text("neuromaps.lock"))
  }

  // MARK: At rest

  @Test(
    "asked the same again it makes no request and no write",
    arguments: [GroupSelection.main, .named(["figures"]), .named(["figures", "paper"]), .all])
  func rests(_ groups: GroupSelection) async throws {
    let lab = try Lab.withGroups()
    let options = Lab.options(groups)
    let first = try await lab.sync(by: options)
    lab.forget()
    lab.files.makeReadOnly()
    let standing = try #require(try await lab.standing(options))
    #expect(standing.answer.files == first.wanted.files.count)
    #expect(standing.answer.maps == first.wanted.maps.count)
    // As with `--json`, which does not go by that alone.
    let again = try await lab.sync(by: options)
    #expect(again.fates.allSatisfy { $0 == .unchanged })
    #expect(isAtRest(again))
    #expect(lab.files.records.filter { $0.call == .scan }.map(\.path) == [lab.project("neuromaps.lock")])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("asked for less than is there it does nothing, and knows that more is there")
  func less() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    lab.forget()
    lab.files.makeReadOnly()
    for options in [Self.main, Self.figures, Self.paper, Self.everything] {
      #expect(try await lab.standing(options)?.answer.files == 4)
      #expect(try await isAtRest(lab.sync(by: options)))
    }
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("asked for more than is there it does not believe that all is done")
  func more() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync()
    #expect(try await lab.standing(Self.main) != nil)
    for options in [Self.figures, Self.paper, Self.everything] { #expect(try await lab.standing(options) == nil) }
    try await lab.sync(by: Self.figures)
    #expect(try await lab.standing(Self.figures) != nil)
    for options in [Self.paper, Self.everything] { #expect(try await lab.standing(options) == nil) }
  }

  @Test("a group's files that are gone again are nothing to a plain sync, and come with the group")
  func goneAgain() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    try lab.bench.files.remove(lab.data(Lab.beta))
    lab.forget()
    #expect(try await lab.standing(Self.main) == nil)
    #expect(try await isAtRest(lab.sync()))
    lab.forget()
    lab.files.makeReadOnly()
    #expect(try await lab.standing(Self.main)?.answer.files == 2)
    #expect(try await isAtRest(lab.sync()))
    #expect(lab.files.writes.isEmpty)
    #expect(try await lab.standing(Self.figures) == nil)
    lab.files.makeReadOnly(false)
    #expect(try await lab.sync(by: Self.figures).fates == [.unchanged, .unchanged, .reused])
    #expect(try await lab.standing(Self.figures)?.answer.files == 3)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a group's file that was changed is no concern of who does not ask for the group")
  func changed() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    let edited = Array(Lab.beta.bytes.reversed())
    try lab.bench.put(edited, at: lab.data(Lab.beta))
    #expect(try await isAtRest(lab.sync()))
    #expect(try await lab.workspace().status().isClean)
    #expect(try await lab.workspace().verify().treeDigest != nil)
    let asked = try await lab.sync(by: Self.figures)
    #expect(asked.fates == [.unchanged, .unchanged, .different])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == edited)
  }

  // MARK: Pruning

  @Test("pruning leaves what is locked for a group that is not asked for")
  func prunesNoGroup() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    for options in [Lab.options(prunes: true), Lab.options(.named(["figures"]), prunes: true)] {
      let result = try await lab.sync(by: options)
      #expect(result.removed.isEmpty)
      #expect(isAtRest(result))
      for file in Lab.grouped { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
      #expect(try await lab.standing(options) != nil)
    }
  }

  @Test("pruning takes what has left its group, and what no group wants any more")
  func prunesWhatLeft() async throws {
    let lab = try Lab.withGroups()
    try await lab.sync(by: Self.everything)
    try lab.write(
      Lab.manifest("- lab/alpha/fsLR/32k", also: "groups: {figures: {annotations: [lab/beta/MNI152/2mm]}}"))
    #expect(try await lab.sync(by: Lab.options(prunes: true)).removed.map(\.path) == [Lab.delta.path])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
    try lab.write(Lab.manifest("- lab/alpha/fsLR/32k"))
    #expect(try await lab.sync(by: Lab.options(prunes: true)).removed.map(\.path) == [Lab.beta.path])
  }

  // MARK: Groups that are not there

  @Test(
    "a group that is not there is told of with those that are, and nothing is done",
    arguments: [SyncOptions.Mode.update, .locked, .frozen])
  func unknown(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.withGroups()
    try await lab.makeLock()
    lab.forget()
    let failure = try await failure { try await lab.sync(by: Lab.options(.named(["figure", "zzz"]), mode)) }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.noSuchGroup, .noSuchGroup])
    #expect(
      failure?.diagnostics.map(\.hints) == [["did you mean `figures`?"], ["there are `figures`, `paper`"]])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("nothing is locked for a group that is not there, nor looked at")
  func unknownElsewhere() async throws {
    let lab = try Lab.withGroups()
    let wrong = GroupSelection.named(["figure"])
    #expect(codes(try await failure { try await lab.sync(by: Lab.options(wrong)) }) == [.noSuchGroup])
    #expect(try lab.text("neuromaps.lock") == nil)
    #expect(try lab.bench.tree(lab.project("data")).isEmpty)
    try await lab.makeLock()
    for work in [
      { _ = try await lab.workspace().status(wrong) }, { _ = try await lab.workspace().verify(wrong) },
    ] as [() async throws -> Void] {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(codes(failure) == [.noSuchGroup])
    }
    let plain = try Lab.complete()
    let none = try await failure { try await plain.sync(by: Lab.options(wrong)) }
    #expect(none?.diagnostics.map(\.hints) == [["`groups` in the manifest makes some"]])
  }
}
