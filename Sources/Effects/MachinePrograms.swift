private import Synchronization

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The programs that are installed: those in the folders of PATH.
package struct MachinePrograms: Programs {
  private let environment: Environment

  /// Those that a process with this environment finds; they get its variables.
  package init(_ environment: Environment) { self.environment = environment }

  /// Runs one, on a thread that is there for waiting.
  package func run(_ call: ProgramCall) async throws(ProgramFailure) -> ProgramOutcome {
    guard let path = place(of: call.program) else { throw .notFound }
    let variables = environment.lines(changing: call.variables)
    let end = EarlyEnd()
    let result: Result<ProgramOutcome, ProgramFailure> = await withTaskCancellationHandler {
      await BlockingWork.run { Self.run(path, call, variables, end) }
    } onCancel: {
      end.demand()
    }
    return try result.get()
  }

  private static func run(
    _ path: String, _ call: ProgramCall, _ variables: [String], _ end: EarlyEnd
  ) -> Result<ProgramOutcome, ProgramFailure> {
    Result { () throws(ProgramFailure) in
      var program = try RunningProgram(path, [call.program] + call.arguments, variables: variables)
      return try program.finish(outputLimit: call.outputLimit) { end.isDemanded }
    }
  }

  private func place(of program: String) -> String? {
    guard !program.contains("/") else { return program }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      // A relative folder would be whichever one the user is in, and what lies there is not to be run.
      guard folder.hasPrefix("/"), isProgram("\(folder)/\(program)") else { continue }
      return "\(folder)/\(program)"
    }
    return nil
  }
}

/// Whether a program is to end before it is done; said by one thread, asked by another.
private final class EarlyEnd: Sendable {
  private let demanded = Mutex(false)

  var isDemanded: Bool { demanded.withLock { $0 } }

  func demand() { demanded.withLock { $0 = true } }
}

private func isProgram(_ path: String) -> Bool {
  var value = stat()
  guard stat(path, &value) == 0, value.st_mode & S_IFMT == S_IFREG else { return false }
  return access(path, X_OK) == 0
}
