extension Affine {
  /// From voxels to places as nibabel's `get_best_affine` has it: the affine map if its code is not zero, else the
  /// rotation if its is not, else the middle of the volume is the origin, and the first index runs to the left.
  ///
  /// - Parameters:
  ///   - fields: the header.
  ///   - shape: how many voxels there are along each dimension.
  ///   - spacing: how far apart they are along the first three, all positive.
  init(_ fields: NIfTIFields, shape: [Int], spacing: [Double]) {
    if fields.affineCode != 0 {
      let rows = [0, 4, 8].map { start -> Row in
        (fields.rows[start], fields.rows[start + 1], fields.rows[start + 2], fields.rows[start + 3])
      }
      self.init(x: rows[0], y: rows[1], z: rows[2])
    } else if fields.rotationCode != 0 {
      self.init(rotation: fields, spacing: spacing)
    } else {
      // Dimensions that are not there have one voxel of unit size.
      let size = (0..<3).map { $0 < shape.count ? spacing[$0] : 1 }
      let middle = (0..<3).map { $0 < shape.count ? Double(shape[$0] - 1) / 2 * size[$0] : 0 }
      self.init(x: (-size[0], 0, 0, middle[0]), y: (0, size[1], 0, -middle[1]), z: (0, 0, size[2], -middle[2]))
    }
  }

  /// A rotation (`nifti1.h`, method 2): of its unit quaternion the header has three numbers.
  private init(rotation fields: NIfTIFields, spacing: [Double]) {
    var (b, c, d) = (fields.quaternion[0], fields.quaternion[1], fields.quaternion[2])
    let length = b * b + c * c + d * d
    var a = 0.0
    // Rounded numbers have a length that is a little more, or less, than one.
    if 1 - length > 3 * fields.precision {
      a = (1 - length).squareRoot()
    } else {
      let scale = 1 / length.squareRoot()
      (b, c, d) = (b * scale, c * scale, d * scale)
    }
    // Anything but -1 is meant as 1.
    let (x, y, z) = (spacing[0], spacing[1], fields.spacing[0] == -1 ? -spacing[2] : spacing[2])
    self.init(
      x: ((1 - 2 * (c * c + d * d)) * x, 2 * (b * c - a * d) * y, 2 * (b * d + a * c) * z, fields.origin[0]),
      y: (2 * (b * c + a * d) * x, (1 - 2 * (b * b + d * d)) * y, 2 * (c * d - a * b) * z, fields.origin[1]),
      z: (2 * (b * d - a * c) * x, 2 * (c * d + a * b) * y, (1 - 2 * (b * b + c * c)) * z, fields.origin[2]))
  }
}
