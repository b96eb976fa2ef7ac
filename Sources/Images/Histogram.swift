/// How many values lie in each of some bins of the same width.
package struct Histogram: Hashable, Sendable {
  /// From the lower edge of the first bin to the upper edge of the last.
  package let range: ClosedRange<Double>
  /// Values in each bin, the lowest first. A bin has its lower edge, the last one both.
  package let counts: [Int64]

  /// The same without the values that are zero, which outnumber all others in most volumes.
  ///
  /// - Parameter summary: of the same values.
  package func withoutZeros(of summary: ValueSummary) -> Histogram {
    var gatherer = HistogramGatherer(bins: counts.count, of: summary)
    withUnsafePointer(to: 0.0) { gatherer.add(UnsafeBufferPointer(start: $0, count: 1)) }
    let isZero = gatherer.histogram.counts
    return Histogram(range: range, counts: zip(counts, isZero).map { $0 - $1 * summary.zeros })
  }
}
