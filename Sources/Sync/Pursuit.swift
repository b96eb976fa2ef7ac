internal import Dataset
internal import Effects
internal import Store

/// The state of one download on its way through tries and places.
struct Pursuit: Sendable {
  /// What messages and progress call it.
  let name: String
  /// What its bytes must be.
  let wanted: Checksums
  /// Whether its origin asks for a token.
  let isRestricted: Bool
  /// Told what happens.
  let observer: @Sendable (TransferEvent) -> Void
  /// What has come so far; nil before anything was asked of a server.
  var intake: ObjectIntake?
  /// Whether the rest of a file is asked for, and not all of it again.
  var mayResume = true
  /// Time spent waiting between tries.
  var waited = Duration.zero
  /// What was tried.
  var tries: [DownloadTrouble.Tries] = []
  /// Whether nothing more was tried because too much had failed in the run.
  var isOutOfTries = false

  init(
    _ name: String, _ wanted: Checksums, isRestricted: Bool, observer: @escaping @Sendable (TransferEvent) -> Void
  ) {
    self.name = name
    self.wanted = wanted
    self.isRestricted = isRestricted
    self.observer = observer
  }

  /// Writes a failed try down.
  mutating func note(_ failure: DownloadFailure, at place: String) {
    if let last = tries.indices.last, tries[last].place == place {
      tries[last].count += 1
      tries[last].failure = failure
    } else {
      tries.append(DownloadTrouble.Tries(place: place, count: 1, failure: failure))
    }
  }

  /// Lets go of what has come, which may be good, for another run; of nothing after the disk has failed, as
  /// its room may be what is missing.
  mutating func end(_ failure: DownloadFailure) {
    guard var intake else { return }
    self.intake = nil
    if case .file = failure { return intake.discard() }
    do throws(FileError) { try intake.keep() } catch {
      // The bytes are there all the same; only what the server called them is not known.
    }
  }
}
