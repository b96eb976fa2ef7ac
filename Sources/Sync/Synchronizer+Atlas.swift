internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store

extension Synchronizer {
  /// Places members from the store; what turns out to be damaged there comes out of its archive anew.
  func supplyMembers(_ bundle: SyncWork.Bundle, of lock: Lockfile, _ policy: SyncPolicy) async -> [SyncOutcome] {
    var outcomes: [SyncOutcome] = []
    for (file, setsAside) in bundle.files {
      let placed = bundle.object.flatMap {
        place($0, for: file, setsAside: setsAside, as: .reused)
      }
      if let placed {
        outcomes.append(placed)
      } else if let atlas = lock.atlases.first(where: { .atlas($0.id) == file.item }) {
        outcomes += await supply([file], of: atlas, in: lock, policy, .damaged(file)).outcomes
      }
    }
    return outcomes
  }

  /// Unpacks an archive, every file of it that the lock has, then brings those that are wanted now and
  /// not there already.
  func supply(
    _ files: [LockedFile], of atlas: LockedAtlas, in lock: Lockfile, _ policy: SyncPolicy,
    _ warning: Diagnostic? = nil
  ) async -> (outcomes: [SyncOutcome], archive: Checksums?) {
    let all = lock.files.filter { $0.item == .atlas(atlas.id) }.map(\.path)
    let result: Unpacker.Result
    do throws(UnpackFailure) {
      result = try await unpacker.unpack(atlas, all) { observer(.transfer($0)) }
    } catch {
      // One archive, one trouble: the first file tells of it for all.
      let diagnostic = error.diagnostic(for: atlas)
      let tries = if case .download(let trouble) = error { trouble.count } else { 0 }
      return (files.map { SyncOutcome($0, .failed, diagnostic: diagnostic, tries: tries) }, nil)
    }
    let outcomes = files.enumerated().map { index, file in
      place(file, from: result, isFirst: index == 0, policy, warning)
    }
    return (outcomes, result.listing.archive)
  }

  private func place(
    _ file: LockedFile, from result: Unpacker.Result, isFirst: Bool, _ policy: SyncPolicy, _ warning: Diagnostic?
  ) -> SyncOutcome {
    let received = isFirst ? result.received : 0
    guard let unpacked = result.listing.members[file.path] else {
      return SyncOutcome(file, .failed, diagnostic: .vanished(file))
    }
    // The archive binds its members, so another pin is a lock that has been tampered with.
    if let pinned = file.checksums, !pinned.agrees(with: unpacked) {
      return SyncOutcome(file, .failed, diagnostic: .otherMember(file, unpacked), received: received)
    }
    let known = file.completed(by: unpacked)
    let fate = result.received > 0 ? SyncOutcome.Fate.downloaded : .reused
    let observation = folder.observe(file.path, expecting: unpacked)
    switch observation {
    case .matches(let entry): return SyncOutcome(known, .unchanged, entry: entry, received: received)
    case .differs where !policy.repairs, .notAFile, .unreadable, .unverified:
      return SyncOutcome(notRight: known, observation, received: received)
    case .differs, .missing, .outdated:
      do throws(FileError) {
        guard let object = try store.object(unpacked) else {
          return SyncOutcome(file, .failed, diagnostic: .vanished(file))
        }
        return place(
          object, for: known, setsAside: observation != .missing, as: fate, warning, received: received)
          ?? SyncOutcome(file, .failed, diagnostic: .vanished(file))
      } catch {
        return SyncOutcome(file, .failed, diagnostic: error.diagnostic)
      }
    }
  }
}
