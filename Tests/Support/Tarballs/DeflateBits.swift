/// The bits of a deflate stream (RFC 1951): numbers lowest bit first, Huffman codes highest bit first.
struct DeflateBits {
  private(set) var bytes: [UInt8] = []
  private var used = 8

  /// Appends a number of so many bits.
  mutating func number(_ value: Int, bits: Int) {
    for index in 0..<bits { append(UInt8(value >> index & 1)) }
  }

  /// Appends a code as it is written on paper: `"10"`.
  mutating func code(_ text: String) {
    for digit in text.utf8 { append(digit & 1) }
  }

  /// Appends any number of zero bits at once.
  mutating func zeros(_ count: Int) {
    let here = min(count, 8 - used)
    used += here
    let (whole, rest) = (count - here).quotientAndRemainder(dividingBy: 8)
    bytes += [UInt8](repeating: 0, count: whole)
    for _ in 0..<rest { append(0) }
  }

  private mutating func append(_ bit: UInt8) {
    if used == 8 {
      bytes.append(0)
      used = 0
    }
    bytes[bytes.count - 1] |= bit << UInt8(used)
    used += 1
  }
}
