/// How many values lie where: bins of the same width.
package struct ReportedHistogram: Sendable {
  /// Where the first bin begins.
  package var lowest: Double
  /// Where the last bin ends.
  package var highest: Double
  /// Of each bin, in rising order.
  package var counts: [Int64]

  /// Counts of a range of values.
  package init(lowest: Double, highest: Double, counts: [Int64]) {
    self.lowest = lowest
    self.highest = highest
    self.counts = counts
  }
}
