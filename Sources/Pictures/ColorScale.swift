/// Which color a value has.
///
/// The scale reaches from the 2nd to the 98th percentile of the values that are finite and not 0, so that no single
/// value washes out the rest; beyond, the colors of its ends go on. A map that has both signs in earnest (the weaker
/// reaches a tenth of the stronger) gets a scale symmetric about 0.
package struct ColorScale: Hashable, Sendable {
  /// What kind of values it is for.
  package enum Kind: Hashable, Sendable {
    /// From low to high.
    case sequential
    /// Below and above 0, symmetric.
    case diverging
    /// One value everywhere.
    case constant
    /// No value that is finite and not 0.
    case empty
  }

  /// What kind of values it is for.
  package let kind: Kind
  /// The value at which the first color stands.
  package let lower: Double
  /// The value at which the last color stands.
  package let upper: Double
  /// Whether percentiles bound it; else the smallest and the largest value do.
  package let isRobust: Bool
  /// How many values are finite and not 0.
  package let count: Int
  /// How many are 0; they are drawn as background.
  package let zeros: Int
  /// How many are not finite; they are drawn as background.
  package let nonFinite: Int

  /// What stood for 0 in the file, if anything did.
  package let ground: Float?

  /// The scale of a map.
  ///
  /// - Parameters:
  ///   - parts: all its values; those of two hemispheres make one scale.
  ///   - ground: what stood for 0 in the file, if anything did.
  package init(_ parts: [[Float]], ground: Float? = nil) {
    self.ground = ground
    let ranks = ValueRanks(parts)
    (count, zeros, nonFinite) = (ranks.count, ranks.zeros, ranks.nonFinite)
    let found = ranks.values(at: [0, 0.02, 0.98, 1])
    guard found.count == 4 else {
      (kind, lower, upper, isRobust) = (.empty, 0, 0, false)
      return
    }
    let (least, low, high, most) = (found[0], found[1], found[2], found[3])
    if least == most {
      (kind, lower, upper, isRobust) = (.constant, Double(least), Double(least), false)
      return
    }
    isRobust = low < high
    let ends = isRobust ? (Double(low), Double(high)) : (Double(least), Double(most))
    let reach = max(abs(ends.0), abs(ends.1))
    if ends.0 < 0, ends.1 > 0, min(-ends.0, ends.1) >= reach / 10 {
      (kind, lower, upper) = (.diverging, -reach, reach)
    } else {
      (kind, lower, upper) = (.sequential, ends.0, ends.1)
    }
  }

  /// Where on the scale a value is, 0…1; nil for what is background.
  func place(of value: Float) -> Double? {
    guard value.isFinite, value != 0 else { return nil }
    return place(of: Double(value))
  }

  /// Where on the scale a finite value is, 0…1.
  func place(of value: Double) -> Double {
    guard upper > lower else { return 0.5 }
    return min(max((value - lower) / (upper - lower), 0), 1)
  }

  /// Its colors.
  var ramp: ColorRamp { kind == .diverging ? .diverging : .sequential }
}
