/// A key of a mapping with its value.
package struct YAMLField: Sendable {
  /// The key; a text, as the reader refuses others.
  package let key: YAMLNode
  /// Its value.
  package let value: YAMLNode

  /// The key's text.
  package var name: String { key.text ?? "" }
}
