/// The surface of one half of the cortex, as triangles.
package struct SurfaceMesh: Hashable, Sendable {
  /// Where a vertex lies, in millimeters.
  package struct Point: Hashable, Sendable {
    /// To the right.
    package let x: Float
    /// To the front.
    package let y: Float
    /// Upwards.
    package let z: Float

    /// A place.
    ///
    /// - Parameters:
    ///   - x: millimeters to the right.
    ///   - y: millimeters to the front.
    ///   - z: millimeters upwards.
    package init(x: Float, y: Float, z: Float) {
      self.x = x
      self.y = y
      self.z = z
    }
  }

  /// Three vertices by their index, which are in `vertices`; seen from outside they go around against the clock.
  package struct Triangle: Hashable, Sendable {
    /// The first.
    package let a: Int32
    /// The second.
    package let b: Int32
    /// The third.
    package let c: Int32

    /// A triangle.
    ///
    /// - Parameters:
    ///   - a: the first vertex.
    ///   - b: the second vertex.
    ///   - c: the third vertex.
    package init(a: Int32, b: Int32, c: Int32) {
      self.a = a
      self.b = b
      self.c = c
    }
  }

  /// The vertices; all are somewhere.
  package let vertices: [Point]
  /// What lies between them.
  package let triangles: [Triangle]

  /// A mesh as it is; nothing is checked.
  ///
  /// - Parameters:
  ///   - vertices: where vertices lie.
  ///   - triangles: what lies between them.
  package init(vertices: [Point], triangles: [Triangle]) {
    self.vertices = vertices
    self.triangles = triangles
  }

  /// A mesh of numbers as they stand in a file.
  init(
    points: [(Double, Double, Double)], triangles: [(Double, Double, Double)]
  ) throws(ImageFailure) {
    let places = points.map { Point(x: Float($0.0), y: Float($0.1), z: Float($0.2)) }
    guard places.allSatisfy({ $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }) else {
      throw .broken("a vertex of it is nowhere")
    }
    let last = Double(places.count - 1)
    guard triangles.allSatisfy({ 0...last ~= $0.0 && 0...last ~= $0.1 && 0...last ~= $0.2 }) else {
      throw .broken("a triangle of it has a vertex that is not there")
    }
    vertices = places
    self.triangles = triangles.map { Triangle(a: Int32($0.0), b: Int32($0.1), c: Int32($0.2)) }
  }
}
