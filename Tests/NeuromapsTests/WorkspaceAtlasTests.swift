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

@Suite("A project with atlases")
struct WorkspaceAtlasTests {
  private static let both = [LabAtlas.mine, .tiny]

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  private func patterns(_ texts: String...) -> [ItemPattern] { texts.compactMap { ItemPattern($0) } }

  // MARK: Lock and sync

  @Test("is locked without unpacking, unpacked by a sync, and pinned by it")
  func syncs() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    let locked = try await lab.makeLock()
    #expect(locked.difference.added.map(\.description).suffix(2) == ["mine/1k", "tiny"])
    #expect(lab.transport.downloads.isEmpty)
    #expect(locked.lock.files.suffix(3).map(\.checksums) == [nil, nil, nil])
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.fates == [SyncOutcome.Fate](repeating: .downloaded, count: 6))
    #expect(result.wroteLock)
    for atlas in Self.both {
      for (path, bytes) in atlas.files { #expect(try lab.data(path) == bytes) }
    }
    #expect(try lab.data("atlases/mine/README") == nil)
    let lock = try lab.lock()
    let wanted = Self.both.flatMap(\.files).map { MadeFile.checksums(of: $0.bytes).sha256 }
    #expect(lock.files.suffix(3).map(\.checksums?.sha256) == wanted)
    #expect(lock.atlases.map(\.checksums) == Self.both.map { MadeFile.checksums(of: $0.archive) })
    #expect(lock.answers(try lab.workspace().manifest()))
  }

  @Test("is at rest after a sync: no request, no write, a clean status, the digest of all files")
  func rests() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    lab.forget()
    lab.files.makeReadOnly()
    #expect(try await lab.sync().fates.allSatisfy { $0 == .unchanged })
    #expect(try await lab.workspace().status().isClean)
    #expect(try await lab.workspace().verify().treeDigest != nil)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a file that is changed or lost is told, and comes back out of the store")
  func repairs() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    let (left, right) = (LabAtlas.mine.files[0], LabAtlas.mine.files[1])
    try lab.bench.put([1], at: lab.project("data/\(left.path)"))
    try lab.bench.files.remove(lab.project("data/\(right.path)"))
    try lab.bench.files.remove(lab.project(LabAtlas.mine.origin))
    #expect(try await lab.workspace().status().files.suffix(3).map(\.isRight) == [false, false, true])
    let first = try await lab.sync()
    #expect(first.failure?.reason == .dataDiffers)
    #expect(first.fates.suffix(3) == [.different, .reused, .unchanged])
    let second = try await lab.sync(repairs: true)
    #expect(second.failure == nil)
    #expect(try lab.data(left.path) == left.bytes)
  }

  @Test("offline, an archive that was never had is told of once, for all its files")
  func offline() async throws {
    let lab = try Lab.complete(atlases: [.mine], wanting: [])
    try lab.write(
      Lab.catalog(Lab.all) + "atlases:\n\(LabAtlas.mine.entry(url: "https://h/m.tar.gz"))", at: "catalog.yaml")
    var off = lab
    off.settings.isOffline = true
    let result = try await off.sync()
    #expect(result.fates == [.failed, .failed])
    #expect(result.failure?.reason == .couldNot)
    #expect(codes(result.failure) == [.offline])
    #expect(lab.transport.requests.isEmpty)
    #expect(result.wroteLock)
  }

  @Test("a file whose copy in the store is damaged comes out of the archive in the same run")
  func damagedMember() async throws {
    let lab = try Lab.complete(atlases: [.mine], wanting: [])
    try await lab.sync()
    let (path, bytes) = LabAtlas.mine.files[0]
    let object = try #require(try lab.workspace().store().object(MadeFile.checksums(of: bytes)))
    try lab.bench.put(bytes.reversed(), at: object.path)
    try lab.bench.files.remove(lab.project("data/\(path)"))
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(try await lab.sync().failure == nil)
    #expect(try lab.data(path) == bytes)
  }

  @Test("what was downloaded is counted, though the first file of the archive be another that stays")
  func counts() async throws {
    let lab = try Lab.complete(atlases: [.mine], wanting: [])
    try lab.bench.put([1], at: lab.project("data/\(LabAtlas.mine.files[0].path)"))
    try await lab.makeLock()
    let result = try await lab.sync()
    #expect(result.fates == [.different, .downloaded])
    #expect(result.outcomes.reduce(0) { $0 + $1.received } == Int64(LabAtlas.mine.archive.count))
  }

  // MARK: Upgrades

  /// The template as it is later: one file has other bytes, one is new.
  private static let later = LabAtlas(
    "mine/1k", ["left.surf.gii": "left, better", "right.surf.gii": "right", "sulc.shape.gii": "sulc"])

  @Test(
    "a newer archive moves no pin until it is asked for by the atlas's name", arguments: ["mine/1k", "mine/*", "*"])
  func upgrades(pattern: String) async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    let before = try lab.text("neuromaps.lock")
    try lab.write([Self.later, .tiny], revision: "2")
    #expect(try await !lab.makeLock().isNew)
    #expect(try await lab.sync().fates.allSatisfy { $0 == .unchanged })
    #expect(try lab.text("neuromaps.lock") == before)

    let result = try await lab.makeLock(upgrading: [pattern])
    #expect(result.difference.changed.map(\.description) == ["mine/1k"])
    #expect(result.lock.files.count == 7)
    #expect(result.lock.catalogs.map(\.revision) == ["2"])
    let synced = try await lab.sync(repairs: true)
    #expect(synced.failure == nil)
    for (path, bytes) in Self.later.files { #expect(try lab.data(path) == bytes) }
  }

  @Test("an atlas that is to be upgraded and is not locked is told of, as an atlas")
  func upgradesUnknown() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.makeLock()
    lab.forget()
    let failure = try await failure { try await lab.makeLock(upgrading: ["mine/1kk"]) }
    #expect(codes(failure) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.message == "the lock has no atlas `mine/1kk`")
    #expect(failure?.diagnostics.first?.hints == ["did you mean `mine/1k`?"])
    #expect(lab.files.writes.isEmpty)
  }

  @Test("upgrading everything changes nothing while the catalog is the same")
  func upgradesNothing() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    let before = try lab.text("neuromaps.lock")
    let result = try await lab.makeLock(upgradesAll: true)
    #expect(result.difference.isEmpty)
    let after = try lab.text("neuromaps.lock")
    #expect(!result.isNew)
    #expect(after == before)
    try await lab.sync()
    #expect(try lab.text("neuromaps.lock") == before)
  }

  // MARK: Fetch

  @Test("atlases come without a lock, alone or beside maps")
  func fetches() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    let alone = try await lab.workspace().fetch(FetchRequest(atlases: [Glob("mine/1k")]))
    #expect(alone.failure == nil)
    #expect(alone.outcomes.map(\.file.path.text) == LabAtlas.mine.files.map(\.path))
    let maps = MapQuery([.desc: [Glob("beta")]])
    let mixed = try await lab.workspace().fetch(
      FetchRequest(maps: maps, atlases: [Glob("tiny"), Glob("*/1k"), Glob("mine/*")]))
    #expect(mixed.failure == nil)
    #expect(mixed.lock.items.map(\.description) == ["lab/beta/MNI152/2mm", "mine/1k", "tiny"])
    #expect(mixed.fates == [.downloaded, .unchanged, .unchanged, .downloaded])
    #expect(try lab.text("neuromaps.lock") == nil)
    lab.forget()
    let again = try await lab.workspace().fetch(FetchRequest(maps: maps, atlases: [Glob("all")]))
    #expect(again.fates.allSatisfy { $0 == .unchanged })
    #expect(lab.files.writes.isEmpty)
  }

  @Test("every unknown atlas is told of, with what was probably meant, and nothing comes")
  func fetchesUnknown() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    let request = FetchRequest(
      maps: MapQuery([.desc: [Glob("beta")]]), atlases: [Glob("mine"), Glob("tiny"), Glob("tinny"), Glob("x*")])
    let failure = try await failure { _ = try await lab.workspace().fetch(request) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.noSuchMap, .noSuchMap, .noSuchMap])
    #expect(failure?.diagnostics.map(\.message).first == "no catalog has an atlas `mine`")
    #expect(
      failure?.diagnostics.flatMap(\.hints)
        == ["say which: `mine/1k`", "did you mean `tiny`?", "there are `mine/1k`, `tiny`"])
    #expect(lab.files.writes.isEmpty)
  }

  @Test("maps that match nothing are told of beside atlases that are there")
  func fetchesNoMap() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    let request = FetchRequest(maps: MapQuery([.desc: [Glob("omega")]]), atlases: [Glob("tiny")])
    let failure = try await failure { _ = try await lab.workspace().fetch(request) }
    #expect(codes(failure) == [.noSuchMap])
  }

  @Test("of an atlas that two catalogs hold the first one's comes")
  func firstCatalog() async throws {
    let lab = try Lab.complete(atlases: [.tiny], wanting: [])
    let other = LabAtlas("tiny", ["tiny.txt": "other"])
    try lab.bench.put(other.archive, at: lab.project("other/\(other.origin)"))
    try lab.write("version: 1\nname: aaa\nrevision: a\nmaps: []\natlases:\n\(other.entry())", at: "other/c.yaml")
    for (order, text) in [(["catalog.yaml", "other/c.yaml"], "tiny"), (["other/c.yaml", "catalog.yaml"], "other")] {
      try lab.write(
        "version: 1\ndata_dir: data-\(text)\nbuiltin: false\n"
          + "catalogs: [{path: \(order[0])}, {path: \(order[1])}]\n")
      let result = try await lab.workspace().fetch(FetchRequest(atlases: [Glob("all")]))
      #expect(result.failure == nil)
      #expect(try lab.bench.bytes(lab.project("data-\(text)/atlases/tiny/tiny.txt")) == Array(text.utf8))
    }
  }

  @Test("files that somebody else unpacked are taken with a warning, or checked when they shall be repaired")
  func unverified() async throws {
    let lab = try Lab.complete(atlases: [.tiny], wanting: [])
    let path = lab.project("data/\(LabAtlas.tiny.files[0].path)")
    try lab.bench.put([1, 2], at: path)
    let taken = try await lab.workspace().fetch(FetchRequest(atlases: [Glob("tiny")]))
    #expect(taken.failure == nil)
    #expect(taken.fates == [.unchanged])
    #expect(taken.outcomeWarnings.map(\.code) == [.unverified])
    #expect(try lab.bench.bytes(path) == [1, 2])
    var request = FetchRequest(atlases: [Glob("tiny")])
    request.policy.repairs = true
    let checked = try await lab.workspace().fetch(request)
    #expect(checked.failure == nil)
    #expect(try lab.bench.bytes(path) == LabAtlas.tiny.files[0].bytes)
  }

  // MARK: Paths and status

  @Test("the paths of atlases are had like those of maps")
  func paths() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    let (found, problems) = try lab.workspace().paths(patterns("tiny", "lab/beta/MNI152/2mm", "mine/*", "all"))
    #expect(problems.isEmpty)
    #expect(found.map(\.item.description) == ["tiny", "lab/beta/MNI152/2mm", "mine/1k"])
    #expect(
      found.last?.paths == LabAtlas.mine.files.map { lab.project("data/\($0.path)").string })
  }

  @Test("paths of atlases that are not locked or not there are told of")
  func pathProblems() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    try lab.bench.files.remove(lab.project("data/\(LabAtlas.tiny.files[0].path)"))
    let (found, problems) = try lab.workspace().paths(patterns("mine/1K", "tiny"))
    #expect(found.map(\.item.description) == ["tiny"])
    #expect(problems.map(\.code) == [.noSuchMap, .missing])
    #expect(problems.first?.message == "the lock has no atlas `mine/1K`")
    #expect(problems.first?.hints == ["did you mean `mine/1k`?"])
  }

  @Test("the name of a template without its density leads to those that are locked")
  func pathWithoutDensity() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.makeLock()
    let (_, problems) = try lab.workspace().paths(patterns("mine"))
    #expect(problems.map(\.code) == [.noSuchMap])
    #expect(problems.first?.hints.first?.contains("`mine/1k`") == true)
  }

  @Test("files below atlases that are not locked are extra")
  func extra() async throws {
    let lab = try Lab.complete(atlases: Self.both)
    try await lab.sync()
    for path in ["atlases/mine/mine.txt", "atlases/fsLR/tpl.gii", "atlases/.hidden", "atlases/mine1k.tar.gz"] {
      try lab.bench.put([1], at: lab.project("data/\(path)"))
    }
    let status = try await lab.workspace().status()
    #expect(!status.isClean)
    #expect(status.extra == ["atlases/fsLR/tpl.gii", "atlases/mine/mine.txt", "atlases/mine1k.tar.gz"])
    #expect(status.files.allSatisfy { $0.isRight })
  }

  @Test("what was never unpacked and is there is neither right nor another")
  func unverifiedStatus() async throws {
    let lab = try Lab.complete(atlases: [.tiny], wanting: [])
    try await lab.makeLock()
    #expect(try await lab.workspace().status().files.map(\.observation) == [.missing])
    try lab.bench.put([1], at: lab.project("data/\(LabAtlas.tiny.files[0].path)"))
    let status = try await lab.workspace().status()
    #expect(!status.isClean && status.extra.isEmpty)
    let result = try await lab.sync()
    #expect(result.failure?.reason == .dataDiffers)
    #expect(result.fates == [.different])
  }
}
