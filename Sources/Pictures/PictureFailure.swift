/// Why a map cannot be drawn.
package enum PictureFailure: Error, Hashable, Sendable {
  /// There is no value at all.
  case noValues
  /// A volume has more or fewer values than its sides say.
  case valuesDoNotFill(values: Int, voxels: Int)
  /// A volume does not say where its voxels are, or puts them all into one plane.
  case noPlaceInWorld
  /// A surface has more or fewer vertices than its map has values.
  case otherVertices(values: Int, vertices: Int)
  /// Triangles of a surface name vertices that are not there, or no vertex has a place.
  case brokenMesh
  /// libpng could not write the picture; in its words.
  case notWritten(String)
}
