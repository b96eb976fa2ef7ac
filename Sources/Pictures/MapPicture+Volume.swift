package import Images

extension MapPicture {
  /// How long the longest side of a slice is, in pixels.
  private static let side = 224
  private static let gap = 20
  /// Room below a slice for its letters.
  private static let caption = 18

  /// Three slices of a volume through its strongest point, side by side at one scale.
  ///
  /// They stand upright in the world, whatever way the voxels lie: left is left, the front is right. What is 0 or not
  /// finite is clear.
  ///
  /// - Parameters:
  ///   - image: the volume.
  ///   - withColorBar: whether the colors and their numbers are drawn beneath.
  package static func volume(_ image: VolumeImage, withColorBar: Bool = false) throws(PictureFailure) -> MapPicture {
    let grid = try VoxelGrid(image)
    let box = VolumeBox(grid)
    let scale = ColorScale([grid.image.values], ground: grid.ground)
    let longest = max(box.length(0), box.length(1), box.length(2))
    guard longest > 0, longest.isFinite else { throw .noPlaceInWorld }
    let pixel = longest / Double(side)
    let point = grid.world(grid.strongest ?? middle(image.size))
    let sides = (0..<3).map { max(1, min(side, Int((box.length($0) / pixel).rounded()))) }
    let width = Slice.all.reduce(gap * 2) { $0 + sides[$1.across] }
    let height = Slice.all.map { sides[$0.up] }.max() ?? 1
    var canvas = Canvas(
      width: width, height: height + caption, palette: Palette(scale.ramp, steps: 64))
    var panels: [Panel] = []
    var left = 0
    for slice in Slice.all {
      let frame = Frame(
        x: left, y: (height - sides[slice.up]) / 2, width: sides[slice.across], height: sides[slice.up])
      draw(slice, of: grid, scale, through: point, from: box, pixel: pixel, in: frame, on: &canvas)
      let place = ShortNumber((point[slice.axis] * 10).rounded() / 10, digits: 5).text
      label(slice, "\(slice.letter) = \(place) mm", below: frame, at: height + 6, on: &canvas)
      panels.append(Panel(name: "\(slice.word) \(slice.letter) = \(place) mm", frame: frame))
      left += frame.width + gap
    }
    return try MapPicture(
      canvas, panels: panels, scale: scale, bars: ValueBars([grid.image.values], scale: scale),
      withColorBar: withColorBar)
  }

  private static func middle(_ size: VolumeSize) -> VoxelGrid.Point {
    VoxelGrid.Point(x: Double(size.x / 2), y: Double(size.y / 2), z: Double(size.z / 2))
  }

  private static func draw(
    _ slice: Slice, of grid: VoxelGrid, _ scale: ColorScale, through point: VoxelGrid.Point, from box: VolumeBox,
    pixel: Double, in frame: Frame, on canvas: inout Canvas
  ) {
    var place = point
    for y in 0..<frame.height {
      place[slice.up] = box.high[slice.up] - (Double(y) + 0.5) * pixel
      for x in 0..<frame.width {
        place[slice.across] = box.low[slice.across] + (Double(x) + 0.5) * pixel
        guard let value = grid.value(at: place) else { continue }
        canvas[frame.x + x, frame.y + y] = canvas.palette.index(scale.place(of: value))
      }
    }
    outline(frame, on: &canvas)
  }

  /// A thin edge around what is drawn, so that it stands out from any page.
  private static func outline(_ frame: Frame, on canvas: inout Canvas) {
    for y in frame.y..<frame.y + frame.height {
      for x in frame.x..<frame.x + frame.width where canvas[x, y] == Palette.clear {
        // Ink comes before all colors.
        let isEdge =
          max(canvas[x + 1, y], canvas[x - 1, y], canvas[x, y + 1], canvas[x, y - 1]) > Palette.ink(quarters: 4)
        if isEdge { canvas[x, y] = Palette.ink(quarters: 2) }
      }
    }
  }

  /// Which side is which, and where the slice is.
  private static func label(_ slice: Slice, _ text: String, below frame: Frame, at y: Int, on canvas: inout Canvas) {
    let width = Lettering.width(text)
    Lettering.draw(text, x: frame.x + (frame.width - width) / 2, y: y, on: &canvas)
    guard frame.width > width + 4 * Lettering.width("L") else { return }
    Lettering.draw(slice.sides.left, x: frame.x + 2, y: y, on: &canvas)
    Lettering.draw(slice.sides.right, x: frame.x + frame.width - 2 - Lettering.width("R"), y: y, on: &canvas)
  }
}
