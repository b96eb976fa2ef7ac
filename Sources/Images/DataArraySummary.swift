/// What a data array of a GIfTI file is.
package struct DataArraySummary: Hashable, Sendable {
  /// What it is for, as GIfTI says: `NIFTI_INTENT_SHAPE`.
  package let intent: String
  /// How many values there are along each dimension.
  package let shape: [Int]
  /// How its values are stored.
  package let dataType: ImageDataType
  /// What its values are like.
  package let values: ValueSummary
}
