/// What a header of NIfTI-1 or NIfTI-2 says, word for word.
///
/// NIfTI-1 has 348 bytes, NIfTI-2 the same fields with wider numbers, in another order, in 540. Sources: nifti1.h
/// (nifti.nimh.nih.gov/pub/dist/src/niftilib/nifti1.h) and nifti2.h beside it.
struct NIfTIFields {
  /// `dim`: how many dimensions there are, and how many values along each.
  var dimensions: [Int64]
  /// `datatype`: the code of how values are stored.
  var dataType: Int
  /// `bitpix`: bits of a value.
  var bits: Int
  /// `pixdim`: a sign for the third axis, and how far apart neighbors are along each.
  var spacing: [Double]
  /// `vox_offset`: where the data begin.
  var dataOffset: Double
  /// `scl_slope`: what values are multiplied by.
  var slope: Double
  /// `scl_inter`: what is added then.
  var intercept: Double
  /// `xyzt_units`: the code of what lengths and times are given in.
  var units: Int
  /// `qform_code`: whether there is a rotation, and to what space it leads.
  var rotationCode: Int
  /// `sform_code`: whether there is an affine map, and to what space it leads.
  var affineCode: Int
  /// `quatern_b`, `quatern_c`, `quatern_d`: the rotation.
  var quaternion: [Double]
  /// `qoffset_x`, `qoffset_y`, `qoffset_z`: where the first voxel lies.
  var origin: [Double]
  /// How far apart numbers near one are in this header.
  var precision: Double
  /// `srow_x`, `srow_y`, `srow_z`: the affine map, row after row.
  var rows: [Double]

  /// Reads the 348 bytes of NIfTI-1.
  init(nifti1 header: HeaderFields) {
    dimensions = (0..<8).map { Int64(header.integer(Int16.self, at: 40 + 2 * $0)) }
    dataType = Int(header.integer(Int16.self, at: 70))
    bits = Int(header.integer(Int16.self, at: 72))
    spacing = (0..<8).map { header.float32(at: 76 + 4 * $0) }
    dataOffset = header.float32(at: 108)
    slope = header.float32(at: 112)
    intercept = header.float32(at: 116)
    units = Int(header.bytes[123])
    rotationCode = Int(header.integer(Int16.self, at: 252))
    affineCode = Int(header.integer(Int16.self, at: 254))
    quaternion = (0..<3).map { header.float32(at: 256 + 4 * $0) }
    origin = (0..<3).map { header.float32(at: 268 + 4 * $0) }
    rows = (0..<12).map { header.float32(at: 280 + 4 * $0) }
    precision = Double(Float.ulpOfOne)
  }

  /// Reads the 540 bytes of NIfTI-2.
  init(nifti2 header: HeaderFields) {
    dataType = Int(header.integer(Int16.self, at: 12))
    bits = Int(header.integer(Int16.self, at: 14))
    dimensions = (0..<8).map { header.integer(Int64.self, at: 16 + 8 * $0) }
    spacing = (0..<8).map { header.float64(at: 104 + 8 * $0) }
    dataOffset = Double(header.integer(Int64.self, at: 168))
    slope = header.float64(at: 176)
    intercept = header.float64(at: 184)
    rotationCode = Int(header.integer(Int32.self, at: 344))
    affineCode = Int(header.integer(Int32.self, at: 348))
    quaternion = (0..<3).map { header.float64(at: 352 + 8 * $0) }
    origin = (0..<3).map { header.float64(at: 376 + 8 * $0) }
    rows = (0..<12).map { header.float64(at: 400 + 8 * $0) }
    units = Int(header.integer(Int32.self, at: 500))
    precision = Double.ulpOfOne
  }
}
