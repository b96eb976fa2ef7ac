import Dataset
import Effects
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Power that fails in the middle of a project's work")
struct WorkspacePowerLossTests {
  // Few and small, as the sweep does everything once for every step.
  private static let alpha = MadeFile("lab/alpha/MNI152/2mm", size: 40)
  private static let beta = MadeFile("lab/beta/MNI152/2mm", size: 60)
  private static let fresh: MadeFile = {
    var fresh = beta
    fresh.bytes = Array(beta.bytes.reversed())
    return fresh
  }()
  private static let edited: [UInt8] = Array("what the user made of it".utf8)

  /// What is done when the power fails.
  enum Work: String, CaseIterable, Sendable {
    /// Everything is locked and downloaded.
    case cold
    /// A map is not wanted any more, and goes.
    case prune
    /// A file is the user's, and gives way.
    case repair
    /// A file is of an old pin, and gives way.
    case upgrade
  }

  /// A lab on a disk that has what it needs before the work.
  private func lab(_ work: Work, _ disk: FakeDisk) throws -> Lab {
    var lab = try Lab(.osf([Self.alpha, work == .upgrade ? Self.fresh : Self.beta]), disk: disk)
    lab.settings.jobs = 1
    return lab
  }

  private func begin(_ work: Work) async throws -> FakeDisk {
    let disk = FakeDisk()
    var first = try Lab(.osf([Self.alpha, Self.beta]), disk: disk)
    first.settings.jobs = 1
    try first.write(Lab.catalog([Self.alpha, Self.beta]), at: "catalog.yaml")
    try first.want("\(Self.alpha.map)", "\(Self.beta.map)")
    if work != .cold { try await first.sync() }
    switch work {
    case .cold: break
    case .prune: try first.want("\(Self.beta.map)")
    case .repair: try disk.put(Self.edited, at: first.data(Self.beta))
    case .upgrade:
      let later = try lab(work, disk)
      try later.write(Lab.catalog([Self.alpha, Self.fresh], revision: "2"), at: "catalog.yaml")
      try await later.makeLock(upgradesAll: true)
    }
    // All of it has been on the disk for long.
    disk.restart(.everything)
    return disk
  }

  private func perform(_ work: Work, _ disk: FakeDisk) async throws -> SyncResult {
    var options = SyncOptions()
    options.policy.prunes = work == .prune
    options.policy.repairs = work == .repair
    return try await lab(work, disk).workspace().sync(options)
  }

  @Test(
    "each file is absent, old, new or the user's afterwards, and the next sync ends right",
    .timeLimit(.minutes(15)), arguments: Work.allCases, Survival.all)
  func everyStep(_ work: Work, _ survival: Survival) async throws {
    let beginning = try await begin(work)
    let rehearsal = FakeDisk(copying: beginning)
    #expect(try await perform(work, rehearsal).failure == nil)
    let steps = rehearsal.steps - beginning.steps
    #expect(steps > 5)
    let locks = try [beginning, rehearsal].map { try lab(work, $0).text("neuromaps.lock") }
    var wrong: [String] = []
    try await beginning.sweep(steps, survival) { disk in
      _ = try await failure { _ = try await perform(work, disk) }
    } look: { disk, step in
      wrong += try problems(work, disk, locks).map { "\(step) steps: \($0)" }

      let result = try await perform(work, disk)
      if let failure = result.failure { wrong.append("\(step) steps, then: \(failure)") }
      wrong += try unfinished(work, disk, locks.last ?? nil).map { "\(step) steps, then: \($0)" }
    }
    #expect(wrong.isEmpty, "\(work), \(survival)")
  }

  /// What must never be.
  private func problems(_ work: Work, _ disk: FakeDisk, _ locks: [String?]) throws -> [String] {
    let lab = try lab(work, disk)
    var wrong: [String] = []
    if !locks.contains(try lab.text("neuromaps.lock")) { wrong.append("the lock is neither old nor new") }
    for file in [Self.alpha, Self.beta, Self.fresh] {
      let there = try disk.bytes(lab.data(file))
      // What the index says is so.
      let folder = DataFolder(disk, at: lab.project("data"), for: "..")
      if case .matches = folder.observe(file.path, expecting: file.checksums), there != file.bytes {
        wrong.append("the index is wrong about \(file.path)")
      }
      if case .outdated = folder.observe(file.path, expecting: file.checksums), there == Self.edited {
        wrong.append("the user's file is taken for an old one")
      }
      if let object = try lab.workspace().store().object(file.checksums), try disk.bytes(object.path) != file.bytes {
        wrong.append("the store has a wrong \(file.path)")
      }
    }
    let alpha = try disk.bytes(lab.data(Self.alpha))
    let mayLackAlpha = work == .cold || work == .prune
    if alpha != Self.alpha.bytes && (alpha != nil || !mayLackAlpha) { wrong.append("\(Self.alpha.path) is wrong") }
    let beta = try disk.bytes(lab.data(Self.beta))
    let allowed: [[UInt8]?] =
      switch work {
      case .cold: [nil, Self.beta.bytes]
      case .prune: [Self.beta.bytes]
      case .repair: [nil, Self.beta.bytes, Self.edited]
      case .upgrade: [nil, Self.beta.bytes, Self.fresh.bytes]
      }
    if !allowed.contains(beta) { wrong.append("\(Self.beta.path) is wrong") }
    if work == .repair, !disk.everything().values.contains(Self.edited) { wrong.append("the user's bytes are gone") }
    return wrong
  }

  /// What another run has not put right.
  private func unfinished(_ work: Work, _ disk: FakeDisk, _ lock: String?) throws -> [String] {
    let lab = try lab(work, disk)
    var wrong: [String] = []
    if try lab.text("neuromaps.lock") != lock { wrong.append("the lock is not the right one") }
    let wanted = work == .upgrade ? Self.fresh.bytes : Self.beta.bytes
    if try disk.bytes(lab.data(Self.beta)) != wanted { wrong.append("\(Self.beta.path) is not right") }
    let alpha = try disk.bytes(lab.data(Self.alpha))
    if alpha != (work == .prune ? nil : Self.alpha.bytes) { wrong.append("\(Self.alpha.path) is not right") }
    if work == .repair, !disk.everything().values.contains(Self.edited) { wrong.append("the user's bytes are gone") }
    wrong += disk.everything().keys.filter { $0.contains("-draft-") }.sorted().map { "\($0) is left" }
    return wrong
  }
}
