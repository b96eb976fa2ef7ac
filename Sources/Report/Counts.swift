/// `20,484`.
func grouped(_ number: Int64) -> String {
  let digits = Array(String(number.magnitude))
  let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
  return (number < 0 ? "−" : "") + groups.reversed().joined(separator: ",")
}

/// `1 map`, `2 maps`.
func counted(_ count: Int, _ one: String, _ many: String) -> String {
  "\(grouped(Int64(count))) \(count == 1 ? one : many)"
}

/// `12.5 %` of a whole; what is not nothing is never told as nothing, nor what is not all as all.
func share(_ part: Int64, of whole: Int64) -> String? {
  guard whole > 0, part >= 0, part <= whole else { return nil }
  let thousandths = (Double(part) / Double(whole) * 1000).rounded()
  if part > 0, thousandths < 1 { return "< 0.1 %" }
  if part < whole, thousandths > 999 { return "> 99.9 %" }
  return "\(Int(thousandths) / 10).\(Int(thousandths) % 10) %"
}
