/// Everything that is wrong, thrown once: readers report all and then stop.
public struct Findings: Error, Sendable {
  /// In the order of the file; never empty when thrown.
  public let diagnostics: [Diagnostic]

  /// All of them.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }

  /// A single one.
  public init(_ diagnostic: Diagnostic) {
    diagnostics = [diagnostic]
  }
}
