private import CLibYAML

/// Writes block-style YAML through libyaml's emitter, the same bytes for the same calls.
///
/// UTF-8, `\n`, two spaces, no folding. Text that a reader could take for a number, a Boolean, a
/// date or nothing is quoted, so that every YAML library reads text.
package struct YAMLWriter: ~Copyable {
  private let emitter: UnsafeMutablePointer<yaml_emitter_t>
  private let output: UnsafeMutablePointer<[UInt8]>

  /// A writer whose output begins with `header`, comment lines that end in a newline.
  package init(header: String = "") {
    emitter = .allocate(capacity: 1)
    output = .allocate(capacity: 1)
    output.initialize(to: Array(header.utf8))
    guard yaml_emitter_initialize(emitter) == 1 else { preconditionFailure("no memory for a YAML emitter") }
    yaml_emitter_set_output(
      emitter,
      { context, bytes, count in
        guard let context, let bytes else { return 0 }
        context.assumingMemoryBound(to: [UInt8].self).pointee
          .append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
        return 1
      }, output)
    yaml_emitter_set_unicode(emitter, 1)
    yaml_emitter_set_width(emitter, -1)
    var event = yaml_event_t()
    yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)
    emit(&event)
    yaml_document_start_event_initialize(&event, nil, nil, nil, 1)
    emit(&event)
  }

  deinit {
    yaml_emitter_delete(emitter)
    emitter.deallocate()
    output.deinitialize(count: 1)
    output.deallocate()
  }

  /// Ends the document and gives its bytes.
  package consuming func finish() -> [UInt8] {
    var event = yaml_event_t()
    yaml_document_end_event_initialize(&event, 1)
    emit(&event)
    yaml_stream_end_event_initialize(&event)
    emit(&event)
    yaml_emitter_flush(emitter)
    return output.pointee
  }

  /// A mapping whose fields `body` writes.
  package mutating func mapping(_ body: (inout YAMLWriter) -> Void) {
    var event = yaml_event_t()
    yaml_mapping_start_event_initialize(&event, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE)
    emit(&event)
    body(&self)
    yaml_mapping_end_event_initialize(&event)
    emit(&event)
  }

  /// A list whose items `body` writes, one a line; `[]` when it writes none.
  package mutating func sequence(_ body: (inout YAMLWriter) -> Void) {
    sequence(YAML_BLOCK_SEQUENCE_STYLE, body)
  }

  /// A field of the mapping that is being written: the key, then what `value` writes.
  package mutating func field(_ key: String, _ value: (inout YAMLWriter) -> Void) {
    text(key)
    value(&self)
  }

  /// A field whose value is text.
  package mutating func field(_ key: String, _ value: String) {
    text(key)
    text(value)
  }

  /// A field whose value is a number.
  package mutating func field(_ key: String, _ value: Int64) {
    text(key)
    plain(String(value))
  }

  /// A field whose value is `true` or `false`.
  package mutating func field(_ key: String, _ value: Bool) {
    text(key)
    plain(value ? "true" : "false")
  }

  /// A field whose value is a list of texts on one line.
  package mutating func field(_ key: String, _ values: [String]) {
    text(key)
    sequence(YAML_FLOW_SEQUENCE_STYLE) { writer in for value in values { writer.text(value) } }
  }

  /// A text; quoted where it must be.
  package mutating func text(_ text: String) {
    let breaks: [Unicode.Scalar] = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    let isBroken = text.unicodeScalars.contains { breaks.contains($0) }
    let quotes = isBroken ? YAML_DOUBLE_QUOTED_SCALAR_STYLE : YAML_SINGLE_QUOTED_SCALAR_STYLE
    scalar(text, isBroken || Self.needsQuotes(text) ? quotes : YAML_PLAIN_SCALAR_STYLE)
  }

  private mutating func plain(_ text: String) {
    scalar(text, YAML_PLAIN_SCALAR_STYLE)
  }

  private mutating func sequence(_ style: yaml_sequence_style_t, _ body: (inout YAMLWriter) -> Void) {
    var event = yaml_event_t()
    yaml_sequence_start_event_initialize(&event, nil, nil, 1, style)
    emit(&event)
    body(&self)
    yaml_sequence_end_event_initialize(&event)
    emit(&event)
  }

  private func scalar(_ text: String, _ style: yaml_scalar_style_t) {
    var text = text
    text.withUTF8 { bytes in
      var event = yaml_event_t()
      yaml_scalar_event_initialize(&event, nil, nil, bytes.baseAddress, Int32(bytes.count), 1, 1, style)
      emit(&event)
    }
  }

  private func emit(_ event: inout yaml_event_t) {
    guard yaml_emitter_emit(emitter, &event) == 1 else {
      preconditionFailure("libyaml refused an event: \(emitter.pointee.problem.map { String(cString: $0) } ?? "")")
    }
  }

  /// Whether YAML 1.1 or 1.2 would read the plain text as something other than text.
  private static func needsQuotes(_ text: String) -> Bool {
    if text.isEmpty { return true }
    if text.utf8.count <= 5, words.contains(text.lowercased()) { return true }
    let digits = text.utf8.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    if digits.first == UInt8(ascii: "0"), let base = digits.dropFirst().first, "xXoObB".utf8.contains(base),
      digits.dropFirst(2).allSatisfy({ "0123456789abcdefABCDEF_".utf8.contains($0) })
    {
      return true
    }
    var hasDigit = false
    let looksNumeric = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        hasDigit = true
        return true
      case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: "Z"),
        UInt8(ascii: " "):
        return true
      default: return false
      }
    }
    if looksNumeric, hasDigit { return true }
    let end = text.utf8.suffix(4)
    return end.first == UInt8(ascii: ".")
      && [".inf", ".nan"].contains(String(decoding: end, as: UTF8.self).lowercased())
  }

  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "=", "<<",
  ]
}
