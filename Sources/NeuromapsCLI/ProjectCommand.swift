internal import ArgumentParser
internal import Diagnostics
internal import Effects
internal import Neuromaps
internal import Store

/// A subcommand: says what it does in terms of a run; talking to the outside is done here, once.
protocol ProjectCommand: AsyncParsableCommand {
  /// The options that all share.
  var global: GlobalOptions { get }

  /// Does the work; what it throws is printed and becomes the exit code.
  func perform(_ run: CommandRun) async throws(NeuromapsFailure)
}

extension ProjectCommand {
  /// Called by the parser.
  mutating func run() async throws {
    let console = Console()
    let world: World
    do throws(FileError) { world = try .real() } catch {
      console.write(DiagnosticRenderer(isColored: false).render(error.diagnostic), to: .error)
      throw ExitCode(NeuromapsFailure.Reason.couldNot.exitCode)
    }
    let run = CommandRun(world, console, global)
    var status: Int32 = 0
    do throws(NeuromapsFailure) {
      try await perform(run)
    } catch {
      for diagnostic in error.diagnostics { run.show(diagnostic) }
      status = error.reason.exitCode
    }
    await run.world.transport.shutdown()
    if let reason = console.failure {
      run.show(Diagnostic(.fileFailed, "cannot write the result", causes: ["\(reason)"]))
      status = max(status, 1)
    }
    if status != 0 { throw ExitCode(status) }
  }
}

extension NeuromapsFailure.Reason {
  /// The exit code, as the contract has it.
  var exitCode: Int32 {
    switch self {
    case .couldNot: 1
    case .lockStale: 3
    case .dataDiffers: 4
    case .wrongInput: 5
    case .tokenNeeded: 6
    case .wrongUsage: 64
    }
  }
}
