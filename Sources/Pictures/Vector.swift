/// A place or a direction in the world: to the right, the front, the top.
struct Vector: Hashable, Sendable {
  /// To the right.
  var x: Float
  /// To the front.
  var y: Float
  /// To the top.
  var z: Float

  /// Nowhere.
  static let zero = Vector(x: 0, y: 0, z: 0)

  /// Whether all of it is finite.
  var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }

  /// The sum.
  static func + (a: Vector, b: Vector) -> Vector { Vector(x: a.x + b.x, y: a.y + b.y, z: a.z + b.z) }

  /// The difference.
  static func - (a: Vector, b: Vector) -> Vector { Vector(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }

  /// A direction that stands upon both, as long as their parallelogram is large.
  func cross(_ other: Vector) -> Vector {
    Vector(x: y * other.z - z * other.y, y: z * other.x - x * other.z, z: x * other.y - y * other.x)
  }

  /// How long it is.
  var length: Float { (x * x + y * y + z * z).squareRoot() }
}
