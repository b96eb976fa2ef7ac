import Dataset
import Effects
import Metadata
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Power that fails, or a disk that is full, while a data directory is described")
struct WorkspaceMetadataPowerLossTests {
  // Few and small, as the sweep does everything once for every step.
  private static let alpha = MadeFile("lab/alpha/MNI152/2mm", size: 40)
  private static let beta = MadeFile("lab/beta/MNI152/2mm", size: 60)
  private static let edited: [UInt8] = Array("what the user made of it".utf8)

  /// What is done when it happens.
  enum Work: String, CaseIterable, Sendable {
    /// Everything is locked, downloaded and described.
    case cold
    /// A map is not wanted any more: it goes, and what tells of it is written anew.
    case fewer
    /// README is the user's, and gives way.
    case repair
    /// Nothing is to be described any more.
    case off
  }

  /// What happens at one step.
  enum Trouble: Hashable, Sendable {
    case powerLoss(Survival)
    case fullDisk

    static let all = Survival.all.map(Trouble.powerLoss) + [.fullDisk]
  }

  private func lab(_ disk: FakeDisk) throws -> Lab {
    var lab = try Lab(.osf([Self.alpha, Self.beta]), disk: disk)
    lab.settings.jobs = 1
    return lab
  }

  private func begin(_ work: Work) async throws -> FakeDisk {
    let disk = FakeDisk()
    let lab = try lab(disk)
    try lab.write(Lab.catalog([Self.alpha, Self.beta]), at: "catalog.yaml")
    try lab.want("\(Self.alpha.map)", "\(Self.beta.map)", metadata: true)
    if work != .cold { try await lab.sync() }
    switch work {
    case .cold: break
    case .fewer: try lab.want("\(Self.beta.map)", metadata: true)
    case .repair: try disk.put(Self.edited, at: lab.project("data/README"))
    case .off: try lab.want("\(Self.alpha.map)", "\(Self.beta.map)")
    }
    // All of it has been on the disk for long.
    disk.restart(.everything)
    return disk
  }

  private func perform(_ work: Work, _ disk: FakeDisk) async throws -> SyncResult {
    var options = SyncOptions()
    options.policy.prunes = work == .fewer || work == .off
    options.policy.repairs = work == .repair
    return try await lab(disk).workspace().sync(options)
  }

  /// What is below the data directory and is not neuromaps' own.
  private func tree(_ disk: FakeDisk) throws -> [String: [UInt8]] {
    try lab(disk).bench.tree(FilePath("/bench/project/data")).filter { !$0.key.hasPrefix(".neuromaps/") }
  }

  @Test(
    "each file is absent, old, new or the user's afterwards, and the next sync ends right",
    .timeLimit(.minutes(15)), arguments: Work.allCases, Trouble.all)
  func everyStep(_ work: Work, _ trouble: Trouble) async throws {
    let beginning = try await begin(work)
    let rehearsal = FakeDisk(copying: beginning)
    #expect(try await perform(work, rehearsal).failure == nil)
    let (before, after) = (try tree(beginning), try tree(rehearsal))
    #expect(before != after)
    let steps = rehearsal.steps - beginning.steps
    #expect(steps > 5)
    let locks = try [beginning, rehearsal].map { try lab($0).text("neuromaps.lock") }
    var wrong: [String] = []
    try await beginning.sweep(steps, trouble.survival, trouble: trouble.strike) { disk in
      _ = try await failure { _ = try await perform(work, disk) }
    } look: { disk, step in
      wrong += try problems(disk, before, after, locks).map { "\(step) steps: \($0)" }
      if work == .repair { wrong += lostEdit(disk).map { "\(step) steps: \($0)" } }

      if let failure = try await perform(work, disk).failure { wrong.append("\(step) steps, then: \(failure)") }
      if try tree(disk) != after { wrong.append("\(step) steps, then: the directory is not right") }
      if try lab(disk).text("neuromaps.lock") != locks[1] { wrong.append("\(step) steps, then: the lock is not right") }
      if work == .repair { wrong += lostEdit(disk).map { "\(step) steps, then: \($0)" } }
      wrong += left(disk, trouble).map { "\(step) steps, then: \($0) is left" }
    }
    #expect(wrong.isEmpty, "\(work), \(trouble)")
  }

  @Test(
    "what is left of it is the project's own, whatever it wants next", .timeLimit(.minutes(15)),
    arguments: [Work.cold, .fewer], [Survival.foldersAndFlushed, .everything])
  func everyTurn(_ work: Work, _ survival: Survival) async throws {
    let beginning = try await begin(work)
    let rehearsal = FakeDisk(copying: beginning)
    #expect(try await perform(work, rehearsal).failure == nil)
    let steps = rehearsal.steps - beginning.steps
    #expect(try await turn(rehearsal).failure == nil)
    let goal = try tree(rehearsal)
    var wrong: [String] = []
    try await beginning.sweep(steps, survival) { disk in
      _ = try await failure { _ = try await perform(work, disk) }
    } look: { disk, step in
      let settled = FakeDisk(copying: disk)
      #expect(try await perform(work, settled).failure == nil)
      for (disk, told) in [(disk, "at once"), (settled, "after another")] {
        let result = try await turn(disk)
        let diagnostics = (result.outcomes + result.metadata).compactMap(\.diagnostic) + result.warnings
        wrong += diagnostics.map { "\(step) steps, \(told): \($0.message)" }
        if try tree(disk) != goal { wrong.append("\(step) steps, \(told): the directory is not right") }
      }
    }
    #expect(wrong.isEmpty, "\(work), \(survival)")
  }

  /// Wants something else than before, and makes the directory answer that.
  private func turn(_ disk: FakeDisk) async throws -> SyncResult {
    try lab(disk).want("\(Self.alpha.map)", metadata: true)
    var options = SyncOptions()
    options.policy.prunes = true
    return try await lab(disk).workspace().sync(options)
  }

  /// What must never be.
  private func problems(
    _ disk: FakeDisk, _ before: [String: [UInt8]], _ after: [String: [UInt8]], _ locks: [String?]
  ) throws -> [String] {
    let (lab, there) = (try lab(disk), try tree(disk))
    var wrong: [String] = []
    let text = try lab.text("neuromaps.lock")
    if !locks.contains(text) { wrong.append("the lock is neither old nor new") }
    for path in Set(before.keys).union(after.keys).union(there.keys).sorted() {
      let (old, new, now) = (before[path], after[path], there[path])
      // What is to change may be on its way; what is not to change stays.
      if now != old, now != new, now != nil || old == new { wrong.append("\(path) is wrong") }
    }
    guard text != nil else { return wrong }
    // What the index says is so.
    let folder = DataFolder(disk, at: lab.project("data"), for: "..")
    for file in DatasetMetadata.files(of: try lab.lock()) {
      let observation = folder.observe(file.path, expecting: file.checksums)
      if case .matches = observation, there[file.path.text] != file.bytes {
        wrong.append("the index is wrong about \(file.path)")
      }
      if case .outdated = observation, there[file.path.text] == Self.edited {
        wrong.append("the user's file is taken for an old one")
      }
    }
    return wrong
  }

  /// The drafts that are left, and what tells of a sync that did not end; what cannot be removed of the store's is
  /// swept when the store has something to do.
  private func left(_ disk: FakeDisk, _ trouble: Trouble) -> [String] {
    disk.everything().keys.filter {
      $0.contains(".begun-") || $0.contains("-draft-") && (trouble != .fullDisk || $0.contains("/data/"))
    }
  }

  private func lostEdit(_ disk: FakeDisk) -> [String] {
    disk.everything().values.contains(Self.edited) ? [] : ["the user's bytes are gone"]
  }
}

extension WorkspaceMetadataPowerLossTests.Trouble {
  /// Makes it happen after so many steps.
  fileprivate func strike(_ disk: FakeDisk, _ step: Int) {
    switch self {
    case .powerLoss: disk.losePower(afterSteps: step)
    case .fullDisk: disk.failStep(after: step, with: .noSpace)
    }
  }

  /// What the disk has afterwards.
  fileprivate var survival: Survival {
    switch self {
    case .powerLoss(let survival): survival
    case .fullDisk: .everything
    }
  }
}
