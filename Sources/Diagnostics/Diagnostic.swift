/// One thing to tell a person: what, where, the facts, why, and what to do.
public struct Diagnostic: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// The command cannot do what it was asked.
    case error
    /// It can, but the person should know.
    case warning
  }

  /// The stable name of the problem.
  public let code: DiagnosticCode
  /// How bad it is.
  public var severity: Severity
  /// One lower-case phrase, literals in backticks.
  public let message: String
  /// The place in a file, if the problem has one.
  public let location: SourceLocation?
  /// Facts.
  public var notes: [String]
  /// What brought it about, outermost first.
  public var causes: [String]
  /// What to do, with a command where there is one.
  public var hints: [String]

  /// A diagnostic; an error unless said otherwise.
  public init(
    _ code: DiagnosticCode, _ message: String, severity: Severity = .error, at location: SourceLocation? = nil,
    notes: [String] = [], causes: [String] = [], hints: [String] = []
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.location = location
    self.notes = notes
    self.causes = causes
    self.hints = hints
  }
}
