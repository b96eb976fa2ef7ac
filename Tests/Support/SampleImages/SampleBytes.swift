/// Bytes that grow, or are changed in place, in one byte order.
package struct SampleBytes {
  /// What there is.
  package private(set) var bytes: [UInt8]
  private let isBigEndian: Bool

  /// So many zeros to begin with.
  package init(zeros: Int = 0, isBigEndian: Bool) {
    bytes = [UInt8](repeating: 0, count: zeros)
    self.isBigEndian = isBigEndian
  }

  /// Puts a whole number in the place of other bytes.
  package mutating func put(_ number: some FixedWidthInteger, at offset: Int) {
    put(encoded(number), at: offset)
  }

  /// Puts a number of either precision in the place of other bytes.
  package mutating func put(_ number: Double, at offset: Int, isDouble: Bool) {
    if isDouble { put(number.bitPattern, at: offset) } else { put(Float(number).bitPattern, at: offset) }
  }

  /// Puts bytes in the place of others.
  package mutating func put(_ other: [UInt8], at offset: Int) {
    bytes.replaceSubrange(offset..<offset + other.count, with: other)
  }

  /// Appends bytes.
  package mutating func append(_ other: [UInt8]) { bytes += other }

  /// Appends a value, which its type must hold.
  package mutating func append(_ value: Double, as type: SampleNumber) {
    switch type {
    case .uint8: bytes.append(UInt8(value))
    case .int8: bytes.append(UInt8(bitPattern: Int8(value)))
    case .int16: bytes += encoded(Int16(value))
    case .uint16: bytes += encoded(UInt16(value))
    case .int32: bytes += encoded(Int32(value))
    case .uint32: bytes += encoded(UInt32(value))
    case .int64: bytes += encoded(Int64(value))
    case .uint64: bytes += encoded(UInt64(value))
    case .float32: bytes += encoded(Float(value).bitPattern)
    case .float64: bytes += encoded(value.bitPattern)
    }
  }

  private func encoded<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: isBigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
  }
}
