import Dataset
import Diagnostics
import Effects
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Power that fails in the middle of a sync")
struct PowerLossTests {
  // Few and small, as the sweep does everything once for every step.
  private static let files = [
    MadeFile("lab/alpha/fsLR/32k", .left, size: 40), MadeFile("lab/alpha/fsLR/32k", .right, size: 60),
  ]
  private static let edited: [UInt8] = Array("what the user made of it".utf8)

  /// What is there before the sync that fails.
  enum Start: String, CaseIterable, Sendable {
    /// Nothing, and everything is downloaded.
    case empty
    /// Everything is in the store.
    case stored
    /// One file is the user's, and shall give way.
    case edited
  }

  private func place(_ disk: FakeDisk) throws -> SyncPlace {
    let bench = try FakeBench(disk)
    var place = SyncPlace(disk, bench.root, ScriptedTransport.osf(Self.files))
    place.jobs = 1
    return place
  }

  /// Syncs, and remembers as a command does; what goes wrong is no news here.
  private func sync(_ disk: FakeDisk, repairing: Bool) async throws -> [SyncOutcome] {
    let place = try place(disk)
    let outcomes = try await place.sync(MadeFile.lock(Self.files, .md5), repairing: repairing)
    let right = outcomes.compactMap { outcome in outcome.entry.map { (outcome.file.path, $0) } }
    try await DataFolder(disk, at: place.data)
      .remember(Dictionary(uniqueKeysWithValues: right), clock: RecordingClock())
    return outcomes
  }

  private func begin(_ start: Start) async throws -> FakeDisk {
    let disk = FakeDisk()
    let place = try place(disk)
    switch start {
    case .empty: break
    case .stored:
      var elsewhere = place
      elsewhere.data = "/elsewhere"
      _ = try await elsewhere.sync(MadeFile.lock(Self.files))
    case .edited: try disk.put(Self.edited, at: place.data.pushing(FilePath(Self.files[1].path.text)))
    }
    return disk
  }

  @Test(
    "each path is absent, right or the user's afterwards, and the next sync ends right",
    arguments: Start.allCases, Survival.all)
  func everyStep(_ start: Start, _ survival: Survival) async throws {
    let repairing = start == .edited
    let beginning = try await begin(start)
    let rehearsal = FakeDisk(copying: beginning)
    _ = try await sync(rehearsal, repairing: repairing)
    let steps = rehearsal.steps - beginning.steps
    #expect(steps > 20)
    var left: [String] = []
    var seen: Set<[String: [UInt8]]> = []
    for step in 0...steps {
      let disk = FakeDisk(copying: beginning)
      disk.losePower(afterSteps: step)
      do { _ = try await sync(disk, repairing: repairing) } catch let error as FileError {
        #expect(error.reason == .ioError)
      }
      disk.restart(survival)
      guard seen.insert(disk.everything()).inserted else { continue }
      try check(disk, start, "\(step) steps, \(survival)")

      let outcomes = try await sync(disk, repairing: repairing)
      let folder = try place(disk).data
      for (outcome, file) in zip(outcomes, Self.files) {
        #expect(outcome.fate != .failed && outcome.fate != .different, "\(step) steps, \(survival): \(outcome)")
        #expect(try disk.bytes(folder.pushing(FilePath(file.path.text))) == file.bytes)
      }
      left += disk.everything().keys.filter { $0.contains("-draft-") }.map { "\($0) after \(step) steps" }
    }
    #expect(left.isEmpty, "\(survival)")
  }

  private func check(_ disk: FakeDisk, _ start: Start, _ moment: String) throws {
    let place = try place(disk)
    for (index, file) in Self.files.enumerated() {
      let there = try disk.bytes(place.data.pushing(FilePath(file.path.text)))
      let isUsers = start == .edited && index == 1 && there == Self.edited
      #expect(there == nil || there == file.bytes || isUsers, "\(moment): \(file.path)")
      // The store's objects are whole too.
      let object = try place.store.object(file.checksums)
      if let object { #expect(try disk.bytes(object.path) == file.bytes, "\(moment): \(object.path)") }
      // What the index says is so.
      let observation = DataFolder(disk, at: place.data).observe(file.path, expecting: file.checksums)
      if case .matches = observation { #expect(there == file.bytes, "\(moment): the index is wrong") }
    }
    if start == .edited {
      #expect(disk.everything().values.contains(Self.edited), "\(moment): the user's file is gone")
    }
  }

  @Test(
    "whichever step fails alone, each path is absent, right or the user's, and nothing is lost",
    arguments: Start.allCases, [Errno.noSpace])
  func everyFailure(_ start: Start, _ reason: Errno) async throws {
    let repairing = start == .edited
    let beginning = try await begin(start)
    let rehearsal = FakeDisk(copying: beginning)
    _ = try await sync(rehearsal, repairing: repairing)
    for step in 0..<(rehearsal.steps - beginning.steps) {
      let disk = FakeDisk(copying: beginning)
      disk.failStep(after: step, with: reason)
      do {
        for outcome in try await sync(disk, repairing: repairing) where outcome.fate == .failed {
          #expect(outcome.diagnostic?.causes.first?.isEmpty == false)
        }
      } catch let error as FileError {
        #expect(error.reason == reason)
      }
      try check(disk, start, "step \(step) failed with \(reason)")
      let outcomes = try await sync(disk, repairing: repairing)
      #expect(outcomes.allSatisfy { $0.fate != .failed && $0.fate != .different })
    }
  }
}
