package import Dataset

/// What an image is, and what its values are like.
package struct ImageSummary: Hashable, Sendable {
  /// How it is written down.
  package let format: ImageFormat
  /// Whether the whole file is compressed with gzip.
  package let isCompressed: Bool
  /// In which order the bytes of its numbers are; nil where they are text, or differ.
  package let byteOrder: ByteOrder?
  /// How many values there are along each dimension, as nibabel says: `[182, 218, 182, 1]`.
  package let shape: [Int]
  /// How its values are stored.
  package let dataType: ImageDataType
  /// What lengths are given in: `mm`; nil where the file does not say.
  package let units: String?
  /// The size of a voxel along the first three dimensions, in `units`; empty for a surface.
  package let voxelSize: [Double]
  /// From voxels to places, as nibabel says; nil for a surface, or where it has numbers that are not finite.
  package let affine: Affine?
  /// The half of the cortex that a surface says it is of.
  package let hemisphere: Hemisphere?
  /// The data arrays of a surface; empty for a volume.
  package let arrays: [DataArraySummary]
  /// What all its values are like, scaled as its header says.
  package let values: ValueSummary
}
