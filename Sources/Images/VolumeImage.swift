/// The values of a volume, of its first time point if it has several.
package struct VolumeImage: Hashable, Sendable {
  /// How many voxels there are along each index.
  package let size: VolumeSize
  /// Where they lie; nil where the header has numbers that are not finite.
  package let toWorld: Affine?
  /// As many as voxels, scaled as the header says, the first index fastest.
  package let values: [Float]
}
