/// Draws triangles so that near ones hide far ones: how near, which value, how bright, for each sample.
struct DepthRaster {
  /// A corner of a triangle.
  struct Corner {
    /// To the right, in samples.
    var x: Float
    /// Downwards, in samples.
    var y: Float
    /// Larger is nearer.
    var depth: Float
    /// A place on a scale, 0…1; below 0 for no value.
    var place: Float
    /// How bright, 0…1.
    var light: Float

    /// Whether it has a place in the picture.
    var isFinite: Bool { x.isFinite && y.isFinite && depth.isFinite }
  }

  /// What is seen at a place.
  struct Sample: Hashable {
    /// How near; minus infinity where nothing is.
    var depth: Float = -.infinity
    /// A place on a scale, 0…1; below 0 for no value.
    var place: Float = -1
    /// How bright, 0…1.
    var light: Float = 1
  }

  /// Samples in a row.
  let width: Int
  /// Rows.
  let height: Int
  /// What is seen, row by row from the top.
  private(set) var samples: [Sample]

  /// An empty raster.
  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    samples = [Sample](repeating: Sample(), count: width * height)
  }

  /// Draws triangles, whichever way they turn, over all samples whose middle they cover; those with a corner that has
  /// no place are left out. Of two that are equally near, the first stays.
  mutating func draw(_ triangles: [(Int, Int, Int)], _ corners: [Corner]) {
    let size = (width: width, height: height)
    samples.withUnsafeMutableBufferPointer { samples in
      corners.withUnsafeBufferPointer { corners in
        for (a, b, c) in triangles { Self.draw(corners[a], corners[b], corners[c], samples, size) }
      }
    }
  }

  private static func draw(
    _ a: Corner, _ b: Corner, _ c: Corner, _ samples: UnsafeMutableBufferPointer<Sample>,
    _ size: (width: Int, height: Int)
  ) {
    guard a.isFinite, b.isFinite, c.isFinite else { return }
    let left = max((min(a.x, b.x, c.x) - 0.5).rounded(.up), 0)
    let right = min((max(a.x, b.x, c.x) - 0.5).rounded(.down), Float(size.width - 1))
    guard left <= right else { return }
    let top = max((min(a.y, b.y, c.y) - 0.5).rounded(.up), 0)
    let bottom = min((max(a.y, b.y, c.y) - 0.5).rounded(.down), Float(size.height - 1))
    guard top <= bottom else { return }
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    guard area != 0, area.isFinite else { return }
    let (perX, perY) = ((c.x - a.x) / area, (c.y - a.y) / area)
    let (acrossX, acrossY) = ((b.x - a.x) / area, (b.y - a.y) / area)
    let isWhole = a.place >= 0 && b.place >= 0 && c.place >= 0
    for row in Int(top)...Int(bottom) {
      let y = Float(row) + 0.5 - a.y
      for column in Int(left)...Int(right) {
        let x = Float(column) + 0.5 - a.x
        let second = x * perY - y * perX
        let third = y * acrossX - x * acrossY
        let first = 1 - second - third
        // A little over the edge, so that no gap opens between neighbors.
        guard first >= -1e-4, second >= -1e-4, third >= -1e-4 else { continue }
        let depth = first * a.depth + second * b.depth + third * c.depth
        let index = row * size.width + column
        guard depth > samples[index].depth else { continue }
        let place =
          isWhole
          ? min(max(first * a.place + second * b.place + third * c.place, 0), 1)
          : first >= second && first >= third ? a.place : second >= third ? b.place : c.place
        samples[index] = Sample(
          depth: depth, place: place, light: first * a.light + second * b.light + third * c.light)
      }
    }
  }

  /// Draws the raster, four samples a pixel, with its top left corner at a pixel of a canvas.
  func resolve(on canvas: inout Canvas, x left: Int, y top: Int) {
    for y in 0..<height / 2 {
      for x in 0..<width / 2 {
        var (covered, valued) = (0, 0)
        var (light, place): (Float, Float) = (0, 0)
        for corner in 0..<4 {
          let sample = samples[(2 * y + corner / 2) * width + 2 * x + corner % 2]
          guard sample.depth > -.infinity else { continue }
          covered += 1
          light += sample.light
          guard sample.place >= 0 else { continue }
          valued += 1
          place += sample.place
        }
        // An edge that covers half of a pixel or less is drawn as so much ink.
        if covered > 2 {
          let mean = valued * 2 >= covered ? Double(place / Float(valued)) : nil
          canvas[left + x, top + y] = canvas.palette.index(mean, light: Double(light / Float(covered)))
        } else if covered > 0 {
          canvas.ink(left + x, top + y, quarters: covered)
        }
      }
    }
  }
}
