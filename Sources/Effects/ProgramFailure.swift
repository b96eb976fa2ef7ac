package import SystemPackage

/// Why a program was not run to its end. An exit code is no failure.
package enum ProgramFailure: Error, Hashable, Sendable {
  /// No folder of PATH has it.
  case notFound
  /// The operating system did not start it, or did not let it be read from.
  case refused(Errno)
  /// It wrote more than so many bytes.
  case tooMuchOutput(limit: Int)
  /// The task was cancelled.
  case cancelled
}
