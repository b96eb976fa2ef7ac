/// How values are written in a lock's declarations, so that no two readings are possible.
enum NormalForm {
  /// The text as it is, or within quotation marks when it has other than the usual characters.
  static func word(_ text: String) -> String {
    let isUsual = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "._+-*?/:".utf8.contains(byte)
      }
    }
    if isUsual, !text.isEmpty { return text }
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "\"", "\\": "\\\(scalar)"
      case let control where control.value < 0x20 || control.value == 0x7f:
        "\\u{\(String(control.value, radix: 16))}"
      default: String(scalar)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
