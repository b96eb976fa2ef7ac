/// JSON to be printed: keys in the order given, two spaces a level.
///
/// The program only writes JSON on the path of a satisfied sync, and a JSON encoder would bring
/// Foundation there.
package indirect enum JSONValue: Sendable {
  /// A text; quoted and escaped when written.
  case text(String)
  /// A whole number.
  case number(Int64)
  /// A number, with as many digits as tell it from every other; `null` for what is no finite number.
  case decimal(Double)
  /// `true` or `false`.
  case bool(Bool)
  /// `null`.
  case null
  /// An array.
  case list([JSONValue])
  /// An object; its keys are written in this order.
  case object([(String, JSONValue)])

  /// A text, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

  /// A number, or null.
  package static func optional(decimal number: Double?) -> JSONValue { number.map(JSONValue.decimal) ?? .null }

  /// A list of texts.
  package static func texts(_ texts: [String]) -> JSONValue { .list(texts.map(JSONValue.text)) }

  /// The document, without a newline at its end.
  package var text: String {
    var output = ""
    write(to: &output, indent: "")
    return output
  }

  private func write(to output: inout String, indent: String) {
    switch self {
    case .text(let text): Self.quote(text, to: &output)
    case .number(let number): output += String(number)
    case .decimal(let number): output += number.isFinite ? number.description : "null"
    case .bool(let value): output += value ? "true" : "false"
    case .null: output += "null"
    case .list(let items):
      Self.write(items, "[", "]", to: &output, indent: indent) { $0.write(to: &$1, indent: $2) }
    case .object(let fields):
      Self.write(fields, "{", "}", to: &output, indent: indent) { field, output, indent in
        Self.quote(field.0, to: &output)
        output += ": "
        field.1.write(to: &output, indent: indent)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], _ open: String, _ close: String, to output: inout String, indent: String,
    _ body: (Item, inout String, String) -> Void
  ) {
    guard !items.isEmpty else {
      output += open + close
      return
    }
    output += open
    for (index, item) in items.enumerated() {
      output += (index == 0 ? "\n" : ",\n") + indent + "  "
      body(item, &output, indent + "  ")
    }
    output += "\n\(indent)\(close)"
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
