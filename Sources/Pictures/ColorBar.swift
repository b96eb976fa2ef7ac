/// The colors of a scale with their numbers, for a picture that stands alone.
enum ColorBar {
  private static let height = 10
  private static let room = 44

  /// A picture with its colors beneath it; as it was where there are no colors.
  static func below(_ canvas: Canvas, _ scale: ColorScale) -> Canvas {
    guard scale.kind != .empty else { return canvas }
    var whole = Canvas(width: canvas.width, height: canvas.height + room, palette: canvas.palette)
    for y in 0..<canvas.height {
      for x in 0..<canvas.width { whole[x, y] = canvas[x, y] }
    }
    let width = min(max(canvas.width * 3 / 5, 60), max(canvas.width - 40, 1))
    let (left, top) = ((canvas.width - width) / 2, canvas.height + 12)
    for x in 0..<width {
      let place = scale.kind == .constant ? 0.5 : (Double(x) + 0.5) / Double(width)
      for y in 0..<height { whole[left + x, top + y] = canvas.palette.index(place) }
    }
    var end = 0
    for tick in scale.legend.ticks {
      let x = left + Int((tick.place * Double(width - 1)).rounded())
      let start = x - Lettering.width(tick.text) / 2
      for y in 0..<3 { whole.ink(x, top + height + y, quarters: 4) }
      // A number that would run into the one before it is left out.
      guard start >= end else { continue }
      Lettering.draw(tick.text, x: start, y: top + height + 6, on: &whole)
      end = start + Lettering.width(tick.text) + 4
    }
    return whole
  }
}
