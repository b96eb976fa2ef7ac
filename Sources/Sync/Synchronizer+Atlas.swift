internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store

extension Synchronizer {
  /// Unpacks an archive, then brings those of its files that are not there already.
  ///
  /// - Parameter all: every file of the atlas that the lock has, so that one unpacking serves them all.
  func supply(
    _ files: [LockedFile], of atlas: LockedAtlas, all: [DatasetPath], _ policy: SyncPolicy
  ) async -> (outcomes: [SyncOutcome], archive: Checksums?) {
    let result: Unpacker.Result
    do throws(UnpackFailure) {
      result = try await unpacker.unpack(atlas, all) { observer(.received($0)) }
    } catch {
      // One archive, one trouble: the first file tells of it for all.
      let diagnostic = error.diagnostic(for: atlas)
      return (files.map { SyncOutcome($0, .failed, diagnostic: diagnostic) }, nil)
    }
    let outcomes = files.enumerated().map { index, file in
      place(file, from: result, isFirst: index == 0, policy)
    }
    return (outcomes, result.listing.archive)
  }

  private func place(
    _ file: LockedFile, from result: Unpacker.Result, isFirst: Bool, _ policy: SyncPolicy
  ) -> SyncOutcome {
    guard let unpacked = result.listing.members[file.path] else {
      return SyncOutcome(file, .failed, diagnostic: .vanished(file))
    }
    // The archive binds its members, so another pin is a lock that has been tampered with.
    if let pinned = file.checksums, !pinned.agrees(with: unpacked) {
      return SyncOutcome(file, .failed, diagnostic: .otherMember(file, unpacked))
    }
    let known = file.completed(by: unpacked)
    let fate = result.received > 0 ? SyncOutcome.Fate.downloaded : .reused
    let received = isFirst ? result.received : 0
    let observation = folder.observe(file.path, expecting: unpacked)
    switch observation {
    case .matches(let entry): return SyncOutcome(known, .unchanged, entry: entry, received: received)
    case .differs where !policy.repairs, .notAFile, .unreadable, .unverified:
      return SyncOutcome(notRight: known, observation)
    case .differs, .missing:
      do throws(FileError) {
        guard let object = try store.object(unpacked) else {
          return SyncOutcome(file, .failed, diagnostic: .vanished(file))
        }
        return place(
          object, for: known, setsAside: observation != .missing, as: fate, verifying: false, received: received)
          ?? SyncOutcome(file, .failed, diagnostic: .vanished(file))
      } catch {
        return SyncOutcome(file, .failed, diagnostic: error.diagnostic)
      }
    }
  }
}
