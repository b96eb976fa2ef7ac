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

  private func observation(_ there: There) -> Observation {
    switch there {
    case .nothing: .missing
    case .right: .matches(file.checksums)
    case .other: .differs(size: 3, nil)
    case .folder: .notAFile
    }
  }

  /// What has to happen, written down once more and otherwise.
  private func expected(
    _ there: There, _ object: StoredObject?, repairing: Bool, mustNotDownload: Bool
  ) -> SyncPlan.Step {
    if there == .right { return .keep(file.checksums) }
    if there == .folder || there == .other && !repairing { return .leave(observation(there)) }
    let gives = there == .other
    if let object { return .place(object, setsAside: gives) }
    return mustNotDownload ? .lack : .download(setsAside: gives)
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
    for origin in [file.origin, .url("https://example.org/a"), .url("file:///a"), .relative("a")] {
      let isHere = origin == .url("file:///a") || origin == .relative("a")
      for repairing in [true, false] {
        for offline in [true, false] {
          let found = SyncPlan.Found(
            file: file.locked(from: origin), observation: observation(there), object: object)
          let plan = SyncPlan([found], repairing: repairing, offline: offline)
          let step = expected(there, object, repairing: repairing, mustNotDownload: offline && !isHere)
          #expect(plan.steps.map(\.step) == [step], "\(origin), repairing \(repairing), offline \(offline)")
          #expect(plan.isEmpty == (there == .right))
        }
      }
    }
  }

  @Test("the steps are in the lock's order")
  func order() {
    let files = ["a", "b", "c", "d"].map { MadeFile("lab/\($0)/MNI152/2mm", size: 10) }
    let observations: [Observation] = [.missing, .matches(file.checksums), .notAFile, .differs(size: 1, nil)]
    let found = zip(files, observations).map { SyncPlan.Found(file: $0.locked(), observation: $1, object: nil) }
    let plan = SyncPlan(found, repairing: true, offline: false)
    #expect(plan.steps.map(\.file) == files.map { $0.locked() })
    #expect(!plan.isEmpty)
  }

  @Test("a plan of nothing is empty")
  func nothing() {
    #expect(SyncPlan([], repairing: false, offline: false).isEmpty)
  }
}
