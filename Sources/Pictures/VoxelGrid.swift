internal import Images

/// A volume with the way back from the world to its voxels.
struct VoxelGrid {
  /// A place in the world (to the right, the front, the top; mm) or among voxels (indices with fractions).
  struct Point: Hashable {
    var x: Double
    var y: Double
    var z: Double

    /// A coordinate by its number, from 0.
    subscript(axis: Int) -> Double {
      get { axis == 0 ? x : axis == 1 ? y : z }
      set {
        switch axis {
        case 0: x = newValue
        case 1: y = newValue
        default: z = newValue
        }
      }
    }
  }

  /// The volume, with 0 for its ground.
  let image: VolumeImage
  /// What the ground was, if it was not 0.
  let ground: Float?
  private let affine: Affine
  /// Where voxel 0, 0, 0 lies.
  private let origin: Point
  /// The inverse of the affine's 3 × 3 part, row by row.
  private let inverse: [Point]

  /// Fails for volumes without values, or whose voxels do not fill space.
  init(_ image: VolumeImage) throws(PictureFailure) {
    let size = image.size
    guard size.x > 0, size.y > 0, size.z > 0, !image.values.isEmpty else { throw .noValues }
    guard size.count == image.values.count else {
      throw .valuesDoNotFill(values: image.values.count, voxels: size.count)
    }
    guard let affine = image.toWorld else { throw .noPlaceInWorld }
    ground = image.ground
    self.image = ground.map(image.clearing) ?? image
    self.affine = affine
    let start = Point(affine(0, 0, 0))
    origin = start
    let columns = [affine(1, 0, 0), affine(0, 1, 0), affine(0, 0, 1)].map { step in
      Point(x: step.x - start.x, y: step.y - start.y, z: step.z - start.z)
    }
    let rows = [(1, 2), (2, 0), (0, 1)].map { Self.cross(columns[$0.0], columns[$0.1]) }
    let volume = Self.dot(columns[0], rows[0])
    inverse = rows.map { Point(x: $0.x / volume, y: $0.y / volume, z: $0.z / volume) }
    let numbers = (columns + inverse + [start]).flatMap { [$0.x, $0.y, $0.z] }
    guard volume != 0, numbers.allSatisfy({ $0.isFinite && abs($0) < 1e12 }) else { throw .noPlaceInWorld }
  }

  /// Where a voxel, or a place between voxels, lies in the world.
  func world(_ voxel: Point) -> Point { Point(affine(voxel.x, voxel.y, voxel.z)) }

  /// Which voxel lies at a place in the world, with fractions.
  func voxel(_ world: Point) -> Point {
    let away = Point(x: world.x - origin.x, y: world.y - origin.y, z: world.z - origin.z)
    return Point(x: Self.dot(inverse[0], away), y: Self.dot(inverse[1], away), z: Self.dot(inverse[2], away))
  }

  /// The value at a place in the world: of the voxel's that holds it and its neighbors', by how near they are.
  ///
  /// Nil where that voxel is background (0 or not finite) or there is none. Neighbors that are background do not count,
  /// so that what is drawn ends where the voxels end, with their full color.
  func value(at world: Point) -> Double? {
    let place = voxel(world)
    guard let x = Neighbors(place.x, of: image.size.x), let y = Neighbors(place.y, of: image.size.y),
      let z = Neighbors(place.z, of: image.size.z), drawn(x.nearest, y.nearest, z.nearest) != nil
    else { return nil }
    var (sum, weights) = (0.0, 0.0)
    for corner in 0..<8 {
      let (right, front, top) = (corner & 1 == 1, corner & 2 == 2, corner & 4 == 4)
      let weight = x.weight(right) * y.weight(front) * z.weight(top)
      guard weight > 0,
        let value = drawn(right ? x.high : x.low, front ? y.high : y.low, top ? z.high : z.low)
      else { continue }
      sum += weight * Double(value)
      weights += weight
    }
    return weights > 0 ? sum / weights : nil
  }

  /// The voxels about a place along one index.
  private struct Neighbors {
    let nearest: Int
    let low: Int
    let high: Int
    /// How far from the lower to the higher, 0…1.
    let share: Double

    /// Nil outside.
    init?(_ index: Double, of count: Int) {
      guard index >= -0.5, index < Double(count) - 0.5 else { return nil }
      nearest = min(max(Int(index + 0.5), 0), count - 1)
      let inside = min(max(index, 0), Double(count - 1))
      low = Int(inside)
      high = min(low + 1, count - 1)
      share = inside - Double(low)
    }

    func weight(_ isHigh: Bool) -> Double { isHigh ? share : 1 - share }
  }

  /// The value of a voxel; nil if it is background.
  private func drawn(_ x: Int, _ y: Int, _ z: Int) -> Float? {
    let value = image.values[(z * image.size.y + y) * image.size.x + x]
    return value.isFinite && value != 0 ? value : nil
  }

  private static func cross(_ a: Point, _ b: Point) -> Point {
    Point(x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x)
  }

  private static func dot(_ a: Point, _ b: Point) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }
}

extension VoxelGrid.Point {
  /// The same three numbers.
  init(_ numbers: (x: Double, y: Double, z: Double)) { self.init(x: numbers.x, y: numbers.y, z: numbers.z) }
}
