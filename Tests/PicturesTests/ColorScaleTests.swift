import Pictures
import Testing

@testable import Pictures

@Suite("Colors of values")
struct ColorScaleTests {
  @Test("Percentiles are those of the sorted values, whatever their signs")
  func ranks() {
    let values = (0..<5000).map { index in Float(index * 7919 % 5003 - 2400) * 0.37 }
    let sorted = values.filter { $0 != 0 }.sorted()
    let shares = [0, 0.02, 0.5, 0.98, 1]
    let found = ValueRanks([Array(values.prefix(1000)), Array(values.dropFirst(1000)) + [.nan, 0, .infinity]])
    #expect(found.values(at: shares) == shares.map { sorted[Int(($0 * Double(sorted.count - 1)).rounded())] })
    #expect(found.count == sorted.count)
    #expect(found.nonFinite == 2)
    #expect(found.zeros == 5001 - sorted.count)
  }

  @Test("Stray values do not stretch the scale")
  func robust() {
    let scale = ColorScale([(1...1000).map(Float.init) + [1e30]])
    #expect(scale.kind == .sequential)
    #expect(scale.lower == 21)
    #expect(scale.upper == 981)
    #expect(scale.legend.rangeText == "21 to 981, the 2nd to the 98th percentile of what is finite and not 0")
  }

  @Test("A map with both signs has a scale symmetric about 0")
  func symmetric() {
    let scale = ColorScale([(-100...400).map(Float.init)])
    #expect(scale.kind == .diverging)
    #expect(scale.lower == -scale.upper)
    #expect(scale.place(of: 0.0) == 0.5)
    #expect(scale.legend.ticks.map { $0.text } == ["-200", "0", "200"])
    #expect(scale.legend.ticks[1].place == 0.5)
  }

  @Test("A little noise below 0 makes no signed map; a map below 0 has its own scale")
  func hardlySigned() {
    #expect(ColorScale([(-5...400).map(Float.init)]).kind == .sequential)
    let below = ColorScale([(-400 ... -1).map(Float.init)])
    #expect(below.kind == .sequential)
    #expect(below.upper < 0)
  }

  @Test("One value that most have does not hide the rest")
  func mostlyOne() {
    let scale = ColorScale([[Float](repeating: 1, count: 1000) + [2, 3]])
    #expect(scale.kind == .sequential)
    #expect([scale.lower, scale.upper] == [1, 3])
    #expect(!scale.isRobust)
  }

  @Test("One value, or none, has a scale that says so")
  func degenerate() {
    let constant = ColorScale([[2.5, 2.5, 0, .nan]])
    #expect(constant.kind == .constant)
    #expect(constant.legend.ticks.map { $0.text } == ["2.5"])
    #expect(constant.legend.stops.count == 1)
    #expect(constant.legend.rangeText == "2.5 everywhere")
    #expect(ColorScale([[0, 0]]).legend.rangeText == "no value but 0")
    #expect(ColorScale([[.nan]]).legend.rangeText == "no value")
    #expect(ColorScale([]).legend.ticks.isEmpty)
  }

  @Test("Bars count what lies on the scale and beside it")
  func bars() {
    let values = (1...1000).map(Float.init) + [0, .nan, 1e30]
    let bars = ValueBars([values], scale: ColorScale([values]), bars: 24)
    #expect(bars.counts.count == 24)
    #expect(bars.counts.allSatisfy { $0 == 40 || $0 == 41 })
    #expect(bars.below == 20)
    #expect(bars.above == 20)
    #expect(bars.counts.reduce(0, +) == 961)
  }

  @Test(
    "Steps of both ramps are equally light, and screens can show them", arguments: [ColorRamp.sequential, .diverging])
  func isEven(_ ramp: ColorRamp) {
    let colors = (0...64).map { ramp.color(at: Double($0) / 64) }
    #expect(colors.allSatisfy { $0.isOnScreen })
    let steps = zip(colors, colors.dropFirst()).map { Self.lightness($1.rgba) - Self.lightness($0.rgba) }
    let mean = steps.reduce(0) { $0 + abs($1) } / Double(steps.count)
    // As even as 8 bits allow.
    #expect(steps.allSatisfy { abs(abs($0) - mean) < 0.006 })
    if ramp == .sequential { #expect(steps.allSatisfy { $0 > 0 }) }
  }

  @Test("Both arms of the diverging ramp are equally light")
  func isBalanced() {
    for step in 0...32 {
      let (low, high) = (Double(32 - step) / 64, Double(32 + step) / 64)
      let (blue, red) = (ColorRamp.diverging.color(at: low).rgba, ColorRamp.diverging.color(at: high).rgba)
      #expect(abs(Self.lightness(blue) - Self.lightness(red)) < 0.012)
    }
  }

  /// OKLab's lightness of a color of a screen, computed the other way: from 8 bits, with powers.
  private static func lightness(_ color: RGBA) -> Double {
    let (red, green, blue) = (light(color.red), light(color.green), light(color.blue))
    let long = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    let middle = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    let short = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
  }

  /// sRGB's curve backwards: x to 2.4 is the fifth root of x to 12.
  private static func light(_ byte: UInt8) -> Double {
    let value = Double(byte) / 255
    guard value > 0.04045 else { return value / 12.92 }
    let base = (value + 0.055) / 1.055
    var root = 1.0
    let twelfth = base * base
    for _ in 0..<60 { root = (4 * root + twelfth / (root * root * root * root)) / 5 }
    return base * base * root
  }

  private static func cubeRoot(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var root = 1.0
    for _ in 0..<60 { root = (2 * root + value / (root * root)) / 3 }
    return root
  }
}
