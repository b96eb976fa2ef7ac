/// The checksum of gzip (ISO 3309, polynomial 0xEDB88320 reflected).
struct CRC32 {
  private static let table: [UInt32] = (0..<256).map { (index: UInt32) -> UInt32 in
    var value = index
    for _ in 0..<8 { value = value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    return value
  }

  private var register: UInt32 = ~0

  /// The checksum so far.
  var value: UInt32 { ~register }

  /// Goes on by bytes.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    var register = register
    for byte in bytes { register = Self.afterZero(register ^ UInt32(byte)) }
    self.register = register
  }

  /// Goes on by any number of zero bytes, in as many steps as the number has binary digits: one zero
  /// byte is a linear map of the register's bits, and its square is two of them.
  mutating func update(zeros count: Int64) {
    var columns = (0..<32).map { Self.afterZero(1 << UInt32($0)) }
    var rest = count
    while rest > 0 {
      if rest & 1 == 1 { register = Self.apply(columns, to: register) }
      columns = columns.map { Self.apply(columns, to: $0) }
      rest >>= 1
    }
  }

  private static func afterZero(_ register: UInt32) -> UInt32 { table[Int(register & 0xff)] ^ (register >> 8) }

  private static func apply(_ columns: [UInt32], to bits: UInt32) -> UInt32 {
    var sum: UInt32 = 0
    for (index, column) in columns.enumerated() where bits >> UInt32(index) & 1 == 1 { sum ^= column }
    return sum
  }
}
