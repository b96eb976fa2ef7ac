internal import Diagnostics

/// The fields of one mapping by name; unknown and repeated keys are reported when it is made.
package struct YAMLFields {
  /// The mapping.
  package let node: YAMLNode
  private let what: String
  /// So few that a search is faster than a table.
  private let fields: [YAMLField]

  /// Nil, with a problem, unless `node` is a mapping.
  ///
  /// - Parameters:
  ///   - what: how a message calls the mapping: `the manifest`, `a selector`.
  ///   - known: every key that it may have.
  package init?(_ node: YAMLNode, of what: String, known: [String], _ problems: inout YAMLProblems) {
    guard let fields = node.fields else {
      problems.wrongValue("\(what) takes keys and values, not \(node.kindName)", at: node)
      return nil
    }
    self.node = node
    self.what = what
    for field in fields where !known.contains(field.name) {
      let near = problems.isFull ? nil : Suggestion.nearest(to: field.name, among: known)
      let suggestion = near.map { "did you mean `\($0)`?" }
      problems.add(
        problems.dialect.unknownKey, "unknown key `\(field.name)` in \(what)", at: field.key.span,
        hints: [suggestion ?? "its keys are \(known.map { "`\($0)`" }.joined(separator: ", "))"])
    }
    self.fields = fields
  }

  /// The value of a key; nil when the key is not there.
  package subscript(name: String) -> YAMLNode? { field(name)?.value }

  /// The key itself, for messages about it.
  package func key(_ name: String) -> YAMLNode? { field(name)?.key }

  private func field(_ name: String) -> YAMLField? { fields.first { $0.name == name } }

  /// The value of a key that must be there; a problem and nil otherwise.
  package func required(_ name: String, _ problems: inout YAMLProblems, hints: [String] = []) -> YAMLNode? {
    if let value = self[name] { return value }
    problems.add(
      problems.dialect.missingKey, "\(what) lacks the key `\(name)`",
      at: SourceSpan(line: node.span.start.line, column: node.span.start.column), hints: hints)
    return nil
  }

  /// The text of a key, if it is there and text.
  package func text(_ name: String, _ problems: inout YAMLProblems) -> String? {
    self[name].flatMap { problems.text($0, for: "`\(name)`") }
  }

  /// The texts of a key that takes a list; empty when it is not there.
  package func texts(_ name: String, _ problems: inout YAMLProblems) -> [String] {
    self[name].map { problems.texts($0, for: "`\(name)`") } ?? []
  }
}
