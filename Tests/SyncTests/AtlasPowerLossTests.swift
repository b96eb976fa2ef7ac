import Dataset
import Diagnostics
import Effects
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Power that fails while an atlas is unpacked", .serialized)
struct AtlasPowerLossTests {
  // Few and small, as the sweep does everything once for every step.
  private static let atlas = MadeAtlas("fsLR/32k", ["left", "right"])
  private static let edited: [UInt8] = Array("what the user made of it".utf8)
  private static let lock = MadeAtlas.lock([atlas])

  /// What is there before the sync that fails.
  enum Start: String, CaseIterable, Sendable {
    /// Nothing, and the archive is downloaded.
    case empty
    /// The archive is in the store, and what it holds has been forgotten.
    case packed
    /// The archive in the store is damaged.
    case damaged
    /// The archive has been unpacked into the store.
    case stored
    /// One file is the user's, and shall give way.
    case edited
  }

  /// Where most is written, every kind of loss is tried.
  private static let sweeps: [(Start, Survival)] =
    Survival.all.map { (.empty, $0) } + [(.edited, .chance(1))]
    + [.packed, .damaged, .stored, .edited].map { ($0, .foldersAndFlushed) }

  private func scene(_ disk: FakeDisk) throws -> AtlasScene {
    var scene = try AtlasScene(.osf([Self.atlas]), disk)
    scene.place.jobs = 1
    return scene
  }

  /// Syncs, and remembers as a command does; what goes wrong is no news here.
  private func sync(_ disk: FakeDisk, _ start: Start) async throws -> Synchronizer.Performance {
    let scene = try scene(disk)
    let performance = try await scene.place.sync(Self.lock, start == .edited ? .repairing : SyncPolicy())
    let right = performance.outcomes.compactMap { outcome in outcome.entry.map { (outcome.file.path, $0) } }
    try await DataFolder(disk, at: scene.place.data)
      .remember(Dictionary(uniqueKeysWithValues: right), clock: RecordingClock())
    return performance
  }

  private func begin(_ start: Start) async throws -> FakeDisk {
    let disk = FakeDisk()
    let scene = try scene(disk)
    if start == .edited { try disk.put(Self.edited, at: scene.path(Self.atlas.members[1].path)) }
    guard [.packed, .damaged, .stored].contains(start) else { return disk }
    let elsewhere = scene.moved(to: "elsewhere")
    _ = try await elsewhere.place.sync(Self.lock, SyncPolicy())
    guard start != .stored else { return disk }
    try scene.forgetListings()
    try scene.remove(Self.atlas.members.map(\.checksums))
    if start == .damaged, let archive = try scene.place.store.object(Self.atlas.checksums) {
      try disk.put(Self.atlas.packed.reversed(), at: archive.path)
    }
    return disk
  }

  private func check(_ disk: FakeDisk, _ start: Start, _ moment: String) throws {
    let scene = try scene(disk)
    for (index, member) in Self.atlas.members.enumerated() {
      let there = try scene.bytes(member)
      let isUsers = start == .edited && index == 1 && there == Self.edited
      #expect(there == nil || there == member.bytes || isUsers, "\(moment): \(member.name)")
      let observation = DataFolder(disk, at: scene.place.data).observe(member.path, expecting: member.checksums)
      if case .matches = observation { #expect(there == member.bytes, "\(moment): the index is wrong") }
    }
    if start == .edited {
      #expect(disk.everything().values.contains(Self.edited), "\(moment): the user's file is gone")
    }
    // The store's objects are whole, and what it knows is so.
    if start != .damaged { _ = try scene.objects() }
    let listing = try scene.place.store.listing(of: Self.atlas.checksums)
    let members = Dictionary(uniqueKeysWithValues: Self.atlas.members.map { ($0.path, $0.checksums) })
    #expect(listing == nil || listing?.members == members, "\(moment): the listing is wrong")
  }

  private func checkEnd(_ disk: FakeDisk, _ performance: Synchronizer.Performance, _ moment: String) throws {
    let scene = try scene(disk)
    #expect(performance.outcomes.count == 2)
    #expect(performance.fates.allSatisfy { $0 != .failed && $0 != .different }, "\(moment): \(performance.fates)")
    for member in Self.atlas.members { #expect(try scene.bytes(member) == member.bytes, "\(moment)") }
    let learned = performance.learned(Self.lock).files.map(\.checksums)
    #expect(learned == Self.atlas.members.map(\.checksums), "\(moment)")
  }

  @Test(
    "each path is absent, right or the user's afterwards, and the next sync ends right",
    arguments: sweeps)
  func everyStep(_ start: Start, _ survival: Survival) async throws {
    let beginning = try await begin(start)
    let rehearsal = FakeDisk(copying: beginning)
    try checkEnd(rehearsal, try await sync(rehearsal, start), "rehearsal")
    let steps = rehearsal.steps - beginning.steps
    #expect(steps > (start == .stored ? 15 : 30))
    var left: [String] = []
    var seen: Set<[String: [UInt8]]> = []
    for step in 0...steps {
      let disk = FakeDisk(copying: beginning)
      disk.losePower(afterSteps: step)
      do { _ = try await sync(disk, start) } catch let error as FileError {
        #expect(error.reason == .ioError)
      }
      disk.restart(survival)
      guard seen.insert(disk.everything()).inserted else { continue }
      let moment = "\(start), \(step) steps, \(survival)"
      try check(disk, start, moment)
      try checkEnd(disk, try await sync(disk, start), moment)
      left += disk.everything().keys.filter { $0.contains("-draft-") }.map { "\($0) after \(step) steps" }
    }
    #expect(left.isEmpty, "\(survival)")
  }

  @Test(
    "whichever step fails alone, each path is absent, right or the user's, and nothing is lost",
    arguments: [Start.empty, .damaged, .edited])
  func everyFailure(_ start: Start) async throws {
    let beginning = try await begin(start)
    let rehearsal = FakeDisk(copying: beginning)
    _ = try await sync(rehearsal, start)
    for step in 0..<(rehearsal.steps - beginning.steps) {
      let disk = FakeDisk(copying: beginning)
      disk.failStep(after: step, with: .noSpace)
      do {
        for outcome in try await sync(disk, start).outcomes where outcome.fate == .failed {
          #expect(outcome.diagnostic?.code == .diskFull, "\(start), step \(step)")
        }
      } catch let error as FileError {
        #expect(error.reason == .noSpace)
      }
      try check(disk, start, "\(start), step \(step) failed")
      try checkEnd(disk, try await sync(disk, start), "\(start), step \(step) failed")
    }
  }
}
