package import Diagnostics

/// The problems of one file as they are found, worded alike wherever they turn up.
package struct YAMLProblems {
  /// The file.
  package let source: SourceText
  /// Its limits and codes.
  package let dialect: YAMLDialect
  private var found: [Diagnostic] = []

  /// More problems than anyone will read are counted, not kept.
  private static let most = 100
  private var dropped = 0

  /// Nothing found yet.
  package init(_ source: SourceText, _ dialect: YAMLDialect) {
    self.source = source
    self.dialect = dialect
  }

  /// How many there are, those that are not kept included.
  package var count: Int { found.count + dropped }

  /// Whether further problems are only counted.
  package var isFull: Bool { found.count >= Self.most }

  /// Whether nothing was found, warnings aside.
  package var areNone: Bool { !found.contains { $0.severity == .error } }

  /// All found, in the order of the file.
  package var diagnostics: [Diagnostic] {
    var sorted = found.enumerated().sorted { a, b in
      let (x, y) = (a.element.location?.span.start, b.element.location?.span.start)
      guard let x, let y, x != y else { return a.offset < b.offset }
      return x < y
    }.map(\.element)
    if dropped > 0, let last = sorted.indices.last { sorted[last].notes.append("\(dropped) more problems not shown") }
    return sorted
  }

  /// Adds a problem.
  package mutating func add(_ diagnostic: Diagnostic) {
    if found.count < Self.most { found.append(diagnostic) } else { dropped += 1 }
  }

  /// Adds a problem at a place of this file.
  package mutating func add(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan, notes: [String] = [], hints: [String] = []
  ) {
    guard found.count < Self.most else {
      dropped += 1
      return
    }
    add(Diagnostic(code, message, at: source.location(span), notes: notes, hints: hints))
  }

  /// A feature of YAML, or something that is not YAML.
  mutating func syntax(_ message: String, at span: SourceSpan, hints: [String] = []) {
    add(dialect.syntax, message, at: span, hints: hints)
  }

  /// A value that is not what its key takes.
  package mutating func wrongValue(_ message: String, at node: YAMLNode, hints: [String] = []) {
    // What was refused as YAML at this very place has been told.
    guard !found.contains(where: { $0.code == dialect.syntax && $0.location?.span == node.span }) else { return }
    add(dialect.wrongValue, message, at: node.span, hints: hints)
  }

  // MARK: Typed values

  /// The node's text, or a problem and nil.
  package mutating func text(_ node: YAMLNode, for what: String) -> String? {
    if let text = node.text { return text }
    wrongValue("\(what) takes text, not \(node.kindName)", at: node)
    return nil
  }

  /// The items, or a problem and nil.
  package mutating func list(_ node: YAMLNode, for what: String) -> [YAMLNode]? {
    if let items = node.items { return items }
    wrongValue("\(what) takes a list, not \(node.kindName)", at: node)
    return nil
  }

  /// The texts of a list; items that are no text are reported and left out.
  package mutating func texts(_ node: YAMLNode, for what: String) -> [String] {
    (list(node, for: what) ?? []).compactMap { text($0, for: "each item of \(what)") }
  }

  /// `true` or `false`, or a problem and nil.
  package mutating func bool(_ node: YAMLNode, for what: String) -> Bool? {
    switch node.content {
    case .scalar("true", isPlain: true): return true
    case .scalar("false", isPlain: true): return false
    default:
      wrongValue("\(what) takes `true` or `false`", at: node)
      return nil
    }
  }

  /// A whole number from 0 on, or a problem and nil.
  package mutating func count(_ node: YAMLNode, for what: String) -> Int64? {
    if case .scalar(let text, isPlain: true) = node.content, let number = Int64(text), number >= 0,
      String(number) == text
    {
      return number
    }
    wrongValue("\(what) takes a whole number", at: node)
    return nil
  }

  /// The text made into a value by `parse`, or a problem and nil.
  package mutating func value<Value>(
    _ node: YAMLNode, for what: String, expected: String, _ parse: (String) -> Value?
  ) -> Value? {
    guard let text = text(node, for: what) else { return nil }
    if let value = parse(text) { return value }
    let shown = text.unicodeScalars.count > 120 ? "\(String(text.unicodeScalars.prefix(120)))…" : text
    wrongValue("\(what) takes \(expected), not `\(shown)`", at: node)
    return nil
  }
}
