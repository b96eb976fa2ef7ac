internal import Synchronization

/// Counts what has been looked up, from any thread.
package final class LookUpCount: Sendable {
  private let all: Int
  private let done: Mutex<Int>

  /// - Parameters:
  ///   - all: how many there are.
  ///   - done: how many have been looked up before.
  package init(_ all: Int, done: Int = 0) {
    self.all = all
    self.done = Mutex(done)
  }

  /// One more, as an event.
  package func next() -> TransferEvent {
    .lookedUp(
      done.withLock { done in
        done += 1
        return done
      }, of: all)
  }
}
