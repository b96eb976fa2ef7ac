/// A histogram over the range of a color scale, for bars in its colors.
package struct ValueBars: Hashable, Sendable {
  /// The left end of the first bar.
  package let lower: Double
  /// The right end of the last bar.
  package let upper: Double
  /// How many values each bar has; bars are equally wide, and the last takes its right end, too.
  package let counts: [Int]
  /// How many values lie left of all bars.
  package let below: Int
  /// How many lie right of them.
  package let above: Int

  /// Counts the values of a map that are finite and not 0.
  ///
  /// - Parameters:
  ///   - parts: all its values.
  ///   - scale: its scale; where that has no width, all values are in one bar.
  ///   - bars: how many bars.
  package init(_ parts: [[Float]], scale: ColorScale, bars: Int = 40) {
    let (lower, upper) = (scale.lower, scale.upper)
    (self.lower, self.upper) = (lower, upper)
    guard upper > lower, bars > 0 else {
      (self.counts, self.below, self.above) = (scale.count > 0 ? [scale.count] : [], 0, 0)
      return
    }
    var counts = [Int](repeating: 0, count: bars)
    var (below, above) = (0, 0)
    let factor = Double(bars) / (upper - lower)
    for part in parts {
      part.withUnsafeBufferPointer { values in
        for value in values where value.isFinite && value != 0 {
          let value = Double(value)
          if value < lower {
            below += 1
          } else if value > upper {
            above += 1
          } else {
            counts[min(Int((value - lower) * factor), bars - 1)] += 1
          }
        }
      }
    }
    (self.counts, self.below, self.above) = (counts, below, above)
  }
}
