import Catalog
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

@Suite("The store, as a person sees it")
struct WorkspaceCacheTests {
  fileprivate static let modes = [LinkMode.auto, .copy, .hardlink, .symlink]

  private func synced(_ mode: LinkMode = .auto) async throws -> Lab {
    var lab = try Lab.complete()
    lab.settings.linkMode = mode
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.fates == [.downloaded, .downloaded, .downloaded])
    return lab
  }

  private func object(_ file: MadeFile, _ lab: Lab) throws -> FilePath? {
    try lab.workspace().store().object(file.checksums)?.path
  }

  private func digest(_ file: MadeFile) throws -> SHA256Digest { try #require(file.checksums.sha256) }

  /// Other bytes of the same length in place of an object's.
  private func damage(_ file: MadeFile, _ lab: Lab) throws {
    try lab.bench.put(Array(file.bytes.reversed()), at: try #require(try object(file, lab)))
  }

  /// The lab after its volume was published anew and its file replaced.
  private func upgraded(_ lab: Lab) async throws -> Lab {
    let fresh = MadeFile.freshBeta
    let later = try Lab(.osf([Lab.left, Lab.right, fresh]), disk: lab.bench.disk)
    try later.write(Lab.catalog([Lab.left, Lab.right, fresh], revision: "2"), at: "catalog.yaml")
    try await later.makeLock(upgradesAll: true)
    #expect(try await later.sync().failure == nil)
    return later
  }

  private func isRight(_ lab: Lab) throws -> Bool {
    try Lab.open.allSatisfy { try lab.bench.bytes(lab.data($0)) == $0.bytes }
  }

  @Test("where the store is, and how much it holds")
  func size() async throws {
    let lab = try await synced()
    #expect(try lab.workspace().cachePath() == "/home/u/.cache/neuromaps")
    let size = try lab.workspace().cacheSize()
    #expect(size == Self.size(objects: 3, bytes: 1110))
    var other = lab
    other.settings.cacheDir = "elsewhere"
    #expect(try other.workspace().cachePath() == lab.project("elsewhere"))
    #expect(try other.workspace().cacheSize() == Self.size(objects: 0, bytes: 0))
  }

  private static func size(objects: Int, bytes: Int64) -> ObjectStore.Size {
    var size = ObjectStore.Size()
    size.objects = objects
    size.bytes = bytes
    return size
  }

  @Test("a damaged object is found and taken out, and comes anew when it is needed")
  func verify() async throws {
    let lab = try await synced()
    let whole = try await lab.workspace().verifyCache()
    #expect(whole.damaged.isEmpty)
    #expect(whole.count == 3)
    try damage(Lab.beta, lab)
    let result = try await lab.workspace().verifyCache()
    let beta = try digest(Lab.beta)
    #expect(result.damaged.map(\.digest) == [beta])
    #expect(result.count == 3)
    #expect(try object(Lab.beta, lab) == nil)
    #expect(try await lab.sync().plan.isEmpty)
    try lab.bench.files.remove(lab.data(Lab.beta))
    #expect(try await lab.sync().fates == [.unchanged, .unchanged, .downloaded])
    #expect(try await lab.workspace().verifyCache().damaged.isEmpty)
    #expect(try lab.workspace().cacheSize().objects == 3)
  }

  @Test("pruning keeps what a data directory holds and drops objects of old pins")
  func prune() async throws {
    let lab = try await synced()
    #expect(try lab.workspace().pruneCache(isDryRun: false).objects.isEmpty)
    let later = try await upgraded(lab)
    #expect(try later.workspace().cacheSize().objects == 4)
    let planned = try later.workspace().pruneCache(isDryRun: true)
    let old = try digest(Lab.beta)
    #expect(planned.objects.map(\.digest) == [old])
    #expect(planned.bytes == 500)
    #expect(try later.workspace().cacheSize().objects == 4)
    let done = try later.workspace().pruneCache(isDryRun: false)
    #expect(done.objects == planned.objects)
    #expect(try object(Lab.beta, later) == nil)
    #expect(try object(.freshBeta, later) != nil)
    #expect(try later.workspace().pruneCache(isDryRun: false).objects.isEmpty)
  }

  @Test("what no data directory holds any more goes")
  func pruneForgotten() async throws {
    let lab = try await synced()
    for name in lab.bench.disk.everything().keys where name.hasPrefix("/bench/project/data/") {
      try lab.bench.files.remove(FilePath(name))
    }
    // The folder itself is still there; nothing is known of what it holds.
    #expect(try lab.workspace().pruneCache(isDryRun: false).objects.count == 3)
  }

  @Test("where it cannot be told what a data directory holds, nothing is removed", arguments: ["..", ""])
  func pruneUnknown(_ project: String) async throws {
    let lab = try await synced()
    let later = try await upgraded(lab)
    _ = try await later.workspace().fetch(MapQuery([.desc: [Glob("beta")]]), repairs: false)
    let index = DataFolder.indexPath(lab.project("data"), project)
    #expect(try later.bench.bytes(index) != nil)
    try later.bench.put([1, 2, 3], at: index)
    let failure = try await failure { _ = try later.workspace().pruneCache(isDryRun: false) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.fileFailed])
    #expect(try later.workspace().cacheSize().objects == 4)
  }

  @Test("cleaning takes everything, and no data directory is the worse for it")
  func clean() async throws {
    let lab = try await synced()
    let cleaning = try lab.workspace().cleanCache()
    #expect(cleaning.objects.count == 3)
    #expect(cleaning.bytes == 1110)
    #expect(try lab.workspace().cacheSize().objects == 0)
    let left = lab.bench.disk.everything().keys.filter { $0.hasPrefix("/home/u/.cache/neuromaps/v1/md5/") }
    #expect(left.isEmpty)
    #expect(try isRight(lab))
    lab.forget()
    #expect(try await lab.sync().plan.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  // MARK: Ways of placing

  @Test(
    "in each way of placing the files are right, and the next sync has nothing to do",
    arguments: WorkspaceCacheTests.modes)
  func linkModes(_ mode: LinkMode) async throws {
    var lab = try await synced(mode)
    #expect(try isRight(lab))
    let (file, stored) = (lab.data(Lab.beta), try #require(try object(Lab.beta, lab)))
    #expect(try lab.bench.files.isLink(file) == (mode == .symlink))
    let isShared = try lab.bench.files.status(file)?.inode == lab.bench.files.status(stored)?.inode
    #expect(isShared == mode.sharesFile)
    #expect(try lab.bench.isReadOnly(file) == mode.sharesFile)
    lab.forget()
    lab.files.makeReadOnly()
    let again = try await lab.sync()
    #expect(again.plan.isEmpty)
    #expect(again.fates == [.unchanged, .unchanged, .unchanged])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.files.count(.scan) == 0)
    #expect(lab.transport.requests.isEmpty)
    #expect(try await lab.workspace().status().isClean)

    lab.files.makeReadOnly(false)
    lab.settings.dataDir = "second"
    #expect(try await lab.sync().fates == [.reused, .reused, .reused])
    #expect(lab.transport.requests.isEmpty)
    #expect(try await lab.sync().plan.isEmpty)
    lab.settings.dataDir = nil
    #expect(try await lab.sync().plan.isEmpty)
  }

  @Test("a damaged object is fetched anew when it is used, and told of", arguments: WorkspaceCacheTests.modes)
  func damagedObject(_ mode: LinkMode) async throws {
    var lab = try await synced(mode)
    try damage(Lab.beta, lab)
    lab.settings.dataDir = "second"
    lab.forget()
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.fates == [.reused, .reused, .downloaded])
    #expect(result.outcomeWarnings.map(\.code) == [.storeDamaged])
    #expect(lab.transport.downloads.count == 2)
    let second = lab.project("second").pushing(FilePath(Lab.beta.path.text))
    #expect(try lab.bench.bytes(second) == Lab.beta.bytes)
    #expect(try await lab.workspace().verifyCache().damaged.isEmpty)
  }

  @Test("an edit through a link to the store is found by its stat", arguments: [LinkMode.hardlink, .symlink])
  func editThroughLink(_ mode: LinkMode) async throws {
    var lab = try await synced(mode)
    let edit = Array(Lab.beta.bytes.reversed())
    try lab.bench.put(edit, at: lab.data(Lab.beta))
    let result = try await lab.sync()
    #expect(result.fates == [.unchanged, .unchanged, .different])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == edit)
    lab.settings.dataDir = "second"
    #expect(try await lab.sync().failure == nil)
    let second = lab.project("second").pushing(FilePath(Lab.beta.path.text))
    #expect(try lab.bench.bytes(second) == Lab.beta.bytes)
  }

  @Test(
    "an edit is set aside by a repair, through a link to the store too, and never the store's bytes instead",
    arguments: WorkspaceCacheTests.modes, [true, false])
  func repairsEdit(_ mode: LinkMode, isLonger: Bool) async throws {
    let lab = try await synced(mode)
    let edit = Array(Lab.beta.bytes.reversed()) + (isLonger ? [7] : [])
    try lab.bench.put(edit, at: lab.data(Lab.beta))
    let result = try await lab.sync(repairs: true)
    #expect(result.failure == nil)
    #expect(try isRight(lab))
    #expect(try lab.replaced() == [edit])
    let aside = lab.project("data/.neuromaps/replaced")
    let isLink = try lab.bench.files.names(in: aside).map { try lab.bench.files.isLink(aside.appending($0)) }
    #expect(isLink == [false])
  }

  @Test("links that a cleaning of the store has broken are put right by the next sync")
  func brokenLinks() async throws {
    let lab = try await synced(.symlink)
    _ = try lab.workspace().cleanCache()
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == nil)
    let status = try await lab.workspace().status()
    #expect(status.files.allSatisfy { $0.observation == .missing })
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.outcomes.allSatisfy { $0.isInPlace })
    #expect(try isRight(lab))
    let plan = try await lab.sync().plan
    #expect(plan.isEmpty)
  }

  @Test("links that a cleaning has broken give way to files when links are not wanted any more")
  func brokenLinksToFiles() async throws {
    var lab = try await synced(.symlink)
    _ = try lab.workspace().cleanCache()
    lab.settings.linkMode = .auto
    #expect(try await lab.sync().failure == nil)
    #expect(try isRight(lab))
  }
}
