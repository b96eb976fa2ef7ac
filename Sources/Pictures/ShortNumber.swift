/// A number as whole digits and a power of ten, so that what is printed is exact.
struct ShortNumber: Hashable, Sendable {
  /// The number without its power of ten.
  let digits: Int
  /// The power of ten.
  let exponent: Int

  /// `digits` times ten to the `exponent`.
  init(_ digits: Int, exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  /// A finite number, rounded to so many digits that count.
  init(_ value: Double, digits count: Int) {
    guard value != 0, value.isFinite else {
      self.init(0, exponent: 0)
      return
    }
    var exponent = Self.exponent(of: abs(value)) - (count - 1)
    var digits = Int((value / Self.power(exponent)).rounded())
    while digits.isMultiple(of: 10) {
      digits /= 10
      exponent += 1
    }
    self.init(digits, exponent: exponent)
  }

  /// `-0.25`, `1200`, `3.1e-7`: a power of ten where the zeros would be many.
  var text: String {
    if digits == 0 { return "0" }
    let sign = digits < 0 ? "-" : ""
    let figures = String(digits.magnitude)
    let order = figures.utf8.count - 1 + exponent
    guard (-4...5).contains(order) else {
      let rest = figures.dropFirst().reversed().drop { $0 == "0" }.reversed()
      return sign + figures.prefix(1) + (rest.isEmpty ? "" : "." + String(rest)) + "e\(order)"
    }
    if exponent >= 0 { return sign + figures + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, -exponent + 1 - figures.utf8.count)) + figures
    return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
  }

  /// The power of ten that a number above 0 starts with.
  static func exponent(of value: Double) -> Int {
    var (value, exponent) = (value, 0)
    while value >= 10 { (value, exponent) = (value / 10, exponent + 1) }
    while value < 1 { (value, exponent) = (value * 10, exponent - 1) }
    return exponent
  }

  /// Ten to a power.
  static func power(_ exponent: Int) -> Double {
    var power = 1.0
    for _ in 0..<exponent.magnitude { power *= 10 }
    return exponent < 0 ? 1 / power : power
  }
}
