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

@Suite("Disks that fail under a download")
struct DiskFaultTests {
  @Test(
    "a full disk ends the file with one clear error, and gives its room back",
    arguments: [
      (FileCall.append, Errno.noSpace), (.append, .diskQuotaExceeded), (.publish, .noSpace),
    ])
  func full(_ call: FileCall, _ reason: Errno) async throws {
    try await FaultScene.with { scene in
      try await scene.makeLock()
      scene.watched.fail(call, with: reason, lasting: true)
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 1)
      #expect(Set(outcome.codes) == [.diskFull], "\(outcome.told)")
      #expect(outcome.naps.isEmpty)
      #expect(try scene.bytes(FaultScene.victim) == nil)
      #expect(try scene.leftovers().isEmpty)
      scene.watched.failNoMore()
      try await scene.expectHonestSyncEndsRight("\(call)")
    }
  }

  @Test("a disk that has room for the file and not for the store's copy gives the file, and says so")
  func noRoomForTheStore() async throws {
    try await FaultScene.with { scene in
      try await scene.makeLock()
      scene.watched.fail(.copyDraft, with: .noSpace, lasting: true)
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0)
      #expect(outcome.told.contains("diskFull"), "\(outcome.told)")
      #expect(try scene.bytes(FaultScene.victim) != nil)
      #expect(try scene.leftovers().isEmpty)
      scene.watched.failNoMore()
      try await scene.expectHonestSyncEndsRight("copyDraft")
    }
  }

  @Test("a disk that cannot be written to is told of before anything is asked")
  func readOnly() async throws {
    try await FaultScene.with { scene in
      try await scene.makeLock()
      scene.watched.makeReadOnly()
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 1)
      #expect(Set(outcome.codes) == [.fileFailed], "\(outcome.told)")
      #expect(outcome.requests.isEmpty)
      scene.watched.makeReadOnly(false)
      try await scene.expectHonestSyncEndsRight("read-only")
    }
  }
}
