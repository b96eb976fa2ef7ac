/// What the run of a program came to.
package struct ProgramOutcome: Hashable, Sendable {
  /// Its exit code; 128 and the signal's number for one that a signal has ended.
  package let exitCode: Int32
  /// What it wrote to standard output.
  package let output: [UInt8]
  /// What it wrote to standard error.
  package let errors: [UInt8]

  /// An outcome.
  package init(exitCode: Int32, output: [UInt8] = [], errors: [UInt8] = []) {
    self.exitCode = exitCode
    self.output = output
    self.errors = errors
  }
}
