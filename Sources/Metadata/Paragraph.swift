internal import Diagnostics

/// Plain text, broken into lines of at most 100 characters; a word that is longer has a line of its own.
struct Paragraph {
  private static let width = 100

  /// Without newlines, and without characters that a terminal takes for commands: catalogs are written by anybody.
  let lines: [String]

  /// Breaks a text at its blanks.
  ///
  /// - Parameters:
  ///   - first: what stands before the first line.
  ///   - rest: what stands before the others.
  init(_ text: String, first: String = "", rest: String = "") {
    var safe = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { safe.append(scalar.steersTerminal ? " " : scalar) }
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in String(safe).split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > Self.width {
        lines.append(line)
        line = rest
        isEmpty = true
      }
      line += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    self.lines = lines + [line]
  }
}
