import Synchronization

/// Counts from 1. Anyone may call at once.
final class Counter: Sendable {
  private let count = Mutex(0)

  /// The next number.
  func next() -> Int {
    count.withLock {
      $0 += 1
      return $0
    }
  }
}
