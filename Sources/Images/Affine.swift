/// Where the voxels of a volume lie: three rows of an affine map from indices to millimeters.
package struct Affine: Hashable, Sendable {
  /// A row: what x, y and z of a voxel count for, and an offset.
  package typealias Row = (x: Double, y: Double, z: Double, offset: Double)

  /// Twelve numbers, row after row.
  package let elements: [Double]

  /// An affine map.
  ///
  /// - Parameters:
  ///   - x: the row for the first coordinate, which grows to the right.
  ///   - y: the row for the second coordinate, which grows to the front.
  ///   - z: the row for the third coordinate, which grows upwards.
  package init(x: Row, y: Row, z: Row) {
    elements = [x, y, z].flatMap { [$0.x, $0.y, $0.z, $0.offset] }
  }

  /// Where a voxel lies.
  ///
  /// - Parameters:
  ///   - x: its first index, from 0.
  ///   - y: its second index, from 0.
  ///   - z: its third index, from 0.
  package func callAsFunction(_ x: Double, _ y: Double, _ z: Double) -> (x: Double, y: Double, z: Double) {
    func coordinate(_ row: Int) -> Double {
      elements[row] * x + elements[row + 1] * y + elements[row + 2] * z + elements[row + 3]
    }
    return (coordinate(0), coordinate(4), coordinate(8))
  }

  /// How far apart neighbors lie along each index.
  package var voxelSize: [Double] {
    (0..<3).map { column in
      let (x, y, z) = (elements[column], elements[column + 4], elements[column + 8])
      return (x * x + y * y + z * z).squareRoot()
    }
  }

  /// Whether all twelve numbers are finite.
  var isFinite: Bool { elements.allSatisfy { $0.isFinite } }
}
