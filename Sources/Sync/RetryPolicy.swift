/// How often, and after what wait, a place is asked again.
///
/// The waits double, up to a limit, and each is drawn at random from nothing to its full length ("full
/// jitter"), so that those who failed together do not come back together. What a server asks for in
/// `Retry-After` is waited for at least.
package struct RetryPolicy: Sendable {
  /// Tries at an origin, the first included.
  package static let originTries = 5
  /// Tries at a mirror: others have the same bytes.
  package static let mirrorTries = 2
  /// What a file may wait in all.
  package static let patience = Duration.seconds(300)

  private static let firstWait = Duration.milliseconds(500)
  private static let longestWait = Duration.seconds(30)
  private let chance: @Sendable () -> Double

  /// - Parameter chance: a number from 0 to 1, another one each time.
  package init(chance: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }) { self.chance = chance }

  /// How long to wait after so many tries; nil when the file has waited long enough already.
  func wait(after tries: Int, floor: Duration?, waited: Duration) -> Duration? {
    let full = min(Self.longestWait, Self.firstWait * (1 << min(max(tries - 1, 0), 16)))
    let wait = max(full * chance(), floor ?? .zero)
    return waited + wait <= Self.patience ? wait : nil
  }
}

extension Duration {
  fileprivate static func * (duration: Duration, factor: Double) -> Duration {
    let (seconds, attoseconds) = duration.components
    return .nanoseconds(Int64((Double(seconds) * 1e9 + Double(attoseconds) / 1e9) * factor))
  }
}
