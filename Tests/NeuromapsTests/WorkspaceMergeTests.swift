import Catalog
import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Merging the locks of two branches")
struct WorkspaceMergeTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"

  /// The catalog as it is later: all maps have other bytes.
  private static let later = Lab.open.map { file in
    var file = file
    file.bytes.reverse()
    return file
  }

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  /// The lock of a branch that has made it anew.
  private func branch(
    _ lab: Lab, wanting map: String, of files: [MadeFile], revision: String = "1"
  ) async throws -> String {
    try lab.write(Lab.catalog(files, revision: revision), at: "catalog.yaml")
    try lab.want(map)
    if try lab.text("neuromaps.lock") != nil { try lab.bench.files.remove(lab.project("neuromaps.lock")) }
    try await lab.makeLock()
    return try #require(try lab.text("neuromaps.lock"))
  }

  /// A lab in the middle of a merge: our branch has the surface, theirs the volume, by a later revision of the catalog.
  private func merging(_ style: ConflictedFile.Style = .merge) async throws -> Lab {
    let lab = try Lab(.osf([Lab.left, Lab.right, .freshBeta]))
    let ours = try await branch(lab, wanting: Self.alpha, of: Lab.open)
    let theirs = try await branch(lab, wanting: Self.beta, of: Self.later, revision: "2")
    try lab.want(Self.alpha, Self.beta)
    // What both come from is shown in one style, and is nobody's.
    let base = style == .diff3 ? theirs.replacing("revision: '2'", with: "revision: '0'") : nil
    try lab.write(ConflictedFile.text(ours, theirs, base: base), at: "neuromaps.lock")
    lab.forget()
    return lab
  }

  // MARK: Merging

  @Test("keeps the pins of both sides, and a sync goes on from there", arguments: ConflictedFile.Style.allCases)
  func merges(_ style: ConflictedFile.Style) async throws {
    let lab = try await merging(style)
    let result = try await lab.makeLock()
    #expect(result.isNew)
    #expect(result.difference.isEmpty)
    #expect(result.warnings.map(\.code) == [.lockConflictMarkers])
    #expect(result.warnings.map(\.severity) == [.warning])
    #expect(result.warnings.first?.hints == ["the pins of both sides were merged"])
    #expect(try lab.text("neuromaps.lock")?.contains("<<<<<<<") == false)
    let lock = try lab.lock()
    #expect(lock == result.lock)
    #expect(lock.files.map(\.checksums) == [Lab.left, Lab.right, MadeFile.freshBeta].map(\.checksums))
    #expect(lock.catalogs.map(\.revision) == ["2"])
    #expect(lock.maps.map(\.revision) == ["1", nil])
    // What both sides know need not be asked for.
    #expect(lab.transport.requests.isEmpty)

    let audit = try await lab.workspace().auditedLock()
    #expect(audit.compared == ["lab"])
    #expect(audit.unknown.map(\.description) == [Self.alpha])
    let sync = try await lab.sync(.locked)
    #expect(sync.fates == [.downloaded, .downloaded, .downloaded])
    #expect(sync.failure == nil)
    #expect(try await !lab.makeLock().isNew)
  }

  @Test("a dry run says what would be written and leaves the markers")
  func dryRun() async throws {
    let lab = try await merging()
    let before = try lab.text("neuromaps.lock")
    let result = try await lab.makeLock(isDryRun: true)
    #expect(result.isNew)
    #expect(result.lock.maps.count == 2)
    #expect(try lab.text("neuromaps.lock") == before)
  }

  @Test("of two pins of one file ours stays, and the map is named", arguments: [true, false])
  func rivals(isOursOlder: Bool) async throws {
    let lab = try Lab(.osf([Lab.beta]))
    let older = try await branch(lab, wanting: Self.beta, of: [Lab.beta])
    let newer = try await branch(lab.offline, wanting: Self.beta, of: [.freshBeta], revision: "2")
    try lab.write(
      isOursOlder ? ConflictedFile.text(older, newer) : ConflictedFile.text(newer, older), at: "neuromaps.lock")
    let result = try await lab.offline.makeLock()
    let ours = isOursOlder ? Lab.beta : MadeFile.freshBeta
    #expect(result.lock.files.map(\.checksums?.md5) == [ours.checksums.md5])
    #expect(result.lock.maps.map(\.revision) == [isOursOlder ? "1" : nil])
    let warning = result.warnings.first { $0.code == .lockConflictMarkers }
    #expect(warning?.notes.count == 1)
    #expect(warning?.notes.first?.contains("`\(Self.beta)`") == true)
    // Nothing is made up of both.
    #expect(result.lock.files.first?.checksums?.agrees(with: ours.checksums) == true)
  }

  @Test("what one side has learned of the same bytes completes the other", arguments: [true, false])
  func learned(isOursComplete: Bool) async throws {
    let lab = try Lab.complete()
    try await lab.offline.makeLock()
    let weak = try #require(try lab.text("neuromaps.lock"))
    try await lab.makeLock()
    let strong = try #require(try lab.text("neuromaps.lock"))
    try lab.write(
      isOursComplete ? ConflictedFile.text(strong, weak) : ConflictedFile.text(weak, strong), at: "neuromaps.lock")
    let result = try await lab.offline.makeLock()
    #expect(result.lock.files.map(\.checksums) == Lab.open.map(\.checksums))
    #expect(result.warnings.filter { $0.code == .lockConflictMarkers }.allSatisfy { $0.notes.isEmpty })
  }

  @Test("a file that the merge has lost comes back")
  func lostFile() async throws {
    let lab = try await merging()
    let text = try #require(try lab.text("neuromaps.lock"))
    var isLost = false
    let kept = text.split(separator: "\n").filter { line in
      if line.hasPrefix("- path") { isLost = line.contains("hemi-R") }
      if line.first.map({ "<=>".contains($0) }) == true { isLost = false }
      return !isLost
    }
    #expect(kept.count < text.split(separator: "\n").count)
    try lab.write(kept.map { "\($0)\n" }.joined(), at: "neuromaps.lock")
    let lock = try await lab.offline.makeLock().lock
    #expect(lock.files.map(\.path) == Lab.open.map(\.path))
    #expect(lock.files.first?.checksums == Lab.left.checksums)
  }

  @Test("what the merged manifest does not want is dropped, and its groups are what counts")
  func manifestDecides() async throws {
    let lab = try await merging()
    try lab.write(Lab.manifest(also: "groups: {figures: {annotations: [\(Self.beta)]}}"))
    let lock = try await lab.makeLock().lock
    #expect(lock.maps.map(\.id.description) == [Self.beta])
    #expect(lock.maps.map(\.groups) == [["figures"]])
    #expect(lock.files.map(\.checksums) == [MadeFile.freshBeta.checksums])
  }

  @Test("markers in disorder cannot be merged; the lock is made anew, and that is said")
  func disorder() async throws {
    let lab = try await merging()
    let text = try #require(try lab.text("neuromaps.lock"))
    try lab.write(text.replacing("=======\n", with: ""), at: "neuromaps.lock")
    let result = try await lab.offline.makeLock()
    let warning = result.warnings.first { $0.code == .lockConflictMarkers }
    #expect(warning?.severity == .warning)
    #expect(warning?.hints.first?.contains("not kept") == true)
    #expect(result.lock.files.map(\.checksums?.md5) == Self.later.map(\.checksums.md5))
  }

  // MARK: What is refused

  @Test("every other command refuses a lock with markers and leaves it as it is")
  func refused() async throws {
    let lab = try await merging()
    let before = try lab.text("neuromaps.lock")
    for work in [
      { try await lab.sync() }, { try await lab.sync(.locked) }, { try await lab.sync(.frozen) },
      { _ = try lab.workspace().checkedLock() }, { _ = try await lab.workspace().auditedLock() },
      { _ = try await lab.workspace().status() }, { _ = try await lab.workspace().verify() },
      { _ = try await lab.workspace().tree() },
    ] as [() async throws -> Void] {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(codes(failure) == [.lockConflictMarkers])
      #expect(failure?.diagnostics.first?.hints.first?.contains("`neuromaps lock`") == true)
    }
    #expect(try lab.text("neuromaps.lock") == before)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a manifest with markers is for a person to merge, and the lock waits", arguments: [true, false])
  func manifestMarkers(lockToo: Bool) async throws {
    let lab = try await merging()
    if !lockToo {
      try await lab.makeLock()
      lab.forget()
    }
    let one = Lab.manifest("- \(Self.alpha)")
    try lab.write(ConflictedFile.text(one, Lab.manifest("- \(Self.beta)")))
    let before = (try lab.text("neuromaps.yaml"), try lab.text("neuromaps.lock"))
    for work in [
      { try await lab.makeLock() }, { try await lab.makeLock(upgradesAll: true) }, { try await lab.sync() },
      { _ = try lab.workspace().checkedLock() },
    ] as [() async throws -> Void] {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(codes(failure) == [.manifestConflictMarkers])
      #expect(failure?.diagnostics.first?.location?.line.hasPrefix("<<<<<<<") == true)
    }
    #expect(try lab.text("neuromaps.yaml") == before.0)
    #expect(try lab.text("neuromaps.lock") == before.1)
    #expect(lab.files.writes.isEmpty)
  }

  @Test(
    "a side of a later format is refused and stays as it is",
    arguments: ["version: 2\n", "version: 1\nrevision: 4\n"], [true, false])
  func futureSide(_ format: String, isOurs: Bool) async throws {
    let lab = try await merging()
    let now = try await branch(lab, wanting: Self.beta, of: Self.later, revision: "2")
    let future = now.replacing("\nversion: 1\n", with: "\n\(format)") + "lines: of a later program\n"
    let text = isOurs ? ConflictedFile.text(future, now) : ConflictedFile.text(now, future)
    try lab.write(text, at: "neuromaps.lock")
    lab.forget()
    for upgradesAll in [false, true] {
      let failure = try await failure { try await lab.makeLock(upgradesAll: upgradesAll) }
      #expect(failure?.reason == .wrongInput)
      #expect(codes(failure) == [.lockVersion])
    }
    #expect(try lab.text("neuromaps.lock") == text)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }
}
