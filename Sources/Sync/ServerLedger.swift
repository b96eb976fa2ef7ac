internal import Diagnostics
internal import Effects
internal import Synchronization

/// What the downloads of one run know together of the servers they speak to: how many tries are left, who
/// asked to be left alone, who does not answer at all, and where mirrors fall short.
final class ServerLedger: Sendable {
  /// What is known of one server.
  private struct Standing {
    var failuresInARow = 0
    var restsUntil = Duration.zero
  }

  /// A mirror's first failure, with how many followed.
  private struct Shortfall {
    let mirror: String
    let failure: DownloadFailure
    let name: String
    var count = 1
  }

  private struct State {
    var retries = ServerLedger.retryLimit
    var standings: [WebAddress.Server: Standing] = [:]
    var shortfalls: [Shortfall] = []
  }

  /// Tries beyond the first that a run begins with; each file that arrives brings one back.
  static let retryLimit = 40
  /// So many connections that fail in a row, with none in between that does not, and the origin is down.
  private static let originFailures = 24
  private static let mirrorFailures = 4

  private let state = Mutex(State())
  private let elapsed: @Sendable () -> Duration

  /// The ledger of a run that begins now.
  init(_ clock: any Clock<Duration>) { elapsed = clock.stopwatch() }

  // MARK: Tries

  /// Whether there is another try for somebody; it is spent then.
  func takeRetry() -> Bool {
    state.withLock { state in
      guard state.retries > 0 else { return false }
      state.retries -= 1
      return true
    }
  }

  /// A file has arrived.
  func noteArrival() { state.withLock { $0.retries = min($0.retries + 1, Self.retryLimit) } }

  // MARK: Servers

  /// How long the server wants to be left alone from now on.
  func rest(of server: WebAddress.Server) -> Duration {
    state.withLock { max(.zero, ($0.standings[server]?.restsUntil ?? .zero) - elapsed()) }
  }

  /// The server asked to be left alone so long.
  func noteRest(of server: WebAddress.Server, for duration: Duration) {
    let end = elapsed() + duration
    state.withLock { state in
      state.standings[server, default: Standing()].restsUntil = max(
        end, state.standings[server]?.restsUntil ?? .zero)
    }
  }

  /// The server answered, whatever it said; or there was no connection to it.
  func noteContact(with server: WebAddress.Server, succeeded: Bool) {
    state.withLock { state in
      if succeeded {
        state.standings[server]?.failuresInARow = 0
      } else {
        state.standings[server, default: Standing()].failuresInARow += 1
      }
    }
  }

  /// Whether it is no use to try.
  func isDown(_ server: WebAddress.Server, isMirror: Bool) -> Bool {
    state.withLock { state in
      (state.standings[server]?.failuresInARow ?? 0) >= (isMirror ? Self.mirrorFailures : Self.originFailures)
    }
  }

  // MARK: Mirrors

  /// A mirror did not have a file, or not rightly.
  func note(_ failure: DownloadFailure, of mirror: String, for name: String) {
    state.withLock { state in
      if let index = state.shortfalls.firstIndex(where: { $0.mirror == mirror && $0.failure.isAkin(to: failure) }) {
        state.shortfalls[index].count += 1
      } else {
        state.shortfalls.append(Shortfall(mirror: mirror, failure: failure, name: name))
      }
    }
  }

  /// What there is to say of mirrors, each thing once.
  var warnings: [Diagnostic] {
    state.withLock { $0.shortfalls }.map { shortfall in
      let others = shortfall.count > 1 ? " and \(shortfall.count - 1) more" : ""
      return Diagnostic(
        .mirrorFellShort, "the mirror `\(shortfall.mirror)` \(shortfall.failure.ofMirror)", severity: .warning,
        notes: ["for `\(shortfall.name)`\(others); the next place was asked"], causes: [shortfall.failure.summary])
    }
  }
}

extension DownloadFailure {
  /// What a mirror did, in a few words.
  fileprivate var ofMirror: String {
    switch self {
    case .wrongBytes, .wrongLength, .page, .endless: "has other bytes"
    case .status, .refusedAfterRedirect, .originMissing: "does not give every file"
    default: "cannot be used"
    }
  }

  /// Whether the same can be said of a mirror.
  fileprivate func isAkin(to other: DownloadFailure) -> Bool { ofMirror == other.ofMirror }
}
