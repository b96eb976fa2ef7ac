/// Gathers a `ValueSummary` in one pass.
///
/// The sum is compensated (Neumaier), so that the mean of millions of values is right to the last digits
/// whatever their order.
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
    // Runs so short lose nothing that shows, and cost an addition a value.
    let run = 128
    var start = 0
    while start < values.count {
      let end = min(start + run, values.count)
      addRun(UnsafeBufferPointer(rebasing: values[start..<end]))
      start = end
    }
  }

  private mutating func addRun(_ values: UnsafeBufferPointer<Double>) {
    var (odd, none) = (0, 0)
    var (low, high, total) = (lowest, highest, 0.0)
    for value in values {
      guard value.isFinite else {
        odd += 1
        continue
      }
      none += value == 0 ? 1 : 0
      low = value < low ? value : low
      high = value > high ? value : high
      total += value
    }
    count += Int64(values.count)
    nonFinite += Int64(odd)
    zeros += Int64(none)
    (lowest, highest) = (low, high)
    addToSum(total)
  }

  private mutating func addToSum(_ term: Double) {
    let next = sum + term
    compensation += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
    sum = next
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
