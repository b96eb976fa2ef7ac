/// A color as screens have it (sRGB), and how much of it covers what lies below.
struct RGBA: Hashable, Sendable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8
  /// 0 for nothing, 255 for all.
  var alpha: UInt8 = 255

  /// `#3b528b`, without the cover.
  var css: String {
    "#"
      + [red, green, blue].map { byte in
        let digits = String(byte, radix: 16)
        return digits.utf8.count == 1 ? "0\(digits)" : digits
      }.joined()
  }
}
