internal import Effects
internal import Sync
internal import Synchronization

/// One line on the terminal that tells how far a sync is, rewritten at most ten times a second.
final class ProgressLine: Sendable {
  private struct State {
    var files = 0
    var filesWanted = 0
    var bytes: Int64 = 0
    var bytesWanted: Int64 = 0
    var shown = ContinuousClock.now - .seconds(1)
  }

  private let console: Console
  private let state = Mutex(State())

  init(_ console: Console) { self.console = console }

  /// Takes note of what happened.
  func update(_ event: SyncEvent) {
    let line = state.withLock { state -> String? in
      switch event {
      case .planned(let downloads, let bytes): (state.filesWanted, state.bytesWanted) = (downloads, bytes)
      case .received(let count): state.bytes += count
      case .finished(let outcome): if outcome.fate == .downloaded { state.files += 1 }
      }
      guard state.filesWanted > 0, ContinuousClock.now - state.shown > .milliseconds(100) else { return nil }
      state.shown = .now
      let share = state.bytesWanted > state.bytes ? " of \(ByteCount(state.bytesWanted))" : ""
      return "downloading: \(state.files) of \(state.filesWanted) files, \(ByteCount(state.bytes))\(share)"
    }
    if let line { console.write("\r\u{1b}[K\(line)", to: .error) }
  }

  /// Takes the line away.
  func clear() { console.write("\r\u{1b}[K", to: .error) }
}
