/// How many voxels a volume has along each index.
package struct VolumeSize: Hashable, Sendable {
  /// Along the first index, which runs fastest.
  package let x: Int
  /// Along the second index.
  package let y: Int
  /// Along the third index.
  package let z: Int

  /// A size.
  ///
  /// - Parameters:
  ///   - x: voxels along the first index, which runs fastest.
  ///   - y: voxels along the second index.
  ///   - z: voxels along the third index.
  package init(x: Int, y: Int, z: Int) {
    self.x = x
    self.y = y
    self.z = z
  }

  /// Voxels in all.
  package var count: Int { x * y * z }
}
