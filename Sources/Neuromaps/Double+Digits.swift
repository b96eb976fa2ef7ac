extension Double {
  /// The number to so many significant digits, as C's and Python's `%.6g` write it: rounded from its exact value, a
  /// half to the even digit, without zeros at the end.
  ///
  /// - Parameter count: how many digits, one at least.
  package func text(digits count: Int = 6) -> String {
    guard isFinite else { return isNaN ? "nan" : self < 0 ? "-inf" : "inf" }
    let sign = self.sign == .minus ? "-" : ""
    guard self != 0 else { return sign + "0" }
    var (digits, exponent) = exactDecimal
    if digits.count > count, Self.isRoundedUp(digits, at: count) {
      digits = Self.increased(Array(digits.prefix(count)), &exponent)
    }
    digits = Array(digits.prefix(count))
    while digits.last == 0 { digits.removeLast() }
    let letters = digits.map(String.init)
    switch exponent {
    case count..., ..<(-4): return sign + Self.scientific(letters, exponent)
    case ..<0: return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(letters.joined())"
    default:
      let whole = (letters + Array(repeating: "0", count: max(0, exponent + 1 - letters.count))).prefix(exponent + 1)
      let rest = letters.dropFirst(exponent + 1)
      return sign + whole.joined() + (rest.isEmpty ? "" : ".\(rest.joined())")
    }
  }

  private static func scientific(_ digits: [String], _ exponent: Int) -> String {
    let rest = digits.dropFirst()
    let number = "\(digits[0])\(rest.isEmpty ? "" : ".\(rest.joined())")"
    let size = abs(exponent)
    return "\(number)e\(exponent < 0 ? "-" : "+")\(size < 10 ? "0" : "")\(size)"
  }

  private static func isRoundedUp(_ digits: [Int], at count: Int) -> Bool {
    if digits[count] != 5 { return digits[count] > 5 }
    return digits[(count + 1)...].contains { $0 != 0 } || digits[count - 1] % 2 == 1
  }

  private static func increased(_ digits: [Int], _ exponent: inout Int) -> [Int] {
    guard let last = digits.lastIndex(where: { $0 != 9 }) else {
      exponent += 1
      return [1]
    }
    return Array(digits[..<last]) + [digits[last] + 1]
  }

  /// All digits of its size, the first of them not zero, and the power of ten that the first stands for.
  private var exactDecimal: (digits: [Int], exponent: Int) {
    // Its size is `significand` times two to the `power`: a whole number, or, times as many fives, so many places
    // behind the point.
    let power = Int(exponentBitPattern == 0 ? 1 : exponentBitPattern) - 1075
    let significand = significandBitPattern | (exponentBitPattern == 0 ? 0 : 1 << 52)
    // Nine digits each, the last ones first.
    var limbs = [significand % 1_000_000_000, significand / 1_000_000_000]
    for _ in 0..<abs(power) {
      var carry: UInt64 = 0
      for index in limbs.indices {
        let product = limbs[index] * (power > 0 ? 2 : 5) + carry
        limbs[index] = product % 1_000_000_000
        carry = product / 1_000_000_000
      }
      if carry > 0 { limbs.append(carry) }
    }
    let texts = limbs.reversed().map { limb in
      let text = String(limb)
      return String(repeating: "0", count: 9 - text.utf8.count) + text
    }
    let digits = texts.joined().utf8.map { Int($0) - 48 }.drop { $0 == 0 }
    return (Array(digits), digits.count - 1 - max(0, -power))
  }
}
