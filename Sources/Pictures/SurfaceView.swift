internal import Dataset

/// A hemisphere seen from one side.
struct SurfaceView: Hashable, Sendable {
  /// Which half.
  let hemisphere: Hemisphere
  /// From outside; else from the other half.
  let isLateral: Bool

  /// `left lateral`.
  var name: String { "\(hemisphere == .left ? "left" : "right") \(isLateral ? "lateral" : "medial")" }

  /// 1 for an eye on the right, -1 for one on the left. The front is on the right of the first and the left of the
  /// other.
  var side: Float { (hemisphere == .right) == isLateral ? 1 : -1 }

  /// Draws a hemisphere in the middle of a frame, so many pixels a millimeter.
  func draw(_ model: SurfaceModel, scale: Float, in frame: Frame, on canvas: inout Canvas) {
    var raster = DepthRaster(width: frame.width * 2, height: frame.height * 2)
    let middle = ((model.low.y + model.high.y) / 2, (model.low.z + model.high.z) / 2)
    let (width, height) = (Float(raster.width) / 2, Float(raster.height) / 2)
    let corners = model.vertices.indices.map { index in
      let (vertex, normal) = (model.vertices[index], model.normals[index])
      return DepthRaster.Corner(
        x: width + (vertex.y - middle.0) * side * scale * 2, y: height - (vertex.z - middle.1) * scale * 2,
        depth: vertex.x * side, place: model.places[index], light: light(normal))
    }
    raster.draw(model.triangles, corners)
    raster.resolve(on: &canvas, x: frame.x, y: frame.y)
  }

  /// How bright what faces that way is, with a lamp above the eye. Which way triangles turn does not matter: what is
  /// seen faces the eye.
  private func light(_ normal: Vector) -> Float {
    let toEye = normal.x * side
    let up = toEye < 0 ? -normal.z : normal.z
    return min(max(0.92 * abs(toEye) + 0.39 * up, 0), 1)
  }
}
