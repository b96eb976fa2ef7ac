import Images
import Pictures

/// A volume of 0 with some voxels set.
func volume(
  _ size: (Int, Int, Int), _ affine: Affine?, ground: Float = 0, _ voxels: [(Int, Int, Int, Float)]
) -> VolumeImage {
  var values = [Float](repeating: ground, count: size.0 * size.1 * size.2)
  for (x, y, z, value) in voxels { values[(z * size.1 + y) * size.0 + x] = value }
  return VolumeImage(size: VolumeSize(x: size.0, y: size.1, z: size.2), toWorld: affine, values: values)
}

/// 2 mm voxels, the first at -20 mm each way.
let upright = Affine(x: (2, 0, 0, -20), y: (0, 2, 0, -20), z: (0, 0, 2, -20))

/// A rectangle of two triangles that stands at `x`.
func wall(x: Float, y: ClosedRange<Float> = -50...50, z: ClosedRange<Float> = -40...40) -> SurfaceMesh {
  SurfaceMesh(
    vertices: [
      (y.lowerBound, z.lowerBound), (y.upperBound, z.lowerBound), (y.upperBound, z.upperBound),
      (y.lowerBound, z.upperBound),
    ]
    .map { SurfaceMesh.Point(x: x, y: $0.0, z: $0.1) },
    triangles: [SurfaceMesh.Triangle(a: 0, b: 1, c: 2), SurfaceMesh.Triangle(a: 0, b: 2, c: 3)])
}

/// Two meshes as one.
func + (a: SurfaceMesh, b: SurfaceMesh) -> SurfaceMesh {
  let shift = Int32(a.vertices.count)
  return SurfaceMesh(
    vertices: a.vertices + b.vertices,
    triangles: a.triangles
      + b.triangles.map { SurfaceMesh.Triangle(a: $0.a + shift, b: $0.b + shift, c: $0.c + shift) })
}
