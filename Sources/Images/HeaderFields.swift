/// Numbers at known places of a binary header.
struct HeaderFields {
  /// The header; every number asked for must lie within.
  let bytes: [UInt8]
  /// In which order the bytes of its numbers are.
  let order: ByteOrder

  /// A whole number.
  func integer<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type, at offset: Int) -> Number {
    let bits = bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    return order == .little ? Number(littleEndian: bits) : Number(bigEndian: bits)
  }

  /// A number in single precision.
  func float32(at offset: Int) -> Double { Double(Float(bitPattern: integer(UInt32.self, at: offset))) }

  /// A number in double precision.
  func float64(at offset: Int) -> Double { Double(bitPattern: integer(UInt64.self, at: offset)) }
}
