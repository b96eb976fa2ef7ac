internal import Dataset
internal import Images

/// A hemisphere that can be drawn: a mesh, where its vertices face, and a place on the scale for each.
struct SurfaceModel {
  /// Which half.
  let hemisphere: Hemisphere
  /// The vertices that have a place in the world, and those that have none.
  let vertices: [Vector]
  /// Three vertices each.
  let triangles: [(Int, Int, Int)]
  /// Which way each vertex faces, of length 1 or 0.
  let normals: [Vector]
  /// Places on the scale; below 0 for no value.
  let places: [Float]
  /// The least coordinates.
  let low: Vector
  /// The greatest coordinates.
  let high: Vector

  /// Fails for a mesh of other vertices than the map's, or one that hangs in the air.
  init(
    _ hemisphere: Hemisphere, _ values: SurfaceValues, _ mesh: SurfaceMesh, _ scale: ColorScale
  ) throws(PictureFailure) {
    self.hemisphere = hemisphere
    let count = mesh.vertices.count
    guard count == values.values.count else {
      throw .otherVertices(values: values.values.count, vertices: count)
    }
    vertices = mesh.vertices.map { Vector(x: $0.x, y: $0.y, z: $0.z) }
    triangles = mesh.triangles.map { (Int($0.a), Int($0.b), Int($0.c)) }
    let range = 0..<count
    guard triangles.allSatisfy({ range.contains($0.0) && range.contains($0.1) && range.contains($0.2) }) else {
      throw .brokenMesh
    }
    normals = Self.normals(vertices, triangles)
    places = values.values.map { scale.place(of: $0).map { Float($0) } ?? -1 }
    var low = Vector(x: .infinity, y: .infinity, z: .infinity)
    var high = Vector(x: -.infinity, y: -.infinity, z: -.infinity)
    for vertex in vertices where vertex.isFinite {
      low = Vector(x: min(low.x, vertex.x), y: min(low.y, vertex.y), z: min(low.z, vertex.z))
      high = Vector(x: max(high.x, vertex.x), y: max(high.y, vertex.y), z: max(high.z, vertex.z))
    }
    (self.low, self.high) = (low, high)
    guard extent > 0, extent < 1e9 else { throw .brokenMesh }
  }

  /// The longer of its two sides that are seen, front to back and bottom to top.
  var extent: Float { max(high.y - low.y, high.z - low.z) }

  /// The mean direction of the triangles around each vertex, large ones counting more.
  private static func normals(_ vertices: [Vector], _ triangles: [(Int, Int, Int)]) -> [Vector] {
    var sums = [Vector](repeating: .zero, count: vertices.count)
    for (a, b, c) in triangles {
      let face = (vertices[b] - vertices[a]).cross(vertices[c] - vertices[a])
      guard face.isFinite else { continue }
      sums[a] = sums[a] + face
      sums[b] = sums[b] + face
      sums[c] = sums[c] + face
    }
    return sums.map { sum in
      let length = sum.length
      guard length > 0, length.isFinite else { return .zero }
      return Vector(x: sum.x / length, y: sum.y / length, z: sum.z / length)
    }
  }
}
