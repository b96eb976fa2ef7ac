/// Gathers a `Histogram` of finite values by numpy's rule, to the value.
struct HistogramGatherer {
  private let range: ClosedRange<Double>
  private let edges: [Double]
  private let scale: Double
  private var counts: [Int64]

  /// Begins with empty bins.
  ///
  /// - Parameters:
  ///   - bins: how many; at least one.
  ///   - summary: of the values that are to come; if all are the same, half a unit to both sides is the range.
  init(bins: Int, of summary: ValueSummary) {
    let bins = max(bins, 1)
    var (low, high) = (summary.minimum ?? 0, summary.maximum ?? 1)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    range = low...high
    // The difference of two doubles may be more than a double holds; of their halves it is not.
    scale = (high - low).isFinite ? 1 : 0.5
    let step = (high * scale - low * scale) / Double(bins) / scale
    edges = (0..<bins).map { Double($0) * step + low } + [high]
    counts = [Int64](repeating: 0, count: bins)
  }

  /// Goes on by some values; those that are not finite, or out of range, are passed over.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    let (low, high, last) = (range.lowerBound, range.upperBound, counts.count - 1)
    let width = high * scale - low * scale
    let bins = Double(counts.count)
    for value in values where value >= low && value <= high {
      let place = (value * scale - low * scale) / width * bins
      var index = place < bins ? Int(place) : last
      // What rounding has moved across an edge goes back.
      if value < edges[index] { index -= 1 } else if index < last, value >= edges[index + 1] { index += 1 }
      counts[max(index, 0)] += 1
    }
  }

  /// What came so far.
  var histogram: Histogram { Histogram(range: range, counts: counts) }
}
