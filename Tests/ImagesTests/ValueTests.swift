import SampleImages
import Testing

@testable import Images

@Suite("Values, gathered")
struct ValueTests {
  private func summary(_ values: [Double]) -> ValueSummary {
    var gatherer = ValueGatherer()
    values.withUnsafeBufferPointer { gatherer.add($0) }
    return gatherer.summary
  }

  @Test("nothing has neither range nor mean")
  func nothing() {
    #expect(summary([]) == ValueSummary(count: 0, nonFinite: 0, zeros: 0, minimum: nil, maximum: nil, mean: nil))
  }

  @Test("one by one or at once, it is the same")
  func oneByOne() {
    let values = (0..<1000).map { $0 % 7 == 0 ? .nan : Double($0 % 13) - 5 }
    var gatherer = ValueGatherer()
    for value in values { gatherer.add(value) }
    #expect(gatherer.summary == summary(values))
    #expect(gatherer.summary.nonFinite == 143)
  }

  @Test("the mean of many values is right to the last digits")
  func mean() {
    // A plain sum in double precision is wrong in the eleventh digit.
    let values = [Double](repeating: 0.1, count: 1_000_000)
    #expect(summary(values).mean == 0.1)
    #expect(summary([1e16, 1, -1e16, 1]).mean == 0.5)
  }

  @Test("a zero below zero is a zero")
  func negativeZero() {
    let values = summary([-0.0])
    #expect(values.zeros == 1)
    #expect(values.minimum?.sign == .plus)
    #expect(values.maximum?.sign == .plus)
  }

  @Test("a sum that no double holds has no mean")
  func overflow() {
    let values = summary([.greatestFiniteMagnitude, .greatestFiniteMagnitude])
    #expect(values.mean == nil)
    #expect(values.minimum == .greatestFiniteMagnitude)
  }

  private func histogram(_ values: [Double], bins: Int) -> Histogram {
    var gatherer = HistogramGatherer(bins: bins, of: summary(values))
    values.withUnsafeBufferPointer { gatherer.add($0) }
    return gatherer.histogram
  }

  // The expected counts are those of numpy.histogram.
  @Test("bins as numpy has them")
  func histogram() {
    #expect(histogram([1, 2, 3, 4, 5], bins: 2) == Histogram(range: 1...5, counts: [2, 3]))
    #expect(histogram([0, 0.1, 0.2, 0.3, 0.7, 1], bins: 10).counts == [1, 1, 2, 0, 0, 0, 1, 0, 0, 1])
    #expect(histogram([0, .nan, 4, .infinity, -.infinity], bins: 4).counts == [1, 0, 0, 1])
    #expect(histogram([-1, 0, 1], bins: 0).counts == [3])
  }

  @Test("zeros can be left out of a histogram, wherever they are")
  func withoutZeros() {
    let all: [[Double]] = [
      [0, 0, 0, 1, 2], [-1, 0, -0.0, 1], [-3, -1, 0, 0], [0, .leastNonzeroMagnitude, 1], [-1, 0, 0.5, 3],
    ]
    for values in all {
      for bins in 1...7 {
        let counts = histogram(values, bins: bins).withoutZeros(of: summary(values)).counts
        var gatherer = HistogramGatherer(bins: bins, of: summary(values))
        values.filter { $0 != 0 }.withUnsafeBufferPointer { gatherer.add($0) }
        #expect(counts == gatherer.histogram.counts, "\(values) in \(bins)")
      }
    }
    #expect(histogram([0, 0], bins: 3).withoutZeros(of: summary([0, 0])).counts == [0, 0, 0])
  }

  @Test("a constant has half a unit to both sides, nothing has empty bins")
  func constant() {
    #expect(histogram([3, 3], bins: 2) == Histogram(range: 2.5...3.5, counts: [0, 2]))
    #expect(histogram([.nan], bins: 3) == Histogram(range: 0...1, counts: [0, 0, 0]))
    #expect(histogram([], bins: 3).counts == [0, 0, 0])
    #expect(histogram([1e300], bins: 2).counts.reduce(0, +) == 1)
  }

  @Test("ranges wider than a double, and narrower than a step", arguments: [1, 3, 16, 1000])
  func extremes(_ bins: Int) {
    let (great, small) = (Double.greatestFiniteMagnitude, Double.leastNonzeroMagnitude)
    for values in [[-great, 0, great, great], [0, small, 0, small], [1, 1 + Double.ulpOfOne, 1, 1]] {
      let counts = histogram(values, bins: bins).counts
      #expect(counts.count == bins)
      #expect(counts.reduce(0, +) == 4)
    }
  }
}
