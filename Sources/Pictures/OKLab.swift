/// A color by what the eye makes of it: Björn Ottosson's OKLab, where equal steps look equal.
///
/// Made of additions, products and square roots alone, so that every machine comes to the same bytes.
struct OKLab: Hashable, Sendable {
  /// 0 for black, 1 for white.
  let lightness: Double
  /// From green (below 0) to red.
  let a: Double
  /// From blue (below 0) to yellow.
  let b: Double

  /// The color a share of the way to another.
  func mixed(with other: OKLab, _ share: Double) -> OKLab {
    OKLab(
      lightness: lightness + (other.lightness - lightness) * share, a: a + (other.a - a) * share,
      b: b + (other.b - b) * share)
  }

  /// The same color in less light; 1 leaves it as it is.
  func dimmed(_ light: Double) -> OKLab {
    OKLab(lightness: lightness * light, a: a * light, b: b * light)
  }

  /// The nearest color of a screen, channel by channel.
  var rgba: RGBA {
    let (red, green, blue) = linear
    return RGBA(red: Self.byte(red), green: Self.byte(green), blue: Self.byte(blue))
  }

  /// Whether a screen can show it, but for rounding.
  var isOnScreen: Bool {
    let (red, green, blue) = linear
    return [red, green, blue].allSatisfy { (-0.004...1.004).contains($0) }
  }

  private var linear: (red: Double, green: Double, blue: Double) {
    let long = lightness + 0.3963377774 * a + 0.2158037573 * b
    let middle = lightness - 0.1055613458 * a - 0.0638541728 * b
    let short = lightness - 0.0894841775 * a - 1.2914855480 * b
    let (l, m, s) = (long * long * long, middle * middle * middle, short * short * short)
    return (
      4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
      -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
      -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s
    )
  }

  /// sRGB's curve.
  private static func byte(_ light: Double) -> UInt8 {
    let light = min(max(light, 0), 1)
    guard light > 0.0031308 else { return UInt8((12.92 * light * 255).rounded()) }
    // The power 1/2.4 is the fifth power of the twelfth root.
    let fourth = light.squareRoot().squareRoot()
    var root = 1.0
    for _ in 0..<12 { root = (2 * root + fourth / (root * root)) / 3 }
    let curved = 1.055 * root * root * root * root * root - 0.055
    return UInt8((min(max(curved, 0), 1) * 255).rounded())
  }
}
