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
    intake.discard()
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
}
