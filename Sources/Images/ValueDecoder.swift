/// Makes numbers of the bytes of values, as nibabel's `get_fdata` does: all in double precision.
struct ValueDecoder: Hashable {
  /// How the values are stored.
  let type: ImageDataType
  /// In which order their bytes are.
  let order: ByteOrder
  /// What each is multiplied by.
  var slope = 1.0
  /// What is added then.
  var intercept = 0.0

  /// Decodes as many values as the bytes hold, and as there is room for; says how many.
  func decode(_ bytes: UnsafeRawBufferPointer, into values: UnsafeMutableBufferPointer<Double>) -> Int {
    let count = min(bytes.count / type.size, values.count)
    switch type {
    case .uint8: fill(values, count, bytes) { (bits: UInt8) in Double(bits) }
    case .int8: fill(values, count, bytes) { (bits: Int8) in Double(bits) }
    case .int16: fill(values, count, bytes) { (bits: Int16) in Double(bits) }
    case .uint16: fill(values, count, bytes) { (bits: UInt16) in Double(bits) }
    case .int32: fill(values, count, bytes) { (bits: Int32) in Double(bits) }
    case .uint32: fill(values, count, bytes) { (bits: UInt32) in Double(bits) }
    case .int64: fill(values, count, bytes) { (bits: Int64) in Double(bits) }
    case .uint64: fill(values, count, bytes) { (bits: UInt64) in Double(bits) }
    case .float32: fill(values, count, bytes) { (bits: UInt32) in Double(Float(bitPattern: bits)) }
    case .float64: fill(values, count, bytes) { (bits: UInt64) in Double(bitPattern: bits) }
    }
    // Two roundings, as in numpy.
    if slope != 1 { for index in 0..<count { values[index] *= slope } }
    if intercept != 0 { for index in 0..<count { values[index] += intercept } }
    return count
  }

  @inline(__always)
  private func fill<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafeMutableBufferPointer<Double>, _ count: Int, _ bytes: UnsafeRawBufferPointer,
    _ number: (Bits) -> Double
  ) {
    let size = MemoryLayout<Bits>.size
    switch order {
    case .little:
      for index in 0..<count {
        values[index] = number(Bits(littleEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self)))
      }
    case .big:
      for index in 0..<count {
        values[index] = number(Bits(bigEndian: bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self)))
      }
    }
  }
}
