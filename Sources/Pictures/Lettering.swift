/// Draws the few letters that pictures need, as strokes of even weight.
struct Lettering: Sendable {
  /// How high a digit is, in pixels.
  static let height = 10
  /// From one letter to the next.
  private static let advance = 6.9
  private static let across = 1.22
  private static let down = 1.38
  private static let halfStroke = 0.68

  /// Lines through points of a grid of 5 × 7, `xy` each, from the top left; strokes apart by a comma.
  private static let strokes: [Character: String] = [
    "0": "10 30 41 45 36 16 05 01 10", "1": "11 20 26,16 36", "2": "01 10 30 41 42 06 46",
    "3": "00 40 23 33 44 45 36 16 05",
    "4": "36 30 04 44", "5": "40 00 02 32 43 45 36 16 05", "6": "30 20 02 05 16 36 45 44 33 13 04", "7": "00 40 16",
    "8": "10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33", "9": "16 26 44 41 30 10 01 02 13 33 42",
    "-": "03 43", "+": "03 43,21 25", ".": "26 26", "=": "02 42,04 44", "e": "04 44 43 32 12 03 05 16 36",
    "x": "02 46,42 06", "y": "02 24,42 07", "z": "02 42 06 46", "m": "06 02,03 12 23 26,23 32 43 46",
    "L": "00 06 46", "R": "06 00 30 41 42 33 03,23 46", "A": "06 20 46,14 34", "P": "06 00 30 41 42 33 03",
  ]

  /// How wide a text is.
  static func width(_ text: String) -> Int { text.isEmpty ? 0 : Int(Double(text.count - 1) * advance + 4 * across + 2) }

  /// Draws a text with its top left corner at a pixel.
  static func draw(_ text: String, x: Int, y: Int, on canvas: inout Canvas) {
    for (index, letter) in text.enumerated() {
      let left = Double(x) + 1 + Double(index) * advance
      for stroke in strokes[letter, default: ""].split(separator: ",") {
        let points = stroke.split(separator: " ").map { pair in
          let (column, row) = (pair.utf8.first ?? 48, pair.utf8.last ?? 48)
          return (x: left + Double(column - 48) * across, y: Double(y) + 1 + Double(row - 48) * down)
        }
        for (from, to) in zip(points, points.count == 1 ? points : Array(points.dropFirst())) {
          line(from, to, on: &canvas)
        }
      }
    }
  }

  private static func line(_ from: (x: Double, y: Double), _ to: (x: Double, y: Double), on canvas: inout Canvas) {
    for y in Int(min(from.y, to.y)) - 2...Int(max(from.y, to.y)) + 2 {
      for x in Int(min(from.x, to.x)) - 2...Int(max(from.x, to.x)) + 2 {
        let distance = Self.distance((Double(x) + 0.5, Double(y) + 0.5), from, to)
        let cover = min(max(halfStroke + 0.5 - distance, 0), 1)
        canvas.ink(x, y, quarters: Int((cover * 4).rounded()))
      }
    }
  }

  /// From a point to the nearest one of a line.
  private static func distance(
    _ point: (x: Double, y: Double), _ from: (x: Double, y: Double), _ to: (x: Double, y: Double)
  ) -> Double {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = dx * dx + dy * dy
    let along = length > 0 ? min(max(((point.x - from.x) * dx + (point.y - from.y) * dy) / length, 0), 1) : 0
    let (ex, ey) = (point.x - from.x - along * dx, point.y - from.y - along * dy)
    return (ex * ex + ey * ey).squareRoot()
  }
}
