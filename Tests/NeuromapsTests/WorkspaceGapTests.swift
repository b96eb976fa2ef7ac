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

@Suite("What git merges by itself, and wrongly")
struct WorkspaceGapTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  /// A lab with a lock in which something is otherwise than it would be written, and that nothing but `lock --check`
  /// finds.
  private func lab(wanting manifest: String, _ edit: (inout Lockfile) throws -> Void) async throws -> Lab {
    let lab = try Lab.withGroups(.silent())
    try lab.write(manifest)
    try await lab.offline.makeLock()
    var lock = try lab.lock()
    try edit(&lock)
    try lab.bench.put(LockWriter.bytes(lock), at: lab.project("neuromaps.lock"))
    _ = try lab.workspace().checkedLock()
    return lab
  }

  private func gap(_ lab: Lab) async throws -> Diagnostic? {
    let failure = try await failure { _ = try await lab.workspace().auditedLock() }
    #expect(failure?.reason == .lockStale)
    #expect(codes(failure) == [.lockStale])
    return failure?.diagnostics.first
  }

  @Test("a map that is asked for and not locked is found, and `lock` adds it")
  func missing() async throws {
    let lab = try await lab(wanting: Lab.manifest("- \(Self.alpha)", "- {source: lab, desc: beta}")) { lock in
      lock.maps.removeAll { $0.id.desc == "beta" }
      lock.files.removeAll { $0.path == Lab.beta.path }
    }
    #expect(try await gap(lab)?.notes == ["`\(Self.beta)` is asked for; the lock does not have it"])
    #expect(try await lab.offline.makeLock().difference.added.map(\.description) == [Self.beta])
    #expect(try await lab.workspace().auditedLock().compared == ["lab"])
  }

  @Test("a map that is locked and not asked for is found, and `lock` removes it")
  func superfluous() async throws {
    let lab = try await lab(wanting: Lab.manifest("- \(Self.alpha)")) { lock in
      lock.maps.append(
        LockedMap(id: Lab.beta.map, catalog: "lab", groups: [], license: nil, isRestricted: false))
      lock.files.append(Lab.beta.locked(.md5))
    }
    #expect(try await gap(lab)?.notes == ["the lock has `\(Self.beta)`; nothing asks for it"])
    #expect(try await lab.offline.makeLock().difference.removed.map(\.description) == [Self.beta])
  }

  @Test("a map that is locked for another group than asks for it is found")
  func otherGroup() async throws {
    let lab = try await lab(wanting: Lab.manifest("- \(Self.alpha)", also: Lab.bothGroups)) { lock in
      lock.maps = lock.maps.map { map in
        LockedMap(
          id: map.id, catalog: map.catalog, groups: map.groups.isEmpty ? [] : ["paper"], license: map.license,
          isRestricted: map.isRestricted)
      }
    }
    #expect(try await gap(lab)?.notes == ["`\(Self.beta)` is locked otherwise than it is asked for"])
    try await lab.offline.makeLock()
    #expect(try lab.lock().maps.map(\.groups) == [[], ["figures", "paper"], ["paper"]])
  }

  @Test("a newer catalog, in which an entry finds more, makes no lock stale")
  func newerCatalog() async throws {
    let lab = try Lab.withGroups(.silent())
    try lab.write(Lab.manifest("- {source: lab}"))
    try lab.write(Lab.catalog([Lab.left, Lab.right]), at: "catalog.yaml")
    try await lab.offline.makeLock()
    #expect(try await lab.workspace().auditedLock().compared == ["lab"])
    try lab.write(Lab.catalog(Lab.open, revision: "2"), at: "catalog.yaml")
    #expect(try await lab.workspace().auditedLock().compared.isEmpty)
  }

  @Test(
    "a lock from before its data directory had what is known of its maps is not stale; `lock` adds that, and says so")
  func withoutFacts() async throws {
    let lab = try Lab.withGroups(.silent())
    let manifest = Lab.manifest("- \(Self.alpha)", metadata: nil)
    try lab.write(manifest.replacing("data_dir: data\n", with: ""))
    try await lab.offline.makeLock()
    #expect(try lab.lock().metadata == nil)
    try lab.write(manifest)
    #expect(try await lab.workspace().auditedLock().compared == ["lab"])
    let result = try await lab.offline.makeLock()
    #expect(result.isNew)
    #expect(result.lock.metadata == Lockfile.metadataVersion)
    #expect(result.difference.metadata == .added && result.difference.items.isEmpty)
    #expect(try await !lab.offline.makeLock().isNew)
  }

  @Test("a paper that nothing cites is found, and `lock` removes it")
  func uncited() async throws {
    let lab = try Lab.withGroups(.silent())
    try lab.write(Lab.manifest("- \(Self.alpha)", metadata: nil))
    let papers = "cite: [p]\nreferences: {p: {type: misc}, q: {type: misc}}\n"
    try lab.write(Lab.catalog(Lab.open) + papers, at: "catalog.yaml")
    try await lab.offline.makeLock()
    let text = try #require(try lab.text("neuromaps.lock"))
    let more = "  type: misc\n- key: q\n  catalog: lab\n  type: misc\nmaps:\n"
    try lab.write(text.replacing("  type: misc\nmaps:\n", with: more), at: "neuromaps.lock")
    #expect(try await gap(lab)?.notes == ["the lock has the reference `q`; nothing cites it so"])
    try await lab.offline.makeLock()
    #expect(try lab.text("neuromaps.lock") == text)
  }

  /// A lock that git has merged of two branches: the catalog of the one, which has a newer revision, and of the other
  /// the pins, which do not say that they are older.
  private func mergedOfTwoRevisions(_ newer: [MadeFile]) async throws -> Lab {
    let lab = try Lab.complete(.silent())
    try await lab.offline.makeLock()
    var lock = try lab.lock()
    try lab.write(Lab.catalog(newer, revision: "2"), at: "catalog.yaml")
    try await lab.offline.makeLock(upgrading: [Self.alpha])
    #expect(try lab.lock().maps.map(\.revision) == [nil, "1"])
    lock.catalogs = try lab.lock().catalogs
    try lab.bench.put(LockWriter.bytes(lock), at: lab.project("neuromaps.lock"))
    #expect(codes(try await failure { _ = try await lab.workspace().auditedLock() }) == [.lockTampered])
    return lab
  }

  @Test("what claims to be of the catalog at hand, and is not, is no pin; that it moves is told")
  func noPin() async throws {
    let lab = try await mergedOfTwoRevisions([Lab.left, Lab.right, .freshBeta])
    let result = try await lab.offline.makeLock()
    #expect(result.difference.changed.map(\.description) == [Self.beta])
    #expect(result.lock.files.last?.checksums?.md5 == MadeFile.freshBeta.checksums.md5)
    #expect(result.lock.maps.map(\.revision) == [nil, nil])
    #expect(try await lab.workspace().auditedLock().unknown.isEmpty)
  }

  @Test("what claims to be of a catalog that has nothing of that name stays, and says that nobody knows whence it is")
  func departed() async throws {
    let lab = try await mergedOfTwoRevisions([Lab.left, Lab.right])
    let result = try await lab.offline.makeLock()
    #expect(result.warnings.map(\.code) == [.leftCatalog, .pinsIncomplete])
    #expect(result.lock.files.map(\.path) == Lab.open.map(\.path))
    #expect(result.lock.maps.map(\.revision) == [nil, "unknown"])
    #expect(try await lab.workspace().auditedLock().unknown.map(\.description) == [Self.beta])
    #expect(try await !lab.offline.makeLock().isNew)
  }

  @Test("the pin of one half is never that of the other, whatever git has put together", arguments: ["1", nil])
  func halves(_ revision: String?) async throws {
    let lab = try Lab.complete(.silent())
    try await lab.offline.makeLock()
    var lock = try lab.lock()
    lock.files[1] = LockedFile(
      path: Lab.right.path, map: Lab.right.map, origin: Lab.left.origin, checksums: Lab.left.checksums(.md5))
    lock.maps[0] = LockedMap(
      id: Lab.left.map, catalog: "lab", revision: revision, groups: [], license: nil, isRestricted: false)
    try lab.bench.put(LockWriter.bytes(lock), at: lab.project("neuromaps.lock"))
    try await lab.offline.makeLock()
    #expect(try lab.lock().files.map(\.checksums?.md5) == Lab.open.map(\.checksums.md5))
    #expect(try lab.lock().files.map(\.origin) == Lab.open.map(\.origin))
  }

  // MARK: In another form

  @Test(
    "a lock that git left in another form is made anew with the pins that can be read",
    arguments: [
      ("revision: 3\n", "revision: 2\n", DiagnosticCode.lockNotCanonical),
      ("  files: 2\n", "  files: 1\n", .lockWrongValue),
      ("  restricted: false\n", "", .lockMissingKey),
    ])
  func form(_ old: String, _ new: String, _ code: DiagnosticCode) async throws {
    let lab = try Lab.complete(.silent())
    try lab.describeData()
    try await lab.offline.makeLock()
    let text = try #require(try lab.text("neuromaps.lock"))
    let later = Lab.open.map { file in
      var file = file
      file.bytes.reverse()
      return file
    }
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    // A map that has lost a line is not read; the other is.
    let broken = text.replacing(old, with: new, maxReplacements: 1)
    try lab.write(broken, at: "neuromaps.lock")
    #expect(codes(try await failure { _ = try lab.workspace().checkedLock() }) == [code])
    let result = try await lab.offline.makeLock()
    #expect(result.warnings.first { $0.code == code }?.hints.first?.contains("could be read") == true)
    #expect(result.lock.files.last?.checksums?.md5 == Lab.beta.checksums.md5)
  }

  // MARK: Groups and parts

  @Test("asked for one group after the other, and for each again, it does nothing")
  func oneAfterTheOther() async throws {
    let lab = try Lab.withGroups()
    let (figures, paper) = (Lab.options(.named(["figures"])), Lab.options(.named(["paper"])))
    for options in [figures, paper] { try await lab.sync(by: options) }
    lab.forget()
    lab.files.makeReadOnly()
    for options in [figures, paper, Lab.options()] { #expect(try await lab.sync(by: options).plan.isEmpty) }
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a frozen sync of all groups brings those too that the manifest has no more")
  func frozenStale() async throws {
    let lab = try Lab.withGroups()
    try await lab.makeLock()
    try lab.write(
      Lab.manifest("- lab/alpha/fsLR/32k", also: "groups: {figures: {annotations: [lab/beta/MNI152/2mm]}}"))
    try await lab.sync(by: Lab.options(.named(["figures"]), .frozen))
    let all = Lab.options(.all, .frozen)
    #expect(try await lab.standing(all) == nil)
    #expect(try await lab.sync(by: all).fates == [.unchanged, .unchanged, .unchanged, .downloaded])
  }

  @Test("a part that the lock does not have is told of, and nothing is done")
  func onlyNothing() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    lab.forget()
    let failure = try await failure { try await lab.sync(by: Lab.options(only: ["lab/betta/*/*", "lab/alpha/*/*"])) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.noSuchMap])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }
}
