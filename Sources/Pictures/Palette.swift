/// The colors of a picture, at most 256: what is clear, ink in four strengths, and each place of a scale in each light.
struct Palette: Hashable, Sendable {
  /// Nothing at all; the page shows.
  static let clear: UInt8 = 0
  /// Ink for letters and edges, legible on light and dark pages, by how much of a pixel it covers: 1 to 4 quarters.
  static func ink(quarters: Int) -> UInt8 { UInt8(clamping: min(max(quarters, 0), 4)) }

  /// How many steps the scale has.
  let steps: Int
  /// In how many lights each step is there; the last is full.
  let lights: Int
  /// The colors, by index.
  let colors: [RGBA]

  /// The least light, as a share of the full one.
  private static let least = 0.62

  /// Colors of a scale in so many steps and lights; those of what has no value, in every light, come with them.
  init(_ ramp: ColorRamp, steps: Int, lights: Int = 1) {
    self.steps = steps
    self.lights = lights
    let ink = OKLab(lightness: 0.6, a: 0, b: 0).rgba
    var colors = [0, 64, 128, 191, 255].map { RGBA(red: ink.red, green: ink.green, blue: ink.blue, alpha: $0) }
    for step in -1..<steps {
      let color = step < 0 ? ColorRamp.neutral : ramp.color(at: Double(step) / Double(max(steps - 1, 1)))
      for light in 0..<lights {
        let share = lights == 1 ? 1 : Double(light) / Double(lights - 1)
        colors.append(color.dimmed(Self.least + (1 - Self.least) * share).rgba)
      }
    }
    precondition(colors.count <= 256, "a palette has 256 colors")
    self.colors = colors
  }

  /// The color of a place on the scale (0…1; nil for no value) in a light (0, the least, to 1).
  func index(_ place: Double?, light: Double = 1) -> UInt8 {
    let light = Int((min(max(light, 0), 1) * Double(lights - 1)).rounded())
    guard let place else { return UInt8(clamping: 5 + light) }
    let step = Int((min(max(place, 0), 1) * Double(steps - 1)).rounded())
    return UInt8(clamping: 5 + (step + 1) * lights + light)
  }
}
