/// A header that has been checked: what follows it, and where.
///
/// A single file (`.nii`) is a header with its magic, extensions up to `vox_offset`, and the values, the first index
/// fastest. Of what nibabel takes, this takes all but pairs of files, Analyze's headers and data that begin within
/// the header.
struct NIfTIHeader {
  /// NIfTI-1 or NIfTI-2.
  let format: ImageFormat
  /// How many values there are along each dimension, all of them at least one.
  let shape: [Int]
  /// How values are stored, and what is to be done to them.
  let decoder: ValueDecoder
  /// Where the data begin, after the header.
  let dataOffset: Int64
  /// How many values there are.
  let count: Int64
  /// What lengths are given in, if the header says.
  let units: String?
  /// The size of a voxel along the first three dimensions, as nibabel has it: positive, 1 where there is none.
  let voxelSize: [Double]
  /// From voxels to places, unless it has numbers that are not finite.
  let affine: Affine?

  /// The byte after the last of the data.
  var end: Int64 { dataOffset + count * Int64(decoder.type.size) }

  /// Bytes of the header that begins so, and their order; nil if no header does. Both versions begin with their size.
  static func size(_ bytes: [UInt8]) -> (bytes: Int, order: ByteOrder)? {
    guard bytes.count >= 4 else { return nil }
    for order in [ByteOrder.little, .big] {
      let size = HeaderFields(bytes: bytes, order: order).integer(Int32.self, at: 0)
      if size == 348 || size == 540 { return (Int(size), order) }
    }
    return nil
  }

  /// Reads a header, whole and no longer, and checks it.
  init(_ bytes: [UInt8], limits: ImageLimits) throws(ImageFailure) {
    guard let (size, order) = Self.size(bytes) else { throw .notAnImage }
    guard bytes.count == size else { throw .truncated(expected: Int64(size)) }
    let header = HeaderFields(bytes: bytes, order: order)
    format = size == 348 ? .nifti1 : .nifti2
    try Self.checkMagic(format == .nifti1 ? bytes[344..<348] : bytes[4..<12])
    let fields = format == .nifti1 ? NIfTIFields(nifti1: header) : NIfTIFields(nifti2: header)
    shape = try Self.shape(fields.dimensions)
    let type = try Self.dataType(fields)
    decoder = try Self.decoder(type, order, fields)
    count = try Self.count(shape, of: type, limits)
    dataOffset = try Self.dataOffset(fields, after: size, limits)
    units = [1: "m", 2: "mm", 3: "um"][fields.units & 7]
    let spacing = fields.spacing[1...3].map { $0 == 0 ? 1 : abs($0) }
    voxelSize = Array(spacing.prefix(shape.count))
    guard voxelSize.allSatisfy({ $0.isFinite }) else { throw .broken("the size of its voxels is not a number") }
    let affine = Affine(fields, shape: shape, spacing: spacing)
    self.affine = affine.isFinite ? affine : nil
    guard end <= limits.bytes else { throw .tooLarge(limit: limits.bytes) }
  }

  private static func checkMagic(_ magic: ArraySlice<UInt8>) throws(ImageFailure) {
    let known: [String] = magic.count == 4 ? ["n+1\0", "ni1\0"] : ["n+2\0\r\n\u{1a}\n", "ni2\0\r\n\u{1a}\n"]
    guard !magic.elementsEqual(known[1].utf8) else {
      throw .unsupported("a NIfTI header whose data lie in another file")
    }
    guard magic.elementsEqual(known[0].utf8) else { throw .broken("its magic is not that of NIfTI") }
  }

  private static func shape(_ dimensions: [Int64]) throws(ImageFailure) -> [Int] {
    guard (1...7).contains(dimensions[0]) else { throw .broken("it claims to have \(dimensions[0]) dimensions") }
    for index in 1...Int(dimensions[0]) where dimensions[index] < 1 {
      throw .broken("its dimension \(index) is \(dimensions[index])")
    }
    return dimensions[1...Int(dimensions[0])].map { Int($0) }
  }

  private static func dataType(_ fields: NIfTIFields) throws(ImageFailure) -> ImageDataType {
    let types: [Int: ImageDataType] = [
      2: .uint8, 4: .int16, 8: .int32, 16: .float32, 64: .float64, 256: .int8, 512: .uint16, 768: .uint32,
      1024: .int64, 1280: .uint64,
    ]
    let others = [
      1: "bits", 32: "complex64", 128: "rgb24", 1536: "float128", 1792: "complex128", 2048: "complex256",
      2304: "rgba32",
    ]
    guard let type = types[fields.dataType] else {
      if let name = others[fields.dataType] { throw .unsupported("data of type \(name)") }
      throw .broken("its data type \(fields.dataType) is none of NIfTI's")
    }
    guard fields.bits == type.size * 8 else {
      throw .broken("its values are \(type.rawValue), but have \(fields.bits) bits each")
    }
    return type
  }

  /// A slope that is zero or not finite means that nothing is done, whatever the intercept.
  private static func decoder(
    _ type: ImageDataType, _ order: ByteOrder, _ fields: NIfTIFields
  ) throws(ImageFailure) -> ValueDecoder {
    guard fields.slope != 0, fields.slope.isFinite else { return ValueDecoder(type: type, order: order) }
    guard fields.intercept.isFinite else { throw .broken("what is to be added to its values is not a number") }
    return ValueDecoder(type: type, order: order, slope: fields.slope, intercept: fields.intercept)
  }

  private static func count(
    _ shape: [Int], of type: ImageDataType, _ limits: ImageLimits
  ) throws(ImageFailure) -> Int64 {
    var count: Int64 = 1
    for dimension in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: Int64(dimension))
      guard !overflows, product <= limits.bytes / Int64(type.size) else { throw .tooLarge(limit: limits.bytes) }
      count = product
    }
    return count
  }

  private static func dataOffset(
    _ fields: NIfTIFields, after size: Int, _ limits: ImageLimits
  ) throws(ImageFailure) -> Int64 {
    guard fields.dataOffset <= Double(limits.bytes) else {
      throw fields.dataOffset.isNaN ? .broken("where its data begin is not a number") : .tooLarge(limit: limits.bytes)
    }
    // Four bytes after the header say whether there are extensions.
    guard fields.dataOffset >= Double(size + 4) else { throw .broken("its data begin within its header") }
    return Int64(fields.dataOffset)
  }
}
