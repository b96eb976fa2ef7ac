/// A drawing of a map: a PNG file, and what a page needs to know to put it in place.
package struct MapPicture: Hashable, Sendable {
  /// A part of the picture that shows one view.
  package struct Panel: Hashable, Sendable {
    /// `left lateral`, `coronal y = -12 mm`.
    package let name: String
    /// Where in the picture.
    package let frame: Frame
  }

  /// The PNG file: indexed colors on a clear ground, the same bytes for the same map.
  package let png: [UInt8]
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// The views, in reading order.
  package let panels: [Panel]
  /// The colors and what they stand for.
  package let scale: ColorScale
  /// How often values fall on which part of the scale.
  package let bars: ValueBars
  /// Whether a surface is drawn as a flat list of values, because there was no mesh to draw it on.
  package let isFlat: Bool

  /// The picture on a canvas, with its colors beneath if they are wanted.
  init(
    _ canvas: Canvas, panels: [Panel], scale: ColorScale, bars: ValueBars, isFlat: Bool = false, withColorBar: Bool
  ) throws(PictureFailure) {
    let canvas = withColorBar ? ColorBar.below(canvas, scale) : canvas
    png = try PNGEncoder.encode(canvas)
    width = canvas.width
    height = canvas.height
    self.panels = panels
    self.scale = scale
    self.bars = bars
    self.isFlat = isFlat
  }
}
