import Sync
import Synchronization

/// Everything that progress was told, from any thread.
final class Told: Sendable {
  private let all = Mutex<[Int64]>([])

  /// Each, in order.
  var parts: [Int64] { all.withLock { $0 } }

  /// All together.
  var sum: Int64 { parts.reduce(0, +) }

  /// Takes one.
  func add(_ part: Int64) { all.withLock { $0.append(part) } }
}

/// Every event of a sync, from any thread.
final class Events: Sendable {
  private let all = Mutex<[SyncEvent]>([])

  /// In order.
  var events: [SyncEvent] { all.withLock { $0 } }

  /// Takes one.
  func add(_ event: SyncEvent) { all.withLock { $0.append(event) } }
}
