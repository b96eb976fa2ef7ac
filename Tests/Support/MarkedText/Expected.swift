package import Diagnostics

/// What a diagnostic must be; parts of its texts are enough.
package struct Expected: Sendable, CustomStringConvertible {
  private let code: DiagnosticCode
  private let message: String
  private let note: String
  private let hint: String
  private let severity: Diagnostic.Severity

  /// An expectation; an empty text asks for nothing.
  package init(
    _ code: DiagnosticCode, _ message: String = "", note: String = "", hint: String = "",
    severity: Diagnostic.Severity = .error
  ) {
    self.code = code
    self.message = message
    self.note = note
    self.hint = hint
    self.severity = severity
  }

  /// Whether a diagnostic is what was expected, its place aside.
  package func isMet(by diagnostic: Diagnostic) -> Bool {
    diagnostic.code == code && diagnostic.severity == severity && diagnostic.message.contains(message)
      && (note.isEmpty || diagnostic.notes.contains { $0.contains(note) })
      && (hint.isEmpty || diagnostic.hints.contains { $0.contains(hint) })
  }

  /// For the message of a failed test.
  package var description: String {
    let texts = [message, note, hint].filter { !$0.isEmpty }.map { "`\($0)`" }
    return ([severity.rawValue, code.rawValue] + texts).joined(separator: " ")
  }
}
