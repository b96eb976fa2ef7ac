internal import Sync
internal import Synchronization

/// Counts what has been looked at, from any thread.
final class LookUpCount: Sendable {
  private let all: Int
  private let done = Mutex(0)

  init(_ all: Int) { self.all = all }

  /// One more, as an event.
  func next() -> TransferEvent {
    .lookedUp(
      done.withLock { done in
        done += 1
        return done
      }, of: all)
  }
}
