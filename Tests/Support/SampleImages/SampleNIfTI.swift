/// A NIfTI file of any kind, right unless it is told to lie.
package struct SampleNIfTI: Sendable {
  /// 1 or 2.
  package var version = 1
  /// Whether the greatest byte of a number comes first.
  package var isBigEndian = false
  /// How many values there are along each dimension.
  package var shape: [Int]
  /// How values are stored.
  package var type = SampleNumber.float32
  /// What is stored; if there are fewer than the shape asks for, they begin again.
  package var values: [Double] = [0]
  /// What values are multiplied by, and what is added then.
  package var scaling = (slope: 1.0, intercept: 0.0)
  /// `pixdim`, from its first number on.
  package var spacing: [Double] = [1, 2, 2, 2]
  /// `xyzt_units`: millimeters and seconds.
  package var units: UInt8 = 10
  /// Three rows of an affine map.
  package var rows: [[Double]]?
  /// `quatern_b`, `quatern_c`, `quatern_d`, and the place of the first voxel.
  package var rotation: [Double]?
  /// Bytes of extensions between header and data.
  package var extensions: [UInt8] = []
  /// What it claims where that is not the truth.
  package var claims = Claims()

  /// Fields of a header that may lie.
  package struct Claims: Sendable {
    /// `sizeof_hdr`.
    package var headerSize: Int32?
    /// `magic`.
    package var magic: String?
    /// `dim`, from its first number on.
    package var dimensions: [Int64]?
    /// `datatype`.
    package var code: Int16?
    /// `bitpix`.
    package var bits: Int16?
    /// `vox_offset`.
    package var dataOffset: Double?
  }

  /// An image of these values.
  package init(shape: [Int], type: SampleNumber = .float32, values: [Double] = [0]) {
    self.shape = shape
    self.type = type
    self.values = values
  }

  /// An image with the space of the toolbox's maps: 1, 2 or 3 millimeters.
  package static func mni152(millimeters: Int, values: [Double] = [0, 1, 2]) -> SampleNIfTI {
    let shape = [1: [182, 218, 182], 2: [91, 109, 91]][millimeters] ?? [61, 73, 61]
    let size = Double(millimeters)
    var image = SampleNIfTI(shape: shape, type: .uint8, values: values)
    image.spacing = [1, size, size, size]
    image.rows = [[-size, 0, 0, 90], [0, size, 0, -126], [0, 0, size, -72]]
    return image
  }

  /// The file.
  package var bytes: [UInt8] {
    var file = header
    file.append([0, 0, 0, 0] + extensions)
    let count = shape.reduce(1, *)
    for index in 0..<count { file.append(values[index % values.count], as: type) }
    return file.bytes
  }

  /// The file, compressed.
  package var gzipped: [UInt8] { Packed.gzip(bytes) }

  /// Where the data begin.
  package var dataOffset: Int { headerSize + 4 + extensions.count }

  private var headerSize: Int { version == 1 ? 348 : 540 }

  private var header: SampleBytes {
    var header = SampleBytes(zeros: headerSize, isBigEndian: isBigEndian)
    header.put(claims.headerSize ?? Int32(headerSize), at: 0)
    if version == 1 { fill1(&header) } else { fill2(&header) }
    return header
  }

  private var dimensions: [Int64] {
    claims.dimensions ?? [Int64(shape.count)] + shape.map(Int64.init) + Array(repeating: 1, count: 7 - shape.count)
  }

  private func fill1(_ header: inout SampleBytes) {
    for (index, size) in dimensions.enumerated() { header.put(Int16(size), at: 40 + 2 * index) }
    header.put(claims.code ?? type.code, at: 70)
    header.put(claims.bits ?? Int16(type.size * 8), at: 72)
    for (index, size) in spacing.enumerated() { header.put(size, at: 76 + 4 * index, isDouble: false) }
    header.put(claims.dataOffset ?? Double(dataOffset), at: 108, isDouble: false)
    header.put(scaling.slope, at: 112, isDouble: false)
    header.put(scaling.intercept, at: 116, isDouble: false)
    header.put(units, at: 123)
    header.put(Int16(rotation == nil ? 0 : 1), at: 252)
    header.put(Int16(rows == nil ? 0 : 4), at: 254)
    for (index, number) in (rotation ?? []).enumerated() { header.put(number, at: 256 + 4 * index, isDouble: false) }
    for (index, number) in (rows ?? []).joined().enumerated() {
      header.put(number, at: 280 + 4 * index, isDouble: false)
    }
    header.put(Array((claims.magic ?? "n+1\0").utf8), at: 344)
  }

  private func fill2(_ header: inout SampleBytes) {
    header.put(Array((claims.magic ?? "n+2\0\r\n\u{1a}\n").utf8), at: 4)
    header.put(claims.code ?? type.code, at: 12)
    header.put(claims.bits ?? Int16(type.size * 8), at: 14)
    for (index, size) in dimensions.enumerated() { header.put(size, at: 16 + 8 * index) }
    for (index, size) in spacing.enumerated() { header.put(size, at: 104 + 8 * index, isDouble: true) }
    header.put(Int64(claims.dataOffset ?? Double(dataOffset)), at: 168)
    header.put(scaling.slope, at: 176, isDouble: true)
    header.put(scaling.intercept, at: 184, isDouble: true)
    header.put(Int32(rotation == nil ? 0 : 1), at: 344)
    header.put(Int32(rows == nil ? 0 : 4), at: 348)
    for (index, number) in (rotation ?? []).enumerated() { header.put(number, at: 352 + 8 * index, isDouble: true) }
    for (index, number) in (rows ?? []).joined().enumerated() {
      header.put(number, at: 400 + 8 * index, isDouble: true)
    }
    header.put(Int32(units), at: 500)
  }
}
