/// A picture of indexed colors that is being drawn. What lies outside is not drawn.
struct Canvas: Sendable {
  /// Pixels in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// The colors.
  let palette: Palette
  /// An index for each pixel, row by row from the top.
  private(set) var pixels: [UInt8]

  /// A clear canvas.
  init(width: Int, height: Int, palette: Palette) {
    self.width = width
    self.height = height
    self.palette = palette
    pixels = [UInt8](repeating: Palette.clear, count: width * height)
  }

  /// The index of a pixel; clear outside.
  subscript(x: Int, y: Int) -> UInt8 {
    get { x >= 0 && x < width && y >= 0 && y < height ? pixels[y * width + x] : Palette.clear }
    set { if x >= 0, x < width, y >= 0, y < height { pixels[y * width + x] = newValue } }
  }

  /// Puts ink on a pixel where nothing stronger is drawn.
  mutating func ink(_ x: Int, _ y: Int, quarters: Int) {
    if self[x, y] < Palette.ink(quarters: quarters) { self[x, y] = Palette.ink(quarters: quarters) }
  }
}
