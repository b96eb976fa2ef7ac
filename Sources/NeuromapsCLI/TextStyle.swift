/// How a text looks on a terminal; the raw value is what ANSI's escape sequence says.
enum TextStyle: String, Sendable {
  /// As it is.
  case plain = ""
  /// What is looked for.
  case bold = "1"
  /// What is only beside it.
  case dim = "2"
  /// What it is grouped by.
  case cyan = "36"
  /// What to take care of.
  case yellow = "33"
  /// What has come.
  case green = "32"
  /// What has gone.
  case red = "31"

  /// The text in this style; an empty text stays empty.
  func painted(_ text: String) -> String {
    self == .plain || text.isEmpty ? text : "\u{1b}[\(rawValue)m\(text)\u{1b}[0m"
  }
}
