extension ColorScale {
  /// A scale as a page draws it.
  package struct Legend: Hashable, Sendable {
    /// A number beside the colors.
    package struct Tick: Hashable, Sendable {
      /// Where, 0…1.
      package let place: Double
      /// The number.
      package let text: String
    }

    /// What kind of values it is for.
    package let kind: Kind
    /// The value of the first color.
    package let lower: Double
    /// The value of the last color.
    package let upper: Double
    /// Colors in even steps from first to last, as CSS has them: `#440154`; one where all values are alike, none where
    /// there is no value.
    package let stops: [String]
    /// The color of what has no value on a surface; in a volume it is clear.
    package let neutral: String
    /// Round numbers, in order.
    package let ticks: [Tick]
    /// What bounds the colors, in words.
    package let rangeText: String
  }

  /// The scale as a page draws it.
  package var legend: Legend {
    let stops: [String] =
      switch kind {
      case .empty: []
      case .constant: [ramp.color(at: 0.5).rgba.css]
      case .sequential, .diverging: (0...16).map { ramp.color(at: Double($0) / 16).rgba.css }
      }
    return Legend(
      kind: kind, lower: lower, upper: upper, stops: stops, neutral: ColorRamp.neutral.rgba.css, ticks: ticks,
      rangeText: rangeText)
  }

  /// Multiples of 1, 2 or 5 times a power of ten, four to eight of them.
  private var ticks: [Legend.Tick] {
    switch kind {
    case .empty: return []
    case .constant: return [Legend.Tick(place: 0.5, text: ShortNumber(lower, digits: 4).text)]
    case .sequential, .diverging: break
    }
    let raw = (upper - lower) / 6
    var exponent = ShortNumber.exponent(of: raw)
    let lead = raw / ShortNumber.power(exponent)
    var base = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10
    if base == 10 { (base, exponent) = (1, exponent + 1) }
    let step = Double(base) * ShortNumber.power(exponent)
    let first = (lower / step - 1e-9).rounded(.up)
    let last = (upper / step + 1e-9).rounded(.down)
    return stride(from: first, through: last, by: 1).map { multiple in
      Legend.Tick(
        place: place(of: multiple * step), text: ShortNumber(Int(multiple) * base, exponent: exponent).text)
    }
  }

  private var rangeText: String {
    let ends = "\(ShortNumber(lower, digits: 3).text) to \(ShortNumber(upper, digits: 3).text)"
    let none = ground.map { "the ground, \(ShortNumber(Double($0), digits: 4).text)" } ?? "0"
    let bounds =
      isRobust
      ? "the 2nd to the 98th percentile of what is finite and not \(none)"
      : "the smallest to the largest value that is finite and not \(none)"
    switch kind {
    case .empty: return zeros > 0 ? "no value but 0" : "no value"
    case .constant: return "\(ShortNumber(lower, digits: 4).text) everywhere"
    case .sequential: return "\(ends), \(bounds)"
    case .diverging: return "\(ends), symmetric about 0 and wide enough for \(bounds)"
    }
  }
}
