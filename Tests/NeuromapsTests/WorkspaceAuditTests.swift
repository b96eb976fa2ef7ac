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

@Suite("Comparing a lock with its catalogs")
struct WorkspaceAuditTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  /// A network that nobody may ask anything.
  private static func forbidden() -> ScriptedTransport {
    ScriptedTransport { request, _ in
      Issue.record("\(request.url) is asked for")
      return .failure(.unreachable("nobody is there"))
    }
  }

  /// A lab with a lock, whose catalog knows everything of its files.
  private func locked() async throws -> Lab {
    let lab = try Lab.complete(Self.forbidden())
    try lab.write(Lab.catalog(Lab.all, knowing: .all), at: "catalog.yaml")
    try await lab.offline.makeLock()
    lab.forget()
    return lab
  }

  /// What is found of a lock in which something has been replaced, and the line that it is found at.
  private func tampered(_ lab: Lab, _ old: String, with new: String) async throws -> [Diagnostic] {
    let text = try #require(try lab.text("neuromaps.lock"))
    try #require(text.contains(old))
    try lab.write(text.replacing(old, with: new, maxReplacements: 1), at: "neuromaps.lock")
    // By itself the lock is right: it is as the program writes it, and answers the manifest.
    _ = try lab.workspace().checkedLock()
    let failure = try await failure { _ = try await lab.workspace().auditedLock() }
    #expect(failure?.reason == .wrongInput)
    return failure?.diagnostics ?? []
  }

  // MARK: What is found

  @Test("a lock that nobody touched is as its catalog says; that is told without a request or a write")
  func untouched() async throws {
    let lab = try await locked()
    let audit = try await lab.workspace().auditedLock()
    #expect(audit.findings.isEmpty)
    #expect(audit.compared == ["lab"])
    #expect(audit.unknown.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  private static let edits: [(old: String, new: String, message: String, line: String)] = [
    ("size: 500\n", "size: 501\n", "the size of `\(Lab.beta.path)`", "- path: \(Lab.beta.path)"),
    (
      Lab.beta.checksums.md5?.hex ?? "", Lab.left.checksums.md5?.hex ?? "", "the md5 of `\(Lab.beta.path)`",
      "- path: \(Lab.beta.path)"
    ),
    (
      Lab.left.checksums.sha256?.hex ?? "", Lab.beta.checksums.sha256?.hex ?? "", "the sha256 of `\(Lab.left.path)`",
      "- path: \(Lab.left.path)"
    ),
    (
      "  sha256: \(Lab.beta.checksums.sha256?.hex ?? "")\n", "", "the sha256 of `\(Lab.beta.path)`",
      "- path: \(Lab.beta.path)"
    ),
    (
      "osf: lab01/\(Lab.beta.id)", "osf: lab01/\(Lab.left.id)", "the origin of `\(Lab.beta.path)`",
      "- path: \(Lab.beta.path)"
    ),
    (
      "osf: lab01/\(Lab.beta.id)", "url: https://evil.example.org/b", "the origin of `\(Lab.beta.path)`",
      "- path: \(Lab.beta.path)"
    ),
    ("license: unknown", "license: CC0", "the license of `lab/alpha/fsLR/32k`", "- map: lab/alpha/fsLR/32k"),
    (
      "restricted: false", "restricted: true", "whether `lab/alpha/fsLR/32k` is restricted",
      "- map: lab/alpha/fsLR/32k"
    ),
    ("revision: '1'", "revision: '7'", "the revision of the catalog `lab`", "- name: lab"),
  ]

  @Test("an entry that says something else than its catalog is found at its place", arguments: edits)
  func found(old: String, new: String, message: String, line: String) async throws {
    let findings = try await tampered(locked(), old, with: new)
    #expect(findings.map(\.code) == [.lockTampered])
    #expect(findings.first?.message == "\(message) is not what its catalog says")
    #expect(findings.first?.location?.file == "neuromaps.lock")
    #expect(findings.first?.location?.line == line)
    #expect(findings.first?.notes.count == 2)
  }

  @Test("everything that is wrong is told in one run")
  func together() async throws {
    let lab = try await locked()
    let text = try #require(try lab.text("neuromaps.lock"))
    try lab.write(text.replacing("license: unknown", with: "license: MIT"), at: "neuromaps.lock")
    let findings = try await tampered(lab, "size: 500\n", with: "size: 501\n")
    #expect(findings.map(\.code) == [.lockTampered, .lockTampered, .lockTampered])
    #expect(Set(findings.compactMap(\.location?.line)).count == 3)
  }

  @Test(
    "an archive and its files are compared, too",
    arguments: [
      ("url: \(LabAtlas.mine.origin)", "url: https://evil.example.org/mine1k.tar.gz", "the origin of `mine/1k`"),
      (
        MadeFile.checksums(of: LabAtlas.mine.archive).md5?.hex ?? "", "0123456789abcdef0123456789abcdef",
        "the md5 of `mine/1k`"
      ),
      ("archive: mine1k.tar.gz", "archive: other.tar.gz", "the archive of `mine/1k`"),
      ("atlases/mine/left.surf.gii", "atlases/mine/evil.surf.gii", "a file of `mine/1k`"),
    ])
  func atlas(_ old: String, _ new: String, _ message: String) async throws {
    let lab = try Lab.complete(atlases: [.mine], Self.forbidden())
    try await lab.offline.makeLock()
    #expect(try await lab.workspace().auditedLock().findings.isEmpty)
    let findings = try await tampered(lab, old, with: new)
    #expect(findings.map(\.message) == ["\(message) is not what its catalog says"])
  }

  @Test("a lock of the built-in catalog is compared, though somebody has changed the digest of that, too")
  func builtinDigest() async throws {
    let lab = try Lab(Self.forbidden())
    try lab.write("version: 1\ndata_dir: data\nannotations: [abagen/genepc1/fsaverage/10k]\n")
    try await lab.offline.makeLock()
    #expect(try await lab.workspace().auditedLock().compared == ["neuromaps"])
    let digest = BuiltinCatalog.load().digest.hex
    let findings = try await tampered(lab, digest, with: "0000\(digest.dropFirst(4))")
    #expect(findings.map(\.message) == ["the SHA-256 of the catalog `neuromaps` is not what its catalog says"])
    #expect(findings.first?.hints.last == "`neuromaps lock --upgrade` takes the catalog's pins again")
    try await lab.offline.makeLock(upgradesAll: true)
    #expect(try await lab.workspace().auditedLock().findings.isEmpty)
  }

  // MARK: What is no finding

  @Test("what has been learned of the bytes is no finding")
  func learned() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    #expect(try lab.text("neuromaps.lock")?.contains("osf_version: 1") == true)
    lab.forget()
    #expect(try await lab.workspace().auditedLock().compared == ["lab"])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a catalog that is of another revision by now is not compared with")
  func otherRevision() async throws {
    let lab = try await locked()
    try lab.write(Lab.catalog([Lab.left, Lab.right, .freshBeta], revision: "2", knowing: .all), at: "catalog.yaml")
    let newer = try await lab.workspace().auditedLock()
    #expect(newer.compared.isEmpty)
    #expect(newer.unknown.map(\.description) == [Self.alpha, Self.beta])
    // What has been kept from the earlier revision says so; the rest can be compared.
    try lab.write(Lab.catalog(Lab.open, revision: "3", knowing: .all), at: "catalog.yaml")
    try await lab.offline.makeLock(upgrading: [Self.alpha])
    #expect(try lab.lock().catalogs.map(\.revision) == ["3"])
    let same = try await lab.workspace().auditedLock()
    #expect(same.compared == ["lab"])
    #expect(same.unknown.isEmpty)
  }

  @Test("a pin of an earlier revision is told from one that was changed")
  func earlierPin() async throws {
    let lab = try await locked()
    try lab.describeData()
    try await lab.offline.makeLock()
    try lab.write(Lab.catalog([Lab.left, Lab.right, .freshBeta], revision: "2", knowing: .all), at: "catalog.yaml")
    try await lab.offline.makeLock(upgrading: [Self.alpha])
    let audit = try await lab.workspace().auditedLock()
    #expect(audit.compared == ["lab"])
    #expect(audit.unknown.map(\.description) == [Self.beta])
    #expect(try lab.lock().maps.map(\.revision) == [nil, "1"])
    // Who takes the note away claims that it is of the present revision.
    let findings = try await tampered(lab, "  catalog: lab\n  revision: '1'\n", with: "  catalog: lab\n")
    #expect(findings.map(\.code) == [.lockTampered, .lockTampered])
  }

  @Test("a catalog that cannot be read is passed over", arguments: [nil, "name: [", "version: 2\n"] as [String?])
  func unreadable(_ text: String?) async throws {
    let lab = try await locked()
    if let text {
      try lab.write(text, at: "catalog.yaml")
    } else {
      try lab.bench.files.remove(lab.project("catalog.yaml"))
    }
    let audit = try await lab.workspace().auditedLock()
    #expect(audit.compared.isEmpty)
    #expect(audit.unknown.map(\.description) == [Self.alpha, Self.beta])
  }

  @Test("a downloaded catalog comes from the store or not at all; nothing is asked for")
  func web() async throws {
    let text = Lab.catalog(Lab.all)
    let digest = MadeFile.checksums(of: Array(text.utf8)).sha256?.hex ?? ""
    let manifest = """
      version: 1
      data_dir: data
      builtin: false
      catalogs: [{url: "https://lab.example.org/c.yaml", sha256: \(digest)}]
      annotations: [\(Self.beta)]
      """
    let lab = try Lab(ScriptedTransport { _, _ in .bytes(Array(text.utf8)) })
    try lab.write(manifest)
    // It cannot be locked without the catalog, which is downloaded; OSF is asked for nothing here.
    _ = try await lab.workspace().catalogs()
    try await lab.offline.makeLock()
    lab.forget()
    #expect(try await lab.workspace().auditedLock().compared == ["lab"])
    let object = try lab.workspace().store().object(MadeFile.checksums(of: Array(text.utf8)))
    try lab.bench.files.remove(try #require(object).path)
    #expect(try await lab.workspace().auditedLock().compared.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a lock that is missing or stale is told of as such")
  func stale() async throws {
    let lab = try await locked()
    try lab.write(Lab.manifest("- \(Self.beta)"))
    let stale = try await failure { _ = try await lab.workspace().auditedLock() }
    #expect(stale?.reason == .lockStale)
    #expect(codes(stale) == [.lockStale])
    try lab.bench.files.remove(lab.project("neuromaps.lock"))
    #expect(codes(try await failure { _ = try await lab.workspace().auditedLock() }) == [.lockMissing])
  }

  // MARK: And a sync

  @Test(
    "a changed pin binds a frozen sync all the same: it fails, and places nothing that is wrong",
    arguments: [
      (Lab.beta.checksums.sha256?.hex ?? "", String(repeating: "ab", count: 32)),
      (Lab.beta.checksums.md5?.hex ?? "", String(repeating: "ab", count: 16)),
      ("osf: lab01/\(Lab.beta.id)", "osf: lab01/\(Lab.right.id)"),
    ])
  func frozen(_ old: String, _ new: String) async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let text = try #require(try lab.text("neuromaps.lock"))
    try lab.write(text.replacing(old, with: new), at: "neuromaps.lock")
    let result = try await lab.sync(.frozen)
    #expect(result.fates == [.downloaded, .downloaded, .failed])
    #expect(result.failure?.reason == .couldNot)
    #expect([[.wrongBytes], [.wrongLength]].contains(codes(result.failure)))
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == nil)
    #expect(try lab.bench.drafts(lab.bench.root) == [])
  }
}
