/// What the colors of a picture mean.
package struct ReportedLegend: Sendable {
  /// A value that is written beside its color.
  package struct Tick: Hashable, Sendable {
    /// Within the range.
    package let value: Double
    /// As it is written.
    package let text: String

    /// A value and its words.
    package init(value: Double, text: String) {
      self.value = value
      self.text = text
    }
  }

  /// From the color of the lowest value to that of the highest, at even steps.
  package var colors: [ReportedColor]
  /// What has the first color, and all below it.
  package var lowest: Double
  /// What has the last color, and all above it.
  package var highest: Double
  /// In rising order.
  package var ticks: [Tick]
  /// Whether the colors lie evenly about zero, as for a signed map.
  package var isSymmetric: Bool
  /// What the numbers are: `BPnd`.
  package var quantity: String?
  /// What the colors are called: `viridis`.
  package var palette: String?

  /// A legend of a range of values.
  package init(
    colors: [ReportedColor], lowest: Double, highest: Double, ticks: [Tick], isSymmetric: Bool,
    quantity: String? = nil, palette: String? = nil
  ) {
    self.colors = colors
    self.lowest = lowest
    self.highest = highest
    self.ticks = ticks
    self.isSymmetric = isSymmetric
    self.quantity = quantity
    self.palette = palette
  }
}
