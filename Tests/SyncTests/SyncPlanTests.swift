import Dataset
import Effects
import Project
import Store
import Sync
import TestWorld
import Testing

@Suite("What a sync will do")
struct SyncPlanTests {
  /// What can be at the path.
  enum There: String, CaseIterable { case nothing, right, other, folder }

  private let file = MadeFile("lab/alpha/MNI152/2mm", size: 10)

  private var entry: DataIndex.Entry {
    DataIndex.Entry(
      status: FileStatus(kind: .file, size: 10, modified: 1, changed: 1, inode: 1), checksums: file.checksums)
  }

  private func observation(_ there: There) -> Observation {
    switch there {
    case .nothing: .missing
    case .right: .matches(entry)
    case .other: .differs(size: 3, nil)
    case .folder: .notAFile
    }
  }

  /// What has to happen, written down once more and otherwise.
  private func expected(
    _ there: There, _ object: StoredObject?, repairing: Bool, isObtainable: Bool
  ) -> SyncPlan.Step {
    if there == .right { return .keep(entry) }
    if there == .folder || there == .other && !repairing { return .leave(observation(there)) }
    let gives = there == .other
    if let object { return .place(object, setsAside: gives) }
    return isObtainable ? .download(setsAside: gives) : .lack
  }

  @Test("each case has its step", arguments: There.allCases, [true, false])
  func truthTable(_ there: There, _ isStored: Bool) throws {
    let bench = try FakeBench()
    let place = SyncPlace(bench.files, bench.root, ScriptedTransport.silent())
    var intake = try place.store.intake(expecting: file.checksums)
    try intake.append(file.bytes)
    let stored = try place.store.add(intake, as: intake.checksums)
    let object = isStored ? stored : nil
    for repairing in [true, false] {
      for isObtainable in [true, false] {
        let found = SyncPlan.Found(file: file.locked(), observation: observation(there), object: object)
        let plan = SyncPlan([found], repairing: repairing) { _ in isObtainable }
        let step = expected(there, object, repairing: repairing, isObtainable: isObtainable)
        #expect(plan.steps.map(\.step) == [step], "repairing \(repairing), obtainable \(isObtainable)")
        #expect(plan.isEmpty == (there == .right))
      }
    }
  }

  @Test("the steps are in the lock's order")
  func order() {
    let files = ["a", "b", "c", "d"].map { MadeFile("lab/\($0)/MNI152/2mm", size: 10) }
    let observations: [Observation] = [.missing, .matches(entry), .notAFile, .differs(size: 1, nil)]
    let found = zip(files, observations).map { SyncPlan.Found(file: $0.locked(), observation: $1, object: nil) }
    let plan = SyncPlan(found, repairing: true) { _ in true }
    #expect(plan.steps.map(\.file) == files.map { $0.locked() })
    #expect(!plan.isEmpty)
  }

  @Test("a plan of nothing is empty")
  func nothing() {
    #expect(SyncPlan([], repairing: false) { _ in false }.isEmpty)
  }

  @Test("each case of an atlas's file has its step", arguments: There.allCases, [true, false])
  func truthTableOfAtlases(_ there: There, _ isPinned: Bool) {
    let atlas = MadeAtlas("fsLR/32k")
    let file = MadeAtlas.lock([atlas], isPinned: isPinned).files[0]
    // Of a file that nothing is known of, nothing can be told but that it is there.
    let isUnknown = !isPinned && (there == .right || there == .other)
    let observation = isUnknown ? Observation.unverified(size: 3) : observation(there)
    for bits in 0..<16 {
      var policy = SyncPolicy()
      (policy.repairs, policy.acceptsUnverified) = (bits & 1 != 0, bits & 2 != 0)
      let (isObtainable, isRestricted) = (bits & 4 != 0, bits & 8 != 0)
      let found = SyncPlan.Found(file: file, observation: observation, object: nil)
      let plan = SyncPlan([found], policy, isRestricted: { _ in isRestricted }, isObtainable: { _ in isObtainable })
      let supply = isObtainable ? SyncPlan.Step.unpack : .lack
      let step: SyncPlan.Step =
        if isUnknown {
          policy.acceptsUnverified && !policy.repairs ? .accept : supply
        } else if there == .nothing || there == .other && policy.repairs {
          supply
        } else if there == .right { .keep(entry) } else { .leave(observation) }
      #expect(plan.steps.map(\.step) == [step], "\(policy), obtainable \(isObtainable)")
      #expect(plan.isEmpty == (step == .accept || step == .keep(entry)))
    }
  }

  @Test("what is restricted is left out only where it would have to come", arguments: There.allCases, [true, false])
  func skips(_ there: There, _ repairing: Bool) {
    var policy = SyncPolicy()
    (policy.repairs, policy.skipsRestricted) = (repairing, true)
    let found = SyncPlan.Found(file: file.locked(), observation: observation(there), object: nil)
    for isRestricted in [true, false] {
      let plan = SyncPlan([found], policy, isRestricted: { _ in isRestricted }, isObtainable: { _ in true })
      let step = expected(there, nil, repairing: repairing, isObtainable: true)
      let comes = step == .download(setsAside: true) || step == .download(setsAside: false)
      #expect(plan.steps.map(\.step) == [isRestricted && comes ? .skip : step])
      if isRestricted, comes { #expect(plan.isEmpty) }
    }
  }
}
