/// A line of a result that is broken at blanks for a person, and left whole for a program.
struct WrappedLine: Sendable {
  private let text: String
  private let hanging: Int

  /// A line.
  ///
  /// - Parameter hanging: the column that its further lines start at; nil for two more than its own first word.
  init(_ text: String, hanging: Int? = nil) {
    self.text = text.printable
    self.hanging = hanging ?? text.prefix { $0 == " " }.count + 2
  }

  /// The lines for a terminal of so many columns; the one line when there is no terminal, or one too
  /// narrow to be worth it.
  ///
  /// A word that is longer than a line, such as an address, is left whole: it shall be copied.
  func lines(width: Int?) -> [String] {
    guard let width, width >= hanging + 20 else { return [text] }
    let start = text.prefix { $0 == " " }
    var lines: [String] = []
    var line = String(start)
    var isEmpty = true
    for word in text.dropFirst(start.count).split(separator: " ", omittingEmptySubsequences: false) {
      // Behind a label that ends where further lines start, a new line would give the word no more room.
      if !isEmpty, line.count + 1 > hanging, line.count + 1 + word.count > width {
        lines.append(line.trimmedRight)
        line = String(repeating: " ", count: hanging)
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return lines + [line]
  }
}

extension String {
  fileprivate var trimmedRight: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
