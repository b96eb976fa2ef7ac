/// Other programs of the machine, so that tests can do without them.
package protocol Programs: Sendable {
  /// Runs a program to its end and gives what it wrote. It reads nothing; any number may run at once.
  ///
  /// It is ended early when the task is cancelled, or when it writes more than the call allows.
  func run(_ call: ProgramCall) async throws(ProgramFailure) -> ProgramOutcome
}
