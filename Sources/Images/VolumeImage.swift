/// The values of a volume, of its first time point if it has several.
package struct VolumeImage: Hashable, Sendable {
  /// How many voxels there are along each index.
  package let size: VolumeSize
  /// Where they lie; nil where the header has numbers that are not finite.
  package let toWorld: Affine?
  /// As many as voxels, scaled as the header says, the first index fastest.
  package let values: [Float]

  /// A volume.
  ///
  /// - Parameters:
  ///   - size: how many voxels there are along each index.
  ///   - toWorld: where they lie; nil where that is not known.
  ///   - values: as many as voxels, the first index fastest.
  package init(size: VolumeSize, toWorld: Affine?, values: [Float]) {
    self.size = size
    self.toWorld = toWorld
    self.values = values
  }
}
