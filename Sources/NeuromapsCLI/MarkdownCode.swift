/// A text of anybody's, as code in Markdown: nothing in it is taken for Markdown, HTML, the end of a table's cell, a
/// link, or the name of somebody who is then told.
struct MarkdownCode: CustomStringConvertible {
  private let text: String

  init(_ text: String) { self.text = text.printable }

  /// Between backticks; where that would not hold, as an element of HTML.
  var description: String {
    guard text.isEmpty || text.unicodeScalars.contains(where: { $0 == "`" || $0 == "|" }) else { return "`\(text)`" }
    let scalars = text.unicodeScalars.map { Self.isPlain($0) ? String($0) : "&#\($0.value);" }
    return "<code>\(scalars.joined())</code>"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", "-": true
    default: !scalar.isASCII
    }
  }
}
