import Dataset
import Diagnostics
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Locking a project")
struct WorkspaceLockTests {
  private let alpha = "lab/alpha/fsLR/32k"
  private let beta = "lab/beta/MNI152/2mm"

  /// The catalog as it is later: both maps have other bytes.
  private var later: [MadeFile] {
    Lab.open.map { file in
      var file = file
      file.bytes.reverse()
      return file
    }
  }

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  @Test("the first lock pins what the catalog says, and what OSF knows of it by a request a file")
  func first() async throws {
    let lab = try Lab.complete()
    let result = try await lab.makeLock()
    #expect(result.isNew)
    #expect(result.difference.added.map(\.description) == [alpha, beta])
    #expect(result.warnings.isEmpty)
    let lock = try lab.lock()
    #expect(lock == result.lock)
    #expect(lock.files.map(\.path) == Lab.open.map(\.path))
    #expect(lock.files.map(\.checksums) == Lab.open.map(\.checksums))
    #expect(lock.catalogs.map(\.name) == ["lab"])
    #expect(lab.transport.lookUps.count == 3)
    #expect(lab.transport.downloads.isEmpty)
  }

  @Test("locking again writes nothing")
  func again() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    lab.forget()
    let result = try await lab.makeLock()
    #expect(!result.isNew)
    #expect(result.difference.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a newer catalog moves no pin, until it is asked for")
  func keepsPins() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let before = try lab.text("neuromaps.lock")
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    #expect(try await !lab.makeLock().isNew)
    #expect(try lab.text("neuromaps.lock") == before)
    _ = try lab.workspace().checkedLock()

    let one = try await lab.makeLock(upgrading: [beta])
    #expect(one.difference.changed.map(\.description) == [beta])
    #expect(one.lock.files.map(\.checksums?.md5) == [Lab.left, Lab.right, later[2]].map(\.checksums.md5))
    let all = try await lab.makeLock(upgradesAll: true)
    #expect(all.difference.changed.map(\.description) == [alpha])
    #expect(all.lock.files.map(\.checksums?.md5) == later.map(\.checksums.md5))
    #expect(all.lock.catalogs.map(\.revision) == ["2"])
  }

  @Test("a pattern can be upgraded")
  func upgradesPattern() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    #expect(try await lab.makeLock(upgrading: ["lab/*/fsLR/*"]).difference.changed.map(\.description) == [alpha])
  }

  @Test("a map that is to be upgraded and is not locked is told of, and nothing is written")
  func upgradesUnknown() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    lab.forget()
    let failure = try await failure { try await lab.makeLock(upgrading: ["lab/betta/MNI152/2mm"]) }
    #expect(codes(failure) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.hints.first?.contains(beta) == true)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("adding a map keeps the other pins; taking one away drops its files")
  func edits() async throws {
    let lab = try Lab.complete()
    try lab.write(Lab.manifest("- \(alpha)"))
    try await lab.makeLock()
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    try lab.write(Lab.manifest("- \(alpha)", "- \(beta)"))
    let added = try await lab.makeLock()
    #expect(added.difference.added.map(\.description) == [beta])
    #expect(added.difference.changed.isEmpty)
    #expect(added.lock.files.map(\.checksums?.md5) == [Lab.left, Lab.right, later[2]].map(\.checksums.md5))
    try lab.write(Lab.manifest("- \(beta)"))
    let removed = try await lab.makeLock()
    #expect(removed.difference.removed.map(\.description) == [alpha])
    #expect(removed.lock.files.map(\.path) == [Lab.beta.path])
  }

  @Test("a dry run says what would change and changes nothing")
  func dryRun() async throws {
    let lab = try Lab.complete()
    let first = try await lab.makeLock(isDryRun: true)
    #expect(first.isNew)
    #expect(lab.files.writes.allSatisfy { !$0.path.starts(with: lab.project("")) })
    try await lab.makeLock()
    lab.forget()
    #expect(try await !lab.makeLock(isDryRun: true).isNew)
    try lab.write(Lab.catalog(later, revision: "2"), at: "catalog.yaml")
    let upgrade = try await lab.makeLock(upgradesAll: true, isDryRun: true)
    #expect(upgrade.isNew)
    #expect(upgrade.difference.changed.count == 2)
    #expect(lab.files.writes.allSatisfy { !$0.path.starts(with: lab.project("")) })
  }

  @Test("what was learned from the bytes stays when the lock is made anew")
  func keepsWhatWasLearned() async throws {
    let lab = try Lab.complete()
    try await lab.sync()
    #expect(try lab.lock().files.map(\.checksums) == Lab.open.map(\.checksums))
    try lab.write(Lab.manifest("- \(beta)", "- \(alpha)", "- lab/alpha/*/*"))
    try await lab.makeLock()
    #expect(try lab.lock().files.map(\.checksums) == Lab.open.map(\.checksums))
    try await lab.makeLock(upgradesAll: true)
    #expect(try lab.lock().files.map(\.checksums) == Lab.open.map(\.checksums))
  }

  // MARK: Locks that cannot be read

  @Test(
    "a damaged lock is written anew, and told of",
    arguments: ["", "nonsense: [", "version: 1\n", "<<<<<<< ours\n=======\n>>>>>>> theirs\n", "\0", "#\n"])
  func damaged(_ text: String) async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let right = try lab.text("neuromaps.lock")
    try lab.write(text, at: "neuromaps.lock")
    for work in [{ try await lab.sync() }, { try await lab.sync(.frozen) }, { _ = try lab.workspace().checkedLock() }]
      as [() async throws -> Void]
    {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(try lab.text("neuromaps.lock") == text)
    }
    let result = try await lab.makeLock()
    #expect(result.isNew)
    #expect(!result.warnings.isEmpty)
    #expect(result.warnings.allSatisfy { $0.severity == .warning })
    #expect(try lab.text("neuromaps.lock") == right)
  }

  @Test("an edited lock is not taken, and `lock` puts it right")
  func edited() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let right = try #require(try lab.text("neuromaps.lock"))
    try lab.write(right + "\n", at: "neuromaps.lock")
    #expect(codes(try await failure { try await lab.sync() }) == [.lockNotCanonical])
    try await lab.makeLock()
    #expect(try lab.text("neuromaps.lock") == right)
  }

  @Test("a lock of a newer format is refused by every command and stays as it is")
  func newer() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    let newer = try #require(try lab.text("neuromaps.lock")).replacing("version: 1\n", with: "version: 2\n")
    try lab.write(newer, at: "neuromaps.lock")
    lab.forget()
    for work in [
      { try await lab.makeLock() }, { try await lab.makeLock(upgradesAll: true) }, { try await lab.sync() },
      { try await lab.sync(.frozen) }, { _ = try lab.workspace().checkedLock() },
      { _ = try await lab.workspace().status() },
    ] as [() async throws -> Void] {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(codes(failure) == [.lockVersion])
    }
    #expect(try lab.text("neuromaps.lock") == newer)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  // MARK: Manifests that are wrong

  @Test("what is wrong with form and contents is told in one run, in the order of the file")
  func allAtOnce() async throws {
    let lab = try Lab.complete()
    try lab.write(
      Lab.manifest("- lab/alfa/fsLR/32k", "- {space: fsLR, sauce: lab}", "- \(beta)", "- nothing", also: "colour: blue")
    )
    let failure = try await failure { try await lab.makeLock() }
    #expect(failure?.reason == .wrongInput)
    #expect(Set(codes(failure)) == [.matchesNothing, .manifestUnknownKey, .manifestWrongValue])
    #expect(codes(failure).count { $0 == .manifestUnknownKey } == 2)
    let lines = failure?.diagnostics.compactMap { $0.location?.span.start.line } ?? []
    #expect(lines == lines.sorted())
    #expect(lines.count == failure?.diagnostics.count)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a manifest that is too large is refused with its place", arguments: ["neuromaps.yaml"])
  func tooLarge(_ name: String) async throws {
    let lab = try Lab.complete()
    try lab.write("version: 1\n" + String(repeating: "# x\n", count: (8 << 20) / 4), at: name)
    let failure = try await failure { try await lab.makeLock() }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.manifestSyntax])
    #expect(failure?.diagnostics.first?.location?.file == name)
  }

  @Test("a restricted map is locked only when it is written out")
  func restricted() async throws {
    let lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/*/*/*"))
    #expect(try await lab.makeLock().lock.maps.map(\.isRestricted) == [false, false])
    try lab.write(Lab.manifest("- lab/*/*/*", "- lab/gamma/MNI152/1mm"))
    #expect(try await lab.makeLock().lock.maps.map(\.isRestricted) == [false, false, true])
  }

  // MARK: Checking

  @Test("a lock that answers is found to, without a look at anything else")
  func check() async throws {
    let lab = try Lab.complete()
    let lock = try await lab.makeLock().lock
    try lab.write("nonsense: [", at: "catalog.yaml")
    lab.forget()
    #expect(try lab.workspace().checkedLock() == lock)
    #expect(lab.files.writes.isEmpty)
    #expect(
      Set(lab.files.records.filter { $0.call == .read }.map(\.path.lastComponent?.string)) == [
        "neuromaps.yaml", "neuromaps.lock",
      ])
  }

  @Test("comments, order and layout make no lock stale; another map does, and a missing lock is one")
  func staleness() async throws {
    let lab = try Lab.complete()
    #expect(codes(try await failure { _ = try lab.workspace().checkedLock() }) == [.lockMissing])
    try await lab.makeLock()
    try lab.write("# a note\n" + Lab.manifest("- [lab, beta, MNI152, 2mm]", "- \(alpha) # first"))
    _ = try lab.workspace().checkedLock()
    try lab.write(Lab.manifest("- \(beta)", "- lab/alpha/fsLR/*"))
    let failure = try await failure { _ = try lab.workspace().checkedLock() }
    #expect(failure?.reason == .lockStale)
    #expect(codes(failure) == [.lockStale])
    #expect(failure?.diagnostics.first?.notes.count == 2)
    #expect(failure?.diagnostics.first?.notes.contains { $0.contains("lab/alpha/fsLR/*") } == true)
  }
}
