internal import Effects
internal import Sync
internal import Synchronization

/// Tells how far a sync is: on a terminal by a few lines that are drawn anew at most ten times a second,
/// elsewhere by a line every ten seconds, so that a log shows that it goes on.
final class ProgressDisplay: Sendable {
  private struct State {
    var meter = TransferMeter()
    var nextTime: Duration
    var drawnLines = 0
  }

  private let console: Console
  private let isTerminal: Bool
  private let isColored: Bool
  private let state: Mutex<State>
  private let start = ContinuousClock.now

  private static let drawingGap = Duration.milliseconds(100)
  private static let lineGap = Duration.seconds(10)

  /// A display on standard error.
  init(_ console: Console, isColored: Bool) {
    self.console = console
    self.isColored = isColored
    isTerminal = console.isTerminal(.error)
    state = Mutex(State(nextTime: isTerminal ? .zero : Self.lineGap))
  }

  /// Takes note of what happened.
  func update(_ event: SyncEvent) {
    let time = ContinuousClock.now - start
    state.withLock { state in
      state.meter.note(event, at: time)
      guard state.meter.isBusy, time >= state.nextTime else { return }
      if isTerminal {
        state.nextTime = time + Self.drawingGap
        draw(&state, at: time)
      } else {
        state.nextTime = time + Self.lineGap
        console.write("\(state.meter.line(at: time).printable)\n", to: .error)
      }
    }
  }

  /// Writes a line above the display.
  func interject(_ line: String) {
    state.withLock { state in
      console.write("\(Self.erasure(&state))\(line)\n", to: .error)
    }
  }

  /// Takes the display away.
  func clear() {
    state.withLock { state in console.write(Self.erasure(&state), to: .error) }
  }

  private func draw(_ state: inout State, at time: Duration) {
    let lines = state.meter.lines(at: time, width: max(20, console.width(.error) ?? 80) - 1)
    let text = lines.map { line in
      line.map { TextSpan($0.text.printable, $0.style) }.shown(isColored: isColored)
    }
    console.write(Self.erasure(&state) + text.joined(separator: "\n"), to: .error)
    state.drawnLines = lines.count
  }

  /// What takes back the lines that stand there.
  private static func erasure(_ state: inout State) -> String {
    defer { state.drawnLines = 0 }
    guard state.drawnLines > 0 else { return "" }
    let up = state.drawnLines > 1 ? "\u{1b}[\(state.drawnLines - 1)A" : ""
    return "\(up)\r\u{1b}[J"
  }
}
