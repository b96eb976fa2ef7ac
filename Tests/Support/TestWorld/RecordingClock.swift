private import Synchronization

/// A clock on which no time passes but by sleeping, and sleeping takes no time.
package final class RecordingClock: Clock {
  /// A point in time, as the time since the clock was made.
  package struct Instant: InstantProtocol {
    private let elapsed: Swift.Duration

    init(_ elapsed: Swift.Duration) { self.elapsed = elapsed }

    /// The point so much later.
    package func advanced(by duration: Swift.Duration) -> Instant { Instant(elapsed + duration) }

    /// How much later the other point is.
    package func duration(to other: Instant) -> Swift.Duration { other.elapsed - elapsed }

    /// By time.
    package static func < (a: Instant, b: Instant) -> Bool { a.elapsed < b.elapsed }
  }

  private struct State {
    var now = Instant(.zero)
    var naps: [Swift.Duration] = []
  }

  private let state = Mutex(State())
  private let onSleep: @Sendable (Swift.Duration) -> Void

  /// - Parameter onSleep: called by whoever sleeps, with how long.
  package init(onSleep: @escaping @Sendable (Swift.Duration) -> Void = { _ in }) { self.onSleep = onSleep }

  /// How long was slept each time.
  package var naps: [Swift.Duration] { state.withLock { $0.naps } }

  /// The time slept so far.
  package var now: Instant { state.withLock { $0.now } }

  /// Anything can be told apart.
  package var minimumResolution: Swift.Duration { .nanoseconds(1) }

  /// Returns at once; throws when the task is cancelled.
  package func sleep(until deadline: Instant, tolerance: Swift.Duration?) async throws {
    try Task.checkCancellation()
    let nap = state.withLock { state in
      let nap = state.now.duration(to: deadline)
      state.naps.append(nap)
      state.now = max(state.now, deadline)
      return nap
    }
    onSleep(nap)
  }
}
