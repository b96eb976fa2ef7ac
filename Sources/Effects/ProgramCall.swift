/// Which program is to be run, and how.
package struct ProgramCall: Hashable, Sendable {
  /// An absolute path, or a name to be looked for in the folders of PATH.
  package let program: String
  /// What it is told, its own name aside.
  package let arguments: [String]
  /// Variables that it gets beside those of this process, or in their place; nil for those that it must not get.
  package let variables: [String: String?]
  /// Bytes that it may write to standard output, and again to standard error.
  package let outputLimit: Int

  /// A call.
  package init(_ program: String, _ arguments: [String], variables: [String: String?] = [:], outputLimit: Int) {
    self.program = program
    self.arguments = arguments
    self.variables = variables
    self.outputLimit = outputLimit
  }
}
