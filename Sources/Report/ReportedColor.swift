/// A color of a screen.
package struct ReportedColor: Hashable, Sendable {
  /// From 0 to 255, as the other two.
  package let red: UInt8
  /// From 0 to 255.
  package let green: UInt8
  /// From 0 to 255.
  package let blue: UInt8

  /// A color in sRGB.
  package init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// `#1f6f78`.
  var css: String {
    "#"
      + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
