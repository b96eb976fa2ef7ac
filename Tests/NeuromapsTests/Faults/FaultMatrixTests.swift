import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import MarkedText
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("What goes wrong on the way, and what must come of it")
struct FaultMatrixTests {
  @Test("each fault ends in right bytes or a clear error, and leaves nothing wrong", arguments: FaultCase.all)
  func fault(_ fault: FaultCase) async throws {
    let victim = FaultScene.victim
    try await FaultScene.with { scene in
      try await scene.makeLock()
      scene.server.tellDate("Sun, 06 Nov 1994 08:49:37 GMT")
      for (lie, times) in fault.lies { scene.server.lie(lie, about: victim.id, times: times) }
      let outcome = try await scene.sync()
      let told = "\(fault.name): \(outcome.told)"
      switch fault.end {
      case .right:
        #expect(outcome.exitCode == 0, "\(told)")
        #expect(try scene.bytes(victim) == victim.bytes, "\(told)")
      case .fails(let code):
        #expect(outcome.exitCode == 1, "\(told)")
        #expect(outcome.codes == [code], "\(told)")
        #expect(try scene.bytes(victim) == nil, "\(told)")
        let diagnostic = outcome.failure?.diagnostics.first
        #expect(diagnostic.map { !$0.hints.isEmpty || code == .redirectRefused } == true, "\(told)")
      }
      #expect(try scene.bytes(FaultScene.bystander) == FaultScene.bystander.bytes, "\(told)")
      try expectRequests(of: fault, outcome, scene)
      #expect(outcome.naps.reduce(.zero, +) >= fault.waits, "\(told): \(outcome.naps)")
      let kept = try scene.leftovers().filter { $0.contains("/partial/") && !$0.hasSuffix(".tag") }
      #expect(kept.count == (fault.keepsPart ? 1 : 0), "\(told): \(kept)")
      #expect(try scene.leftovers().allSatisfy { !$0.contains("draft-") }, "\(told)")
      try await scene.expectHonestSyncEndsRight(fault.name)
    }
  }

  /// The bystander takes one request to each.
  private func expectRequests(of fault: FaultCase, _ outcome: FaultScene.Outcome, _ scene: FaultScene) throws {
    let front = outcome.requests.count { $0.origin == .front } - 1
    let storage = outcome.requests.filter { $0.origin == .storage }
    let more = fault.mayTakeOneMore ? 1 : 0
    #expect((0...more).contains(front - fault.requests.front), "\(fault.name): \(front)")
    #expect((0...more).contains(storage.count - 1 - fault.requests.storage), "\(fault.name): \(storage.count)")
    let ranges = storage.compactMap { $0.header("Range") }
    #expect(ranges.isEmpty == !fault.resumes, "\(fault.name): \(ranges)")
    #expect(ranges.allSatisfy { $0.hasPrefix("bytes=") && $0.hasSuffix("-") && $0 != "bytes=0-" }, "\(fault.name)")
  }

  @Test("there are as many faults as were promised, each under a name of its own")
  func count() {
    #expect(FaultCase.all.count >= 60)
    #expect(Set(FaultCase.all.map(\.name)).count == FaultCase.all.count)
  }
}
