package import Images

/// What the two halves of a surface map are drawn on.
package struct SurfaceMeshes: Sendable {
  /// The left half.
  package let left: SurfaceMesh?
  /// The right half.
  package let right: SurfaceMesh?

  /// Meshes of one atlas: inflated or midthickness, of the map's own density.
  ///
  /// - Parameters:
  ///   - left: the left half; nil where it is not there.
  ///   - right: the right half; nil where it is not there.
  package init(left: SurfaceMesh?, right: SurfaceMesh?) {
    self.left = left
    self.right = right
  }
}
