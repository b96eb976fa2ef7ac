package import Diagnostics

/// What a kind of file allows, and which codes its problems have.
package struct YAMLDialect: Sendable {
  /// What a message calls such a file: `manifest`.
  package let noun: String
  /// A file of more bytes is refused unread.
  package let byteLimit: Int
  /// Not YAML at all, or a feature of YAML that is refused.
  package let syntax: DiagnosticCode
  /// A key that means nothing.
  package let unknownKey: DiagnosticCode
  /// A value of the wrong type or form.
  package let wrongValue: DiagnosticCode
  /// A key that stands twice in a mapping.
  package let duplicateKey: DiagnosticCode
  /// A key that must be there and is not.
  package let missingKey: DiagnosticCode

  /// A dialect.
  package init(
    noun: String, byteLimit: Int, syntax: DiagnosticCode, unknownKey: DiagnosticCode, wrongValue: DiagnosticCode,
    duplicateKey: DiagnosticCode, missingKey: DiagnosticCode
  ) {
    self.noun = noun
    self.byteLimit = byteLimit
    self.syntax = syntax
    self.unknownKey = unknownKey
    self.wrongValue = wrongValue
    self.duplicateKey = duplicateKey
    self.missingKey = missingKey
  }

  /// Mappings and lists inside one another; more is refused, in every dialect.
  package static let depthLimit = 32
}
