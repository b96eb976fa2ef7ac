package import Diagnostics

/// A value of a YAML document and where it stands.
package struct YAMLNode: Sendable {
  /// What the value is.
  package indirect enum Content: Sendable {
    /// Text; `isPlain` when written without quotes.
    case scalar(String, isPlain: Bool)
    /// Items in order.
    case sequence([YAMLNode])
    /// Fields in order, duplicates included.
    case mapping([YAMLField])
  }

  /// What it is.
  package let content: Content
  /// From its first character to after its last; of a list or mapping in block style, and of a text in block style, to
  /// where the next thing begins.
  package let span: SourceSpan
  /// Whether it is a list or mapping in flow style: in brackets or braces, or one pair within brackets.
  package internal(set) var isFlow = false

  /// How a diagnostic calls it: `text`, `a list`, `a mapping`.
  package var kindName: String {
    switch content {
    case .scalar(let text, isPlain: true) where Self.nulls.contains(text): "nothing"
    case .scalar: "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// The scalar's text; nil for anything else and for a plain null.
  package var text: String? {
    guard case .scalar(let text, let isPlain) = content, !(isPlain && Self.nulls.contains(text)) else { return nil }
    return text
  }

  /// The items; nil unless a sequence.
  package var items: [YAMLNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The fields; nil unless a mapping.
  package var fields: [YAMLField]? {
    guard case .mapping(let fields) = content else { return nil }
    return fields
  }

  /// The whole number, unquoted, that a key of a mapping has, with its node; nil for anything else.
  package func number(of key: String) -> (Int64, YAMLNode)? {
    guard let value = fields?.first(where: { $0.name == key })?.value,
      case .scalar(let text, isPlain: true) = value.content,
      let number = Int64(text), number >= 0, String(number) == text
    else { return nil }
    return (number, value)
  }

  /// Whether nothing was written, or a plain `null` or `~`.
  package var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return Self.nulls.contains(text)
  }

  private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]

  /// Whether it says the same as another, however both are written.
  package func hasContent(of other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let text, isPlain: _), .scalar(let otherText, isPlain: _)):
      Array(text.utf8) == Array(otherText.utf8) && isNull == other.isNull
    case (.sequence(let items), .sequence(let others)):
      items.count == others.count && zip(items, others).allSatisfy { $0.hasContent(of: $1) }
    case (.mapping(let fields), .mapping(let others)):
      fields.count == others.count
        && zip(fields, others).allSatisfy { $0.name == $1.name && $0.value.hasContent(of: $1.value) }
    case (.scalar, _), (.sequence, _), (.mapping, _): false
    }
  }
}
