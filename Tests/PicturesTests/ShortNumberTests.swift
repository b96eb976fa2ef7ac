import Testing

@testable import Pictures

@Suite("Numbers beside a scale")
struct ShortNumberTests {
  @Test(
    "A number is written as people write it",
    arguments: [
      (0, "0"), (1, "1"), (-0.25, "-0.25"), (1234.5678, "1230"), (0.000_123_4, "0.000123"), (3.14e-7, "3.14e-7"),
      (99.96, "100"), (2e30, "2e30"), (-6.5e9, "-6.5e9"), (999_999, "1e6"), (1.401298464324817e-45, "1.4e-45"),
      (3.4028234663852886e38, "3.4e38"),
    ])
  func text(value: Double, text: String) {
    #expect(ShortNumber(value, digits: 3).text == text)
  }

  @Test("Ticks have as many decimals as their step")
  func decimals() {
    #expect(ShortNumber(5, exponent: -1).text == "0.5")
    #expect(ShortNumber(10, exponent: -1).text == "1.0")
    #expect(ShortNumber(-25, exponent: -3).text == "-0.025")
    #expect(ShortNumber(15, exponent: -7).text == "1.5e-6")
    #expect(ShortNumber(3, exponent: 2).text == "300")
  }

  @Test("There are a few ticks, in order, on the scale", arguments: [1e-40, 1e-7, 0.003, 1, 17, 4.2e5, 1e37])
  func ticks(size: Double) {
    for (low, high) in [(0.13, 1), (-1, 0.9), (0.98, 1), (-1, -0.5)] {
      let values = (0...100).map { Float((low + (high - low) * Double($0) / 100) * size) }
      let ticks = ColorScale([values]).legend.ticks
      #expect((2...8).contains(ticks.count), "\(low) to \(high) by \(size): \(ticks)")
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.place < $1.place })
      #expect(Set(ticks.map { $0.text }).count == ticks.count)
    }
  }
}
