internal import Diagnostics

/// What came of reading some bytes.
package struct Reading: Sendable {
  /// Whether a value came, and not a word against it.
  package let isAccepted: Bool
  /// What must not be, a line each; none from a reader that keeps its promises.
  package let violations: [String]

  init(isAccepted: Bool, _ violations: Violations) {
    self.isAccepted = isAccepted
    self.violations = violations.lines
  }

  /// The bytes were refused: with good reason, told in the right places.
  init(refusing source: SourceText, with diagnostics: [Diagnostic]) {
    var violations = DiagnosticChecks(source).violations(diagnostics)
    violations.require(!diagnostics.isEmpty, "refused without a word")
    self.init(isAccepted: false, violations)
  }
}
