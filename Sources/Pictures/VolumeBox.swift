internal import Images

/// The part of the world that slices show: where a volume has values, but at least half of the volume each way.
struct VolumeBox: Hashable {
  /// The least coordinates.
  var low: VoxelGrid.Point
  /// The greatest coordinates.
  var high: VoxelGrid.Point

  /// How long a side is, in mm.
  func length(_ axis: Int) -> Double { high[axis] - low[axis] }

  /// The box of a volume.
  init(_ grid: VoxelGrid) {
    let size = grid.image.size
    let full = Self.around(grid, (0, 0, 0), (size.x - 1, size.y - 1, size.z - 1))
    self = full
    guard let (least, most) = Self.drawn(grid) else { return }
    let drawn = Self.around(grid, least, most)
    for axis in 0..<3 {
      let length = min(max(drawn.length(axis), full.length(axis) / 2), full.length(axis))
      let middle = (drawn.low[axis] + drawn.high[axis]) / 2
      let start = min(max(middle - length / 2, full.low[axis]), full.high[axis] - length)
      low[axis] = start
      high[axis] = start + length
    }
  }

  private init(low: VoxelGrid.Point, high: VoxelGrid.Point) {
    self.low = low
    self.high = high
  }

  /// The box in the world around some voxels, to their outer faces.
  private static func around(_ grid: VoxelGrid, _ least: (Int, Int, Int), _ most: (Int, Int, Int)) -> VolumeBox {
    let corners = (0..<8).map { corner in
      grid.world(
        VoxelGrid.Point(
          x: corner & 1 == 0 ? Double(least.0) - 0.5 : Double(most.0) + 0.5,
          y: corner & 2 == 0 ? Double(least.1) - 0.5 : Double(most.1) + 0.5,
          z: corner & 4 == 0 ? Double(least.2) - 0.5 : Double(most.2) + 0.5))
    }
    var box = VolumeBox(low: corners[0], high: corners[0])
    for corner in corners {
      for axis in 0..<3 {
        box.low[axis] = min(box.low[axis], corner[axis])
        box.high[axis] = max(box.high[axis], corner[axis])
      }
    }
    return box
  }

  /// The first and last index along each side where a voxel has a value.
  private static func drawn(_ grid: VoxelGrid) -> (least: (Int, Int, Int), most: (Int, Int, Int))? {
    let size = grid.image.size
    var (least, most) = ((size.x, size.y, size.z), (-1, -1, -1))
    grid.image.values.withUnsafeBufferPointer { values in
      for z in 0..<size.z {
        for y in 0..<size.y {
          let row = (z * size.y + y) * size.x
          guard let first = (0..<size.x).first(where: { isDrawn(values[row + $0]) }),
            let last = (0..<size.x).last(where: { isDrawn(values[row + $0]) })
          else { continue }
          least = (min(least.0, first), min(least.1, y), min(least.2, z))
          most = (max(most.0, last), max(most.1, y), max(most.2, z))
        }
      }
    }
    return most.0 >= 0 ? (least, most) : nil
  }

  private static func isDrawn(_ value: Float) -> Bool { value.isFinite && value != 0 }
}
