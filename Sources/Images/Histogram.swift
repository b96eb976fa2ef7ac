/// How many values lie in each of some bins of the same width.
package struct Histogram: Hashable, Sendable {
  /// From the lower edge of the first bin to the upper edge of the last.
  package let range: ClosedRange<Double>
  /// Values in each bin, the lowest first. A bin has its lower edge, the last one both.
  package let counts: [Int64]
}
