import Synchronization

/// The bytes that came on each connection, in the order in which the connections came. Anyone may call at once.
final class RawLog: Sendable {
  private static let mostBytes = 1 << 20
  private static let mostConnections = 10_000
  private let lines = Mutex<[[UInt8]]>([])

  /// The first bytes of each connection, at most a MiB of each.
  var bytes: [[UInt8]] { lines.withLock { $0 } }

  /// Begins the record of a connection and gives its place; nil when there are too many already.
  func open() -> Int? {
    lines.withLock {
      guard $0.count < Self.mostConnections else { return nil }
      $0.append([])
      return $0.count - 1
    }
  }

  /// Adds what came on a connection; what is too much is forgotten.
  func append(_ bytes: some Collection<UInt8>, to place: Int?) {
    guard let place else { return }
    lines.withLock { $0[place] += bytes.prefix(Self.mostBytes - $0[place].count) }
  }
}
