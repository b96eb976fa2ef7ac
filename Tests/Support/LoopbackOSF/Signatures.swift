import Synchronization

/// The signatures the front handed out, with what each opens. Anyone may call at once.
final class Signatures: Sendable {
  /// What a signature opens.
  struct Pass: Sendable {
    /// The path at the storage.
    let path: String

    /// The file's id.
    let file: String

    /// The content.
    let version: ServedVersion

    /// When it ends.
    fileprivate let end: ContinuousClock.Instant

    /// How many uses are left; nil for any number.
    fileprivate var usesLeft: Int?
  }

  private struct Book {
    var passes: [String: Pass] = [:]
    var uses: Int?
    var duration = Duration.seconds(60)
  }

  private static let mostPasses = 100_000
  private let book = Mutex(Book())

  /// Sets how often and how long the signatures from now on are good.
  func limit(uses: Int?, duration: Duration) {
    book.withLock {
      $0.uses = uses
      $0.duration = duration
    }
  }

  /// Ends all signatures handed out so far.
  func expireAll() {
    book.withLock { $0.passes = [:] }
  }

  /// A new signature, as the query of an address.
  func issue(path: String, file: String, version: ServedVersion) -> String {
    let signature = String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
    let now = ContinuousClock.now
    return book.withLock {
      if $0.passes.count >= Self.mostPasses { $0.passes = $0.passes.filter { $0.value.end > now } }
      $0.passes[signature] = Pass(
        path: path, file: file, version: version, end: now + $0.duration, usesLeft: $0.uses)
      return "signature=\(signature)&expires=\($0.duration.components.seconds)"
    }
  }

  /// What `signature` opens at `path`, one use of it spent; nil when it opens nothing (any more).
  func redeem(_ signature: String, at path: String) -> Pass? {
    let now = ContinuousClock.now
    return book.withLock {
      guard let pass = $0.passes[signature], pass.path == path, pass.end > now, pass.usesLeft != 0 else { return nil }
      if let left = pass.usesLeft { $0.passes[signature]?.usesLeft = left - 1 }
      return pass
    }
  }
}
