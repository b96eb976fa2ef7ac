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

@Suite("Taking away what nobody wants any more")
struct WorkspacePruneTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"
  private static let shared = FilePath("/bench/shared")

  /// A project that wants both maps and has them.
  private func synced() async throws -> Lab {
    let lab = try Lab.complete()
    try lab.want(Self.alpha, Self.beta)
    try await lab.sync()
    return lab
  }

  /// Two projects with one data directory; each wants both maps, and the first has brought them.
  private func pair() async throws -> (first: Lab, second: Lab) {
    var first = try Lab.complete()
    first.settings.dataDir = Self.shared.string
    var second = first
    second.current = first.bench.at("second")
    try first.bench.put(Array(Lab.catalog(Lab.all).utf8), at: second.current.appending("catalog.yaml"))
    try first.want(Self.alpha, Self.beta)
    try second.want(Self.alpha, Self.beta)
    #expect(try await first.sync().fates == [.downloaded, .downloaded, .downloaded])
    #expect(try await second.sync().fates == [.unchanged, .unchanged, .unchanged])
    return (first, second)
  }

  private func shared(_ file: MadeFile) -> FilePath { Self.shared.pushing(FilePath(file.path.text)) }

  private func kept(_ result: SyncResult) -> [String] {
    result.warnings.filter { $0.code == .kept }.flatMap(\.notes)
  }

  // MARK: One project

  @Test("what the project placed and does not want any more goes, with the folders that are empty then")
  func removes() async throws {
    let lab = try await synced()
    try lab.want(Self.beta)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.map(\.path) == [Lab.left.path, Lab.right.path])
    #expect(result.warnings.isEmpty)
    #expect(try lab.bench.files.status(lab.project("data/annotations/lab/alpha")) == nil)
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
    #expect(try lab.lock().files.map(\.path) == [Lab.beta.path])

    lab.forget()
    lab.files.makeReadOnly()
    let again = try await lab.prune()
    #expect(again.fates == [.unchanged])
    #expect(again.removed.isEmpty)
    #expect(again.plan.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("without being asked nothing is removed, and what is left can go later")
  func onlyWhenAsked() async throws {
    let lab = try await synced()
    try lab.want(Self.beta)
    #expect(try await lab.sync().removed.isEmpty)
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == Lab.left.bytes)
    #expect(try await lab.prune().removed.count == 2)
  }

  @Test("a dry run says what would go and removes nothing")
  func dryRun() async throws {
    let lab = try await synced()
    try lab.want(Self.beta)
    try await lab.makeLock()
    let before = lab.bench.disk.everything()
    lab.forget()
    let result = try await lab.prune(isDryRun: true)
    #expect(result.plan.removals.map(\.path) == [Lab.left.path, Lab.right.path])
    #expect(result.removed.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.bench.disk.everything() == before)
  }

  @Test("a map that was removed and is wanted again comes from the store")
  func wantedAgain() async throws {
    let lab = try await synced()
    try lab.want(Self.beta)
    try await lab.prune()
    lab.forget()
    try lab.want(Self.alpha, Self.beta)
    #expect(try await lab.prune().fates == [.reused, .reused, .unchanged])
    #expect(lab.transport.downloads.isEmpty)
  }

  @Test("a file that was edited stays, and is told of")
  func edited() async throws {
    let lab = try await synced()
    let edit = Array(Lab.left.bytes.reversed())
    try lab.bench.put(edit, at: lab.data(Lab.left))
    try lab.want(Self.beta)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.map(\.path) == [Lab.right.path])
    #expect(kept(result) == ["it is not what was put there"])
    #expect(result.plan.leftovers.first?.reason == .changed)
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == edit)
  }

  @Test("the user's own files stay, also those that have the very bytes of a map")
  func ownFiles() async throws {
    let lab = try Lab.complete()
    try lab.bench.put(Lab.left.bytes, at: lab.data(Lab.left))
    let notes = lab.data(Lab.right).removingLastComponent().appending("notes.txt")
    try lab.bench.put([1, 2], at: notes)
    #expect(try await lab.sync().fates == [.unchanged, .downloaded, .downloaded])
    try lab.want(Self.beta)
    let result = try await lab.prune()
    #expect(result.removed.map(\.path) == [Lab.right.path])
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == Lab.left.bytes)
    #expect(try lab.bench.bytes(notes) == [1, 2])
  }

  @Test("a project that has lost its index removes nothing", arguments: [true, false])
  func lostIndex(isDamaged: Bool) async throws {
    let lab = try await synced()
    let index = DataFolder.indexPath(lab.project("data"), "..")
    if isDamaged { try lab.bench.put([1, 2, 3], at: index) } else { try lab.bench.files.remove(index) }
    try lab.want(Self.beta)
    let result = try await lab.prune()
    #expect(result.failure == nil)
    #expect(result.removed.isEmpty)
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == Lab.left.bytes)
  }

  @Test("what fetch was asked for stays")
  func fetched() async throws {
    let lab = try await synced()
    let fetched = try await lab.workspace().fetch(MapQuery([.desc: [Glob("beta")]]), repairs: false)
    #expect(fetched.fates == [.unchanged])
    try lab.want(Self.alpha)
    let result = try await lab.prune()
    #expect(result.removed.isEmpty)
    #expect(kept(result) == ["`neuromaps fetch` was asked for it"])
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
  }

  // MARK: Two projects

  @Test("what another project wants stays until it does not")
  func wantedByAnother() async throws {
    let (first, second) = try await pair()
    try first.want(Self.beta)
    let refused = try await first.prune()
    #expect(refused.removed.isEmpty)
    #expect(kept(refused) == Array(repeating: "the project `/bench/second` wants it", count: 2))
    #expect(refused.plan.leftovers.allSatisfy { $0.reason == .wanted(by: "/bench/second") })

    // The second only found it there, so it is not the second's to remove.
    try second.want(Self.beta)
    let found = try await second.prune()
    #expect(found.removed.isEmpty)
    #expect(found.plan.leftovers.isEmpty)
    #expect(try second.bench.bytes(shared(Lab.left)) == Lab.left.bytes)

    #expect(try await first.prune().removed.map(\.path) == [Lab.left.path, Lab.right.path])
    #expect(try first.bench.bytes(shared(Lab.left)) == nil)
    #expect(try await second.sync().fates == [.unchanged])
  }

  @Test("where it cannot be read what another project wants, nothing is removed")
  func unreadable() async throws {
    let (first, second) = try await pair()
    let index = DataFolder.indexPath(Self.shared, "/bench/second")
    try first.bench.put([1], at: index)
    try first.want(Self.beta)
    let result = try await first.prune()
    #expect(result.removed.isEmpty)
    #expect(result.plan.leftovers.map(\.reason) == [.unknown(index), .unknown(index)])
    #expect(result.warnings.filter { $0.code == .kept }.count == 2)
    #expect(try first.bench.bytes(shared(Lab.left)) == Lab.left.bytes)
    try second.want(Self.beta)
    try await second.sync()
    #expect(try await first.prune().removed.count == 2)
  }

  // MARK: Upgraded pins

  /// The project after its lock has got a new pin for the one map.
  private func upgraded(_ lab: Lab, _ fresh: MadeFile) async throws -> Lab {
    let later = try Lab(.osf([Lab.left, Lab.right, fresh]), disk: lab.bench.disk)
    try later.write(Lab.catalog([Lab.left, Lab.right, fresh], revision: "2"), at: "catalog.yaml")
    try await later.makeLock(upgradesAll: true)
    #expect(try later.lock().files.last?.checksums?.md5 == fresh.checksums.md5)
    return later
  }

  @Test("a file of an old pin that nobody has edited gives way without a copy")
  func replacesOutdated() async throws {
    let lab = try await synced()
    let later = try await upgraded(lab, .freshBeta)
    guard case .outdated = try await later.workspace().status().files[2].observation else {
      Issue.record("the old file is not known as such")
      return
    }
    let result = try await later.sync()
    #expect(result.fates == [.unchanged, .unchanged, .downloaded])
    #expect(result.failure == nil)
    #expect(result.outcomeWarnings.isEmpty)
    #expect(try later.bench.bytes(later.data(Lab.beta)) == MadeFile.freshBeta.bytes)
    #expect(try later.bench.tree(later.project("data/.neuromaps/replaced")).isEmpty)
    #expect(try await later.sync().plan.isEmpty)
  }

  @Test("an edited file of an old pin is left, and set aside when it is to be repaired")
  func leavesEdited() async throws {
    let lab = try await synced()
    try lab.bench.put([7], at: lab.data(Lab.beta))
    let later = try await upgraded(lab, .freshBeta)
    let result = try await later.sync()
    #expect(result.fates == [.unchanged, .unchanged, .different])
    #expect(result.failure?.reason == .dataDiffers)
    #expect(try later.bench.bytes(later.data(Lab.beta)) == [7])
    #expect(try await later.sync(repairs: true).failure == nil)
    #expect(try later.bench.bytes(later.data(Lab.beta)) == MadeFile.freshBeta.bytes)
    #expect(Array(try later.bench.tree(later.project("data/.neuromaps/replaced")).values) == [[7]])
  }

  @Test("a file of an old pin that another project wants is left")
  func leavesAnothers() async throws {
    let (first, second) = try await pair()
    var later = try await upgraded(first, .freshBeta)
    later.settings.dataDir = Self.shared.string
    #expect(try await later.sync().fates == [.unchanged, .unchanged, .different])
    #expect(try await second.sync().fates == [.unchanged, .unchanged, .unchanged])
  }
}

extension MadeFile {
  /// The lab's volume, as it is published again under the same id.
  static var freshBeta: MadeFile {
    var fresh = Lab.beta
    fresh.bytes = Array(Lab.beta.bytes.reversed())
    return fresh
  }
}

extension Lab {
  /// Writes the manifest of the current folder, for these maps of the catalog beside it.
  func want(_ maps: String..., metadata: Bool = false) throws {
    let head = "version: 1\ndata_dir: data\nmetadata: \(metadata)\nbuiltin: false\n"
    let text = head + "catalogs:\n  - path: catalog.yaml\nannotations:\n" + maps.map { "  - \($0)\n" }.joined()
    try bench.put(Array(text.utf8), at: current.appending("neuromaps.yaml"))
  }

  /// Syncs and removes what nobody wants.
  @discardableResult
  func prune(isDryRun: Bool = false) async throws -> SyncResult {
    var options = SyncOptions()
    options.policy.prunes = true
    options.isDryRun = isDryRun
    return try await workspace().sync(options)
  }
}
