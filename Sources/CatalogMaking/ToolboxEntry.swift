internal import Diagnostics
internal import YAML

/// An object of the toolbox's JSON; what is `null` counts as not there.
struct ToolboxEntry {
  let node: YAMLNode
  private let fields: [YAMLField]

  /// Nil, with a problem, unless the node is an object.
  init?(_ node: YAMLNode, of what: String, _ problems: inout YAMLProblems) {
    guard let fields = node.fields else {
      problems.wrongValue("\(what) takes keys and values, not \(node.kindName)", at: node)
      return nil
    }
    self.node = node
    self.fields = fields
  }

  /// The value of a key.
  subscript(name: String) -> YAMLNode? {
    fields.first { $0.name == name }.flatMap { $0.value.isNull ? nil : $0.value }
  }

  /// The text of a key without blanks around it; nil for one that is empty.
  func text(_ name: String, _ problems: inout YAMLProblems) -> String? {
    guard let text = self[name].flatMap({ problems.text($0, for: "`\(name)`") }) else { return nil }
    let start = text.utf8.drop { $0 == UInt8(ascii: " ") }
    let end = start.lastIndex { $0 != UInt8(ascii: " ") }
    return end.map { String(Substring(start[...$0])) }
  }

  /// Keys that have a value, and are none of these.
  func others(than known: Set<String>) -> [YAMLField] {
    fields.filter { !known.contains($0.name) && !$0.value.isNull }
  }
}

/// Counts what is passed over, so that each kind is told once, with the first place.
struct ToolboxOmissions {
  private var found: [(what: String, count: Int, location: SourceLocation)] = []

  /// Takes note of something, called as a sentence begins: "`redir`".
  mutating func note(_ what: String, at node: YAMLNode, in source: SourceText) {
    if let index = found.firstIndex(where: { $0.what == what }) {
      found[index].count += 1
      return
    }
    found.append((what, 1, source.location(node.span)))
  }

  /// One for each kind, in the order in which they were found.
  var diagnostics: [Diagnostic] {
    found.map { what, count, location in
      Diagnostic(
        .leftOut, "\(what) is left out", severity: .warning, at: location,
        notes: count > 1 ? ["\(count) times; this is the first"] : [])
    }
  }
}
