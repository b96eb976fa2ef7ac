/// A stretch of a line in one style.
struct TextSpan: Sendable {
  /// What it says.
  let text: String
  /// How it looks where there are colors.
  let style: TextStyle

  /// A stretch.
  init(_ text: String, _ style: TextStyle = .plain) {
    self.text = text
    self.style = style
  }

  /// The text, with escape sequences around it if there are colors.
  func shown(isColored: Bool) -> String { isColored ? style.painted(text) : text }
}

extension [TextSpan] {
  /// How many columns of a terminal they fill.
  var columns: Int { reduce(0) { $0 + $1.text.columns } }

  /// The stretches in at most so many columns, one at least; what is longer ends in `…`.
  func cut(to width: Int) -> [TextSpan] {
    guard columns > width else { return self }
    var (kept, room) = ([TextSpan](), Swift.max(0, width - 1))
    for span in self {
      guard span.text.columns <= room else {
        return kept + [TextSpan(span.text.prefix(columns: room) + "…", span.style)]
      }
      kept.append(span)
      room -= span.text.columns
    }
    return kept
  }

  /// The stretches as a text.
  func shown(isColored: Bool) -> String { map { $0.shown(isColored: isColored) }.joined() }
}
