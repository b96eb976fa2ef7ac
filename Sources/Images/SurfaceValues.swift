package import Dataset

/// A map on one half of the cortex.
package struct SurfaceValues: Hashable, Sendable {
  /// The half that the file says it is of.
  package let hemisphere: Hemisphere?
  /// A value for each vertex.
  package let values: [Float]

  /// A map.
  ///
  /// - Parameters:
  ///   - hemisphere: the half that it is of; nil where that is not known.
  ///   - values: a value for each vertex.
  package init(hemisphere: Hemisphere?, values: [Float]) {
    self.hemisphere = hemisphere
    self.values = values
  }
}
