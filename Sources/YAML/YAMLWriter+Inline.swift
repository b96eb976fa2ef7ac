extension YAMLWriter {
  /// A text as it is written on a line of its own, as an item or the value of a key; quoted where it must be.
  package static func line(_ text: String) -> String {
    var writer = YAMLWriter()
    writer.sequence { writer in writer.text(text) }
    return String(decoding: writer.finish().dropFirst("- ".utf8.count).dropLast(), as: UTF8.self)
  }

  /// A text as it is written within brackets or braces, quoted where it must be.
  package static func inline(_ text: String) -> String {
    String(decoding: brackets([text]).dropFirst().dropLast(), as: UTF8.self)
  }

  /// A list of texts on one line, in brackets.
  package static func inline(_ texts: [String]) -> String { String(decoding: brackets(texts), as: UTF8.self) }

  private static func brackets(_ texts: [String]) -> ArraySlice<UInt8> {
    let key = "k"
    var writer = YAMLWriter()
    writer.mapping { writer in writer.field(key, texts) }
    return writer.finish().dropFirst("\(key): ".utf8.count).dropLast()
  }
}
