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

@Suite("Editing a project's manifest")
struct WorkspaceEditTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"
  private static let secret = "lab/gamma/MNI152/1mm"

  /// A locked project that wants one of the lab's maps.
  private func lab(_ entries: String..., disk: FakeDisk = FakeDisk()) async throws -> Lab {
    let lab = try Lab(.osf(Lab.all), disk: disk)
    try lab.write(Lab.catalog(Lab.all), at: "catalog.yaml")
    let items = (entries.isEmpty ? ["- \(Self.alpha)   # the first"] : entries).map { "  \($0)\n" }.joined()
    let rest = "version: 1\ndata_dir: data\nbuiltin: false\ncatalogs: [{path: catalog.yaml}]\n"
    try lab.write("# Ours.\n\(rest)annotations:\n\(items)# The end.\n")
    try await lab.makeLock()
    lab.forget()
    return lab
  }

  private func change(_ action: ManifestChange.Action, _ names: [String], in group: String? = nil) -> ManifestChange {
    let patterns = names.compactMap { MapPattern($0) }
    precondition(patterns.count == names.count)
    return ManifestChange(action, patterns.map { .map($0) }, in: group)
  }

  @discardableResult
  private func add(
    _ names: String..., to lab: Lab, in group: String? = nil, isDryRun: Bool = false
  ) async throws -> EditResult {
    try await lab.workspace().edit(change(.add, names, in: group), isDryRun: isDryRun)
  }

  @discardableResult
  private func remove(_ names: String..., from lab: Lab, in group: String? = nil) async throws -> EditResult {
    try await lab.workspace().edit(change(.remove, names, in: group), isDryRun: false)
  }

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  /// Both files.
  private func files(_ lab: Lab) throws -> [String?] {
    [try lab.text("neuromaps.yaml"), try lab.text("neuromaps.lock")]
  }

  // MARK: What is written

  @Test("what is added is written and locked, and the rest of the file stays")
  func adds() async throws {
    let lab = try await lab()
    let before = try #require(try lab.text("neuromaps.yaml"))
    let result = try await add(Self.beta, to: lab)
    #expect(result.isWritten)
    #expect(result.lines == [.added("  - \(Self.beta)")])
    #expect(result.lock.isNew)
    #expect(result.lock.difference.added.map(\.description) == [Self.beta])
    let after = before.replacing("# the first\n", with: "# the first\n  - \(Self.beta)\n")
    #expect(try lab.text("neuromaps.yaml") == after)
    #expect(try lab.lock() == result.lock.lock)
    _ = try lab.workspace().checkedLock()
    #expect(try await lab.sync().fates == [.downloaded, .downloaded, .downloaded])

    let removed = try await remove(Self.beta, from: lab)
    #expect(removed.edit.removed.map(\.description) == [Self.beta])
    #expect(try lab.text("neuromaps.yaml") == before)
    #expect(try lab.lock().maps.map(\.id.description) == [Self.alpha])
    #expect(try lab.bench.drafts(lab.bench.root) == [])
  }

  @Test("a group is made for what is added to it")
  func group() async throws {
    let lab = try await lab()
    try await add(Self.beta, to: lab, in: "figures")
    #expect(
      try lab.text("neuromaps.yaml")?.hasSuffix(
        "# The end.\ngroups:\n  figures:\n    annotations:\n      - \(Self.beta)\n") == true)
    #expect(try lab.lock().maps.map(\.groups) == [[], ["figures"]])
  }

  @Test("what is wanted already is told, and nothing is written")
  func unchanged() async throws {
    let lab = try await lab("- lab/alpha/*/*")
    let before = try files(lab)
    let result = try await add(Self.alpha, to: lab)
    #expect(!result.isWritten)
    #expect(result.edit.unchanged.map(\.line) == [7])
    #expect(result.lines == [])
    #expect(try files(lab) == before)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a restricted map is written out although a pattern matches it, as the pattern does not bring it")
  func restricted() async throws {
    let lab = try await lab("- lab/*/*/*")
    let result = try await add(Self.beta, Self.secret, to: lab)
    #expect(result.edit.added.map(\.description) == [Self.secret])
    #expect(result.edit.unchanged.map(\.item.description) == [Self.beta])
    #expect(try lab.lock().maps.map(\.id.description) == [Self.alpha, Self.beta, Self.secret])
    #expect(try await add(Self.secret, to: lab).edit.added.isEmpty)
  }

  @Test("a dry run tells the lines and the maps, and writes nothing")
  func dryRun() async throws {
    let lab = try await lab()
    let before = try files(lab)
    let result = try await add(Self.beta, to: lab, isDryRun: true)
    #expect(result.lines == [.added("  - \(Self.beta)")])
    #expect(result.lock.difference.added.map(\.description) == [Self.beta])
    #expect(result.lock.isNew && !result.isWritten)
    #expect(try files(lab) == before)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("of a symbolic link the file behind it is written")
  func symbolicLink() async throws {
    let lab = try await lab()
    let text = try #require(try lab.text("neuromaps.yaml"))
    try lab.write(text, at: "shared/ours.yaml")
    try lab.bench.files.remove(lab.project("neuromaps.yaml"))
    try lab.bench.link(lab.project("other.yaml"), to: "shared/ours.yaml")
    try lab.bench.link(lab.project("neuromaps.yaml"), to: lab.project("other.yaml").string)
    try await add(Self.beta, to: lab)
    #expect(try lab.bench.files.isLink(lab.project("neuromaps.yaml")))
    #expect(try lab.bench.files.isLink(lab.project("other.yaml")))
    #expect(try lab.text("shared/ours.yaml")?.contains("  - \(Self.beta)\n") == true)
  }

  // MARK: What is undone

  @Test("what cannot be locked is not written")
  func noSuchMap() async throws {
    let lab = try await lab()
    let before = try files(lab)
    let failure = try await failure { try await add("lab/bata/MNI152/2mm", to: lab) }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.matchesNothing])
    #expect(failure?.diagnostics.last?.location?.line == "  - lab/bata/MNI152/2mm")
    #expect(failure?.diagnostics.last?.notes.last == "`neuromaps.yaml` was left as it is")
    #expect(try files(lab) == before)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("if the lock cannot be written, the manifest is as it was", arguments: [FileCall.createDraft, .publish])
  func lockFails(_ call: FileCall) async throws {
    let lab = try await lab()
    let before = try files(lab)
    // The second file that is written beside the manifest is the lock.
    let isDraft = call == .createDraft
    lab.files.fail(call, on: isDraft ? "bench/project" : "neuromaps.lock", turn: isDraft ? 2 : 1, with: .noSpace)
    let failure = try await failure { try await add(Self.beta, to: lab) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.diskFull])
    #expect(failure?.diagnostics.last?.notes.last == "`neuromaps.yaml` is as it was")
    #expect(try files(lab) == before)
    #expect(lab.files.writes.contains { $0.call == .publish && $0.path.lastComponent?.string == "neuromaps.yaml" })
    #expect(try lab.bench.drafts(lab.bench.root) == [])
  }

  @Test("if the manifest cannot be written, the lock is not")
  func manifestFails() async throws {
    let lab = try await lab()
    let before = try files(lab)
    lab.files.fail(.publish, on: "neuromaps.yaml", with: .permissionDenied)
    let failure = try await failure { try await add(Self.beta, to: lab) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.fileFailed])
    #expect(try files(lab) == before)
  }

  @Test("on a disk that is read-only nothing is changed")
  func readOnly() async throws {
    let lab = try await lab()
    let before = try files(lab)
    lab.files.makeReadOnly()
    let failure = try await failure { try await remove(Self.alpha, from: lab) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.fileFailed])
    #expect(try files(lab) == before)
  }

  @Test("a manifest that somebody else changes meanwhile is left alone")
  func changedMeanwhile() async throws {
    let lab = try await lab()
    let (lock, other) = (try lab.text("neuromaps.lock"), "version: 1\n# somebody else's\n")
    let (disk, manifest) = (lab.bench.disk, lab.project("neuromaps.yaml"))
    lab.files.beforeEach { record in
      guard record.call == .read, record.path.lastComponent?.string == "catalog.yaml" else { return }
      do { try disk.put(Array(other.utf8), at: manifest) } catch { Issue.record(error) }
    }
    let failure = try await failure { try await add(Self.beta, to: lab) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.cannotEdit])
    #expect(try files(lab) == [other, lock])
    #expect(!lab.files.writes.contains { $0.path.lastComponent?.string == "neuromaps.lock" })
  }

  @Test("a manifest that is wrong in itself is told of, and stays")
  func wrongManifest() async throws {
    let lab = try await lab()
    try lab.write("version: 1\ncolour: red\nannotations: text\n")
    let before = try files(lab)
    let failure = try await failure { try await add(Self.beta, to: lab) }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.manifestUnknownKey, .manifestWrongValue])
    #expect(try files(lab) == before)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("what is no entry is not removed; the selector that brings it in is pointed at")
  func notWanted() async throws {
    let lab = try await lab("- {space: MNI152, source: lab}", "- \(Self.alpha)")
    let before = try files(lab)
    let selected = try await failure { try await remove(Self.beta, from: lab) }
    #expect(selected?.reason == .wrongInput)
    #expect(codes(selected) == [.notWanted])
    #expect(selected?.diagnostics.first?.location?.span.start.line == 7)
    // It is restricted, so the selector does not bring it.
    let unknown = try await failure { try await remove(Self.secret, from: lab) }
    #expect(codes(unknown) == [.notWanted])
    #expect(unknown?.diagnostics.first?.location == nil)
    #expect(try files(lab) == before)
    #expect(lab.files.writes.isEmpty)
  }

  @Test(
    "power that fails at any step leaves a manifest that is old or new, whole, and a project that syncs",
    arguments: [Survival.everything, .namesAndFlushedBytes])
  func powerLoss(_ survival: Survival) async throws {
    let beginning = FakeDisk()
    let first = try await lab(disk: beginning)
    try await first.sync()
    beginning.restart(.everything)
    func begin(_ disk: FakeDisk) throws -> Lab { try Lab(.osf(Lab.all), disk: disk) }
    let rehearsal = FakeDisk(copying: beginning)
    try await add(Self.beta, to: begin(rehearsal))
    let texts = try [beginning, rehearsal].map { try begin($0).text("neuromaps.yaml") }
    for step in 0...(rehearsal.steps - beginning.steps) {
      let disk = FakeDisk(copying: beginning)
      disk.losePower(afterSteps: step)
      _ = try await failure { try await add(Self.beta, to: begin(disk)) }
      disk.restart(survival)
      let lab = try begin(disk)
      #expect(try texts.contains(lab.text("neuromaps.yaml")), "\(step) steps")
      #expect(try await lab.sync().failure == nil, "\(step) steps")
      _ = try lab.workspace().checkedLock()
    }
  }
}
