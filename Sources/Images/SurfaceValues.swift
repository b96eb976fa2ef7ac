package import Dataset

/// A map on one half of the cortex.
package struct SurfaceValues: Hashable, Sendable {
  /// The half that the file says it is of.
  package let hemisphere: Hemisphere?
  /// A value for each vertex.
  package let values: [Float]
}
