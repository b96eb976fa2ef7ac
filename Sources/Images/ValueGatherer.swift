/// Gathers a `ValueSummary` in one pass.
///
/// The sum is compensated, so that the mean of millions of values is right to the last digits whatever their order.
struct ValueGatherer {
  private var count: Int64 = 0
  private var nonFinite: Int64 = 0
  private var zeros: Int64 = 0
  private var lowest = Double.infinity
  private var highest = -Double.infinity
  private var sum = 0.0
  private var compensation = 0.0

  /// Goes on by one value.
  mutating func add(_ value: Double) {
    withUnsafePointer(to: value) { add(UnsafeBufferPointer(start: $0, count: 1)) }
  }

  /// Goes on by some values.
  mutating func add(_ values: UnsafeBufferPointer<Double>) {
    var (odd, none) = (0, 0)
    var (low, high) = (lowest, highest)
    var (total, lost) = (sum, compensation)
    for value in values {
      guard value.isFinite else {
        odd += 1
        continue
      }
      none += value == 0 ? 1 : 0
      low = value < low ? value : low
      high = value > high ? value : high
      // What rounding takes from each addition (Knuth's TwoSum) is kept beside the sum.
      let next = total + value
      let added = next - total
      lost += (total - (next - added)) + (value - added)
      total = next
    }
    count += Int64(values.count)
    nonFinite += Int64(odd)
    zeros += Int64(none)
    (lowest, highest) = (low, high)
    (sum, compensation) = (total, lost)
  }

  /// What came so far.
  var summary: ValueSummary {
    let finite = count - nonFinite
    let mean = (sum + compensation) / Double(finite)
    // Zero has a sign that nobody means.
    return ValueSummary(
      count: count, nonFinite: nonFinite, zeros: zeros, minimum: finite > 0 ? lowest + 0 : nil,
      maximum: finite > 0 ? highest + 0 : nil, mean: mean.isFinite ? mean : nil)
  }
}
