/// Colors from one end of a scale to the other, in steps that look alike.
enum ColorRamp: Hashable, Sendable {
  /// From dark to light.
  case sequential
  /// From dark blue over near white to dark red, both arms as light as each other.
  case diverging

  /// The color at a place between 0 and 1.
  func color(at place: Double) -> OKLab {
    let place = min(max(place, 0), 1)
    switch self {
    case .sequential:
      let (a, b) = Self.along(Self.viridis, place)
      return OKLab(lightness: 0.30 + 0.62 * place, a: a, b: b)
    case .diverging:
      let away = abs(place - 0.5) * 2
      let (a, b) = Self.along(place < 0.5 ? Self.blue : Self.red, away)
      return OKLab(lightness: 0.95 - 0.55 * away, a: a, b: b)
    }
  }

  /// What is neither high nor low: not a number, or no value.
  static let neutral = OKLab(lightness: 0.66, a: 0, b: 0)

  /// Hues of viridis, by Nathaniel Smith and Stéfan van der Walt (CC0), in eleven steps. Its lightness is even as it
  /// is; here it is exactly so.
  private static let viridis = [
    (0.098, -0.092), (0.065, -0.115), (0.016, -0.108), (-0.028, -0.083), (-0.062, -0.053), (-0.092, -0.018),
    (-0.120, 0.023), (-0.139, 0.073), (-0.135, 0.126), (-0.100, 0.167), (-0.039, 0.182),
  ]
  private static let blue = [(0.0, 0.0), (-0.037, -0.046), (-0.050, -0.088), (-0.041, -0.124), (-0.030, -0.118)]
  private static let red = [(0.0, 0.0), (0.067, 0.058), (0.120, 0.075), (0.160, 0.075), (0.148, 0.055)]

  private static func along(_ points: [(Double, Double)], _ place: Double) -> (Double, Double) {
    let last = points.count - 1
    let index = min(Int(place * Double(last)), last - 1)
    let share = place * Double(last) - Double(index)
    let (from, to) = (points[index], points[index + 1])
    return (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
  }
}
