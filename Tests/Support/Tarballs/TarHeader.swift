/// One header block of ustar (POSIX.1-1988), with GNU's sizes where octal digits do not reach.
///
/// name 0–99, mode 100–107, uid 108, gid 116, size 124–135, mtime 136, checksum 148–155, type flag 156,
/// link name 157–256, "ustar" 257, version 263, user 265, group 297, device numbers 329 and 337, prefix 345–499.
struct TarHeader {
  static let blockSize = 512
  static let nameSize = 100
  private static let prefixSize = 155

  var name: [UInt8]
  var prefix: [UInt8] = []
  var flag: UInt8
  var size: Int64
  var target: [UInt8] = []

  /// The parts of a name that ustar can hold; nil if it cannot.
  static func split(_ name: [UInt8]) -> (prefix: [UInt8], name: [UInt8])? {
    if name.count <= nameSize { return ([], name) }
    let slash = UInt8(ascii: "/")
    for index in name.indices where name[index] == slash && index > 0 {
      let rest = name[(index + 1)...]
      if index <= prefixSize, !rest.isEmpty, rest.count <= nameSize { return (Array(name[..<index]), Array(rest)) }
    }
    return nil
  }

  /// The block, with its checksum.
  var bytes: [UInt8] {
    var block = [UInt8](repeating: 0, count: Self.blockSize)
    func put(_ bytes: some Sequence<UInt8>, at offset: Int, atMost count: Int) {
      for (index, byte) in bytes.prefix(count).enumerated() { block[offset + index] = byte }
    }
    put(name, at: 0, atMost: Self.nameSize)
    put("0000644\0".utf8, at: 100, atMost: 8)
    put("0000000\0".utf8, at: 108, atMost: 8)
    put("0000000\0".utf8, at: 116, atMost: 8)
    put(sizeField, at: 124, atMost: 12)
    put("00000000000\0".utf8, at: 136, atMost: 12)
    put("        ".utf8, at: 148, atMost: 8)
    block[156] = flag
    put(target, at: 157, atMost: Self.nameSize)
    put("ustar\u{0}00".utf8, at: 257, atMost: 8)
    if flag == UInt8(ascii: "3") {
      put("0000001\0".utf8, at: 329, atMost: 8)
      put("0000003\0".utf8, at: 337, atMost: 8)
    }
    put(prefix, at: 345, atMost: Self.prefixSize)
    put("\(octal(block.reduce(0) { $0 + Int64($1) }, digits: 6))\0 ".utf8, at: 148, atMost: 8)
    return block
  }

  /// Eleven octal digits; what they cannot say, negative sizes too, as a GNU binary number.
  private var sizeField: [UInt8] {
    if 0..<(1 << 33) ~= size { return Array("\(octal(size, digits: 11))\0".utf8) }
    let filler: UInt8 = size < 0 ? 0xff : 0
    let number = (0..<8).map { UInt8(truncatingIfNeeded: size >> (56 - 8 * $0)) }
    return [size < 0 ? 0xff : 0x80, filler, filler, filler] + number
  }

  private func octal(_ number: Int64, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
