internal import Diagnostics
internal import Effects
internal import JSON
internal import Neuromaps
internal import Sync
internal import Synchronization

/// One run of a command: the world, and how to talk to the user.
struct CommandRun: Sendable {
  /// Everything outside.
  let world: World
  /// What the user set.
  let settings: Settings
  /// Whether results are printed as JSON.
  let isJSON: Bool
  /// Whether more is said.
  let isVerbose: Bool
  /// Whether only errors and results that were asked for are printed.
  let isQuiet: Bool
  private let wantsProgress: Bool
  private let console: Console
  private let color: ColorChoice

  init(_ world: World, _ console: Console, _ options: GlobalOptions) {
    self.world = world
    self.console = console
    settings = options.settings
    isJSON = options.json
    isVerbose = options.verbose && !options.quiet
    isQuiet = options.quiet
    wantsProgress = !options.noProgress && !options.quiet
    color = options.color
  }

  /// The project around, the store and the data directory.
  func workspace(_ placement: PlacementOptions? = nil) throws(NeuromapsFailure) -> Workspace {
    var settings = settings
    if let placement { settings.linkMode = placement.linkMode }
    return try Workspace(world, settings)
  }

  // MARK: Results

  /// Whether a person looks at the result.
  var isOnTerminal: Bool { console.isTerminal(.output) }

  /// A line of the result; nothing that came with a catalog can steer the terminal.
  func print(_ line: String) {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map { String($0).printable }
    console.write("\(cells.joined(separator: "\t"))\n", to: .output)
  }

  /// A line of the result, broken to the width of the terminal if there is one.
  func print(_ line: WrappedLine) {
    for part in line.lines(width: console.width(.output)) { console.write("\(part)\n", to: .output) }
  }

  /// A line of the result in stretches, each in its style.
  func print(_ spans: [TextSpan]) {
    let line = spans.map { TextSpan($0.text.printable, $0.style) }
    console.write("\(line.shown(isColored: isColored(.output)))\n", to: .output)
  }

  /// A result as JSON.
  func print(_ json: JSONValue) { console.write("\(json.text)\n", to: .output) }

  /// A file as the result, byte for byte: what was made of others' texts must hold no control characters.
  func print(document bytes: [UInt8]) { console.write(String(decoding: bytes, as: UTF8.self), to: .output) }

  /// A line of the result that only says that all went well.
  func report(_ line: String) { if !isQuiet { print(line) } }

  /// A table, aligned for a person and tab-separated for a program.
  func print(_ table: TextTable) {
    let lines =
      console.isTerminal(.output)
      ? table.aligned(width: console.width(.output), isColored: isColored(.output))
      : table.tabSeparated(isColored: isColored(.output))
    for line in lines { console.write("\(line)\n", to: .output) }
  }

  /// A line that sums a result up: for people only, and not if quiet.
  func summarize(_ line: String) {
    guard !isQuiet, console.isTerminal(.output) else { return }
    let spans = [TextSpan(line.printable, .dim)].cut(to: console.width(.output) ?? .max)
    console.write("\(spans.shown(isColored: isColored(.output)))\n", to: .output)
  }

  // MARK: Messages

  /// A diagnostic, on standard error; warnings only unless quiet. GitHub Actions is told once more, in its own way.
  func show(_ diagnostic: Diagnostic) {
    guard !isQuiet || diagnostic.severity == .error else { return }
    console.write(DiagnosticRenderer(isColored: isColored(.error)).render(diagnostic), to: .error)
    if let command = WorkflowCommand(diagnostic, in: world, settings) { console.write(command.line, to: .error) }
  }

  /// A line beside the result, for who wants to know more.
  func tell(_ line: String) { if isVerbose { console.write("\(line)\n", to: .error) } }

  /// A line beside the result, unless quiet.
  func say(_ line: String) { if !isQuiet { console.write("\(line.printable)\n", to: .error) } }

  /// Does something that may take its time, shows how far it is unless told not to, and each request to who
  /// wants to know more.
  func showingProgress<Result>(
    _ body: (@escaping @Sendable (SyncEvent) -> Void) async throws(NeuromapsFailure) -> Result
  ) async throws(NeuromapsFailure) -> Result {
    let progress = wantsProgress ? ProgressDisplay(console, isColored: isColored(.error)) : nil
    defer { progress?.clear() }
    let isToldOfWaiting = Mutex(false)
    return try await body { [self] event in
      if let line = isVerbose ? event.line : nil {
        if let progress { progress.interject(line.printable) } else { tell(line.printable) }
      }
      // Once is enough: it tells why nothing seems to happen.
      if let line = event.wait, isToldOfWaiting.withLock({ $0.toggleOnce() }) {
        if let progress { progress.interject(line.printable) } else { say(line) }
      }
      progress?.update(event)
    }
  }

  private func isColored(_ stream: Console.Stream) -> Bool {
    switch color {
    case .always: true
    case .never: false
    case .auto: world.environment["NO_COLOR"] == nil && console.isTerminal(stream)
    }
  }
}

extension SyncEvent {
  /// What happened on the network, for who wants to know; it holds no secret.
  fileprivate var line: String? {
    switch self {
    case .transfer(.asked(let exchange)):
      let part = exchange.start.map { " from byte \($0)" } ?? ""
      return "GET \(exchange.address)\(part): \(exchange.answer) (\(milliseconds(exchange.duration)) ms)"
    case .transfer(.waits(let name, let duration, let reason)):
      return "\(name): again in \(milliseconds(duration)) ms, as \(reason)"
    case .planned, .transfer, .finished, .isBusy: return nil
    }
  }

  /// Whom it is waited for.
  fileprivate var wait: String? {
    switch self {
    case .isBusy(let folder, let holder): "waiting for \(holder), which writes to \(folder)"
    case .transfer(.isElsewhere(let name)): "waiting for another neuromaps, which downloads \(name)"
    case .planned, .transfer, .finished: nil
    }
  }
}

private func milliseconds(_ duration: Duration) -> Int64 { Int64((duration / .milliseconds(1)).rounded()) }

extension Bool {
  /// Whether this is the first time.
  fileprivate mutating func toggleOnce() -> Bool {
    defer { self = true }
    return !self
  }
}
