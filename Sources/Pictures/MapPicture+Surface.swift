internal import Dataset
package import Images

extension MapPicture {
  private static let panelWidth = 250
  private static let flatHeight = 120
  private static let padding = 3
  private static let spacing = 10

  /// The two halves of a surface map, from outside and from the middle; one alone if there is but one.
  ///
  /// Both halves share one scale of colors and one of millimeters. What is 0 or not finite, as the medial wall is, is
  /// gray. Where a half has no mesh, values are drawn flat, in the order of the vertices, and `isFlat` says so.
  ///
  /// - Parameters:
  ///   - left: values of the left half; nil where there are none.
  ///   - right: values of the right half; nil where there are none.
  ///   - meshes: what to draw them on; nil where no atlas is at hand.
  ///   - withColorBar: whether the colors and their numbers are drawn beneath.
  package static func surface(
    left: SurfaceValues?, right: SurfaceValues?, meshes: SurfaceMeshes?, withColorBar: Bool = false
  ) throws(PictureFailure) -> MapPicture {
    let halves = [(Hemisphere.left, left, meshes?.left), (.right, right, meshes?.right)].compactMap { half in
      half.1.map { (hemisphere: half.0, values: $0, mesh: half.2) }
    }
    guard halves.contains(where: { !$0.values.values.isEmpty }) else { throw .noValues }
    let scale = ColorScale(halves.map { $0.values.values })
    var models: [SurfaceModel] = []
    for half in halves {
      guard let mesh = half.mesh else { continue }
      models.append(try SurfaceModel(half.hemisphere, half.values, mesh, scale))
    }
    let isFlat = models.count < halves.count
    let (canvas, panels) =
      isFlat
      ? flat(halves.map { ($0.hemisphere, $0.values.values) }, scale)
      : solid(models, scale)
    return try MapPicture(
      canvas, panels: panels, scale: scale, bars: ValueBars(halves.map { $0.values.values }, scale: scale),
      isFlat: isFlat, withColorBar: withColorBar)
  }

  /// Halves beside each other, from outside above, from the middle below; of one half, both views beside each other.
  private static func solid(_ models: [SurfaceModel], _ scale: ColorScale) -> (Canvas, [Panel]) {
    let perMillimeter = Float(panelWidth - 2 * padding) / (models.map { $0.extent }.max() ?? 1)
    let tallest = models.map { $0.high.z - $0.low.z }.max() ?? 0
    let height = min(Int((tallest * perMillimeter).rounded(.up)), panelWidth) + 2 * padding
    let views =
      models.map { ($0, SurfaceView(hemisphere: $0.hemisphere, isLateral: true)) }
      + models.map { ($0, SurfaceView(hemisphere: $0.hemisphere, isLateral: false)) }
    let rows = views.count / 2
    var canvas = Canvas(
      width: 2 * panelWidth + spacing, height: rows * height + (rows - 1) * spacing,
      palette: Palette(scale.ramp, steps: 30, lights: 8))
    var panels: [Panel] = []
    for (index, (model, view)) in views.enumerated() {
      let frame = Frame(
        x: index % 2 * (panelWidth + spacing), y: index / 2 * (height + spacing), width: panelWidth, height: height)
      view.draw(model, scale: perMillimeter, in: frame, on: &canvas)
      if view.isLateral { Lettering.draw(model.hemisphere.rawValue, x: frame.x + 2, y: frame.y + 2, on: &canvas) }
      panels.append(Panel(name: view.name, frame: frame))
    }
    return (canvas, panels)
  }

  private static func flat(_ halves: [(Hemisphere, [Float])], _ scale: ColorScale) -> (Canvas, [Panel]) {
    var canvas = Canvas(
      width: halves.count * panelWidth + (halves.count - 1) * spacing, height: flatHeight,
      palette: Palette(scale.ramp, steps: 60))
    var panels: [Panel] = []
    for (index, (hemisphere, values)) in halves.enumerated() {
      let frame = Frame(x: index * (panelWidth + spacing), y: 0, width: panelWidth, height: flatHeight)
      FlatLayout.draw(values, scale, in: frame, on: &canvas)
      panels.append(
        Panel(name: "\(hemisphere == .left ? "left" : "right") in the order of the vertices", frame: frame))
    }
    return (canvas, panels)
  }
}
