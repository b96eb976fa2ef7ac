/// Reads NIfTI-1 and NIfTI-2 in one pass: the header, and then the values piece by piece.
enum NIfTIReader {
  /// Values that are decoded at once.
  private static let piece = 16 << 10

  /// What a volume is, and what its values are like.
  static func summary(of bytes: inout ImageBytes, limits: ImageLimits) throws(ImageFailure) -> ImageSummary {
    let header = try header(of: &bytes, limits: limits)
    var gatherer = ValueGatherer()
    try decode(header.count, of: header, from: &bytes) { gatherer.add($0) }
    try bytes.finish()
    return ImageSummary(
      format: header.format, isCompressed: bytes.isCompressed, byteOrder: header.decoder.order, shape: header.shape,
      dataType: header.decoder.type, units: header.units, voxelSize: header.voxelSize, affine: header.affine,
      hemisphere: nil, arrays: [], values: gatherer.summary)
  }

  /// Hands over all values, scaled, the first index fastest.
  static func eachValue(
    of bytes: inout ImageBytes, limits: ImageLimits, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) throws(ImageFailure) {
    let header = try header(of: &bytes, limits: limits)
    try decode(header.count, of: header, from: &bytes, body)
  }

  /// The values of the first time point.
  static func volume(of bytes: inout ImageBytes, limits: ImageLimits) throws(ImageFailure) -> VolumeImage {
    let header = try header(of: &bytes, limits: limits)
    let shape = header.shape + [1, 1]
    let size = VolumeSize(x: shape[0], y: shape[1], z: shape[2])
    guard size.count <= limits.heldValues else { throw .tooLarge(limit: limits.heldValues * 4) }
    var values: [Float] = []
    // What the header claims may not come.
    values.reserveCapacity(min(size.count, 1 << 20))
    try decode(Int64(size.count), of: header, from: &bytes) { piece in
      for value in piece { values.append(Float(value)) }
    }
    return VolumeImage(size: size, toWorld: header.affine, values: values)
  }

  /// The header; what lies between it and the data is passed over.
  private static func header(
    of bytes: inout ImageBytes, limits: ImageLimits
  ) throws(ImageFailure) -> NIfTIHeader {
    guard let size = NIfTIHeader.size(try bytes.peek(4))?.bytes else { throw .notAnImage }
    var start = [UInt8](repeating: 0, count: size)
    let count = try bytes.read(&start)
    let header = try NIfTIHeader(Array(start.prefix(count)), limits: limits)
    guard try bytes.skip(header.dataOffset - Int64(size)) else { throw .truncated(expected: header.end) }
    return header
  }

  private static func decode(
    _ count: Int64, of header: NIfTIHeader, from bytes: inout ImageBytes, _ body: (UnsafeBufferPointer<Double>) -> Void
  ) throws(ImageFailure) {
    let size = header.decoder.type.size
    let raw = UnsafeMutableRawBufferPointer.allocate(byteCount: piece * size, alignment: 16)
    let values = UnsafeMutableBufferPointer<Double>.allocate(capacity: piece)
    values.initialize(repeating: 0)
    defer {
      raw.deallocate()
      values.deallocate()
    }
    var rest = count
    while rest > 0 {
      let wanted = UnsafeMutableRawBufferPointer(rebasing: raw.prefix(Int(min(rest, Int64(piece))) * size))
      guard try filled(wanted, from: &bytes) else { throw .truncated(expected: header.end) }
      let decoded = header.decoder.decode(UnsafeRawBufferPointer(wanted), into: values)
      body(UnsafeBufferPointer(rebasing: values.prefix(decoded)))
      rest -= Int64(decoded)
    }
  }

  /// Whether there were bytes enough.
  private static func filled(
    _ buffer: UnsafeMutableRawBufferPointer, from bytes: inout ImageBytes
  ) throws(ImageFailure) -> Bool {
    do throws(ImageFailure) { return try bytes.read(into: buffer) == buffer.count } catch .truncated { return false }
  }
}
