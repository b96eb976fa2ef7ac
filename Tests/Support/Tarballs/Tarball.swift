/// Archives for tests: what a kind server sends, and what a hostile one might.
package enum Tarball {
  /// A tar archive of these members, with or without the two zero blocks at its end.
  package static func tar(_ entries: [TarEntry], isTerminated: Bool = true) -> [UInt8] {
    entries.flatMap(blocks) + [UInt8](repeating: 0, count: isTerminated ? 2 * TarHeader.blockSize : 0)
  }

  /// The same, compressed.
  package static func tarGz(_ entries: [TarEntry]) -> [UInt8] { gzip(tar(entries)) }

  /// A gzip file of these bytes, which are stored as they are.
  package static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var checksum = CRC32()
    checksum.update(bytes)
    var blocks: [UInt8] = bytes.isEmpty ? storedBlock([], isLast: true) : []
    for start in stride(from: 0, to: bytes.count, by: 0xffff) {
      let end = min(start + 0xffff, bytes.count)
      blocks += storedBlock(bytes[start..<end], isLast: end == bytes.count)
    }
    return gzip(deflated: blocks, checksum: checksum, size: Int64(bytes.count))
  }

  /// A tar.gz with one member of so many zero bytes, in a thousandth of its size: 1 GiB in 1 MB.
  package static func bomb(name: String, size: Int64) -> [UInt8] {
    let header = tar([TarEntry(name).declaring(size: size)], isTerminated: false)
    let block = Int64(TarHeader.blockSize)
    let zeros = (size + block - 1) / block * block + 2 * block
    return gzip(header, zeros: zeros)
  }

  /// A gzip file of these bytes, at most 65,535 and the last of them zero, and so many zero bytes more, in a
  /// thousandth of its size.
  package static func gzip(_ head: [UInt8], zeros: Int64) -> [UInt8] {
    var checksum = CRC32()
    checksum.update(head)
    checksum.update(zeros: zeros)
    return gzip(
      deflated: storedBlock(head, isLast: false) + zeroBlock(zeros), checksum: checksum,
      size: Int64(head.count) + zeros)
  }

  // MARK: Tar

  private static func blocks(_ entry: TarEntry) -> [UInt8] {
    let (flag, target) = flagAndTarget(entry.kind)
    var (before, prefix, name) = ([UInt8](), [UInt8](), entry.name)
    switch entry.naming {
    case .plain:
      if let parts = TarHeader.split(entry.name) {
        (prefix, name) = parts
      } else {
        before += gnuHeader("L", entry.name)
      }
      if target.count > TarHeader.nameSize { before += gnuHeader("K", target) }
    case .gnu:
      before = gnuHeader("L", entry.name) + (target.isEmpty ? [] : gnuHeader("K", target))
    case .pax:
      let records = paxRecord("path", entry.name) + (target.isEmpty ? [] : paxRecord("linkpath", target))
      before = TarHeader(name: Array("pax".utf8), flag: UInt8(ascii: "x"), size: Int64(records.count)).bytes
      before += padded(records)
    }
    let header = TarHeader(
      name: name, prefix: prefix, flag: flag, size: entry.declaredSize ?? Int64(entry.content.count), target: target)
    return before + header.bytes + padded(entry.content)
  }

  private static func flagAndTarget(_ kind: TarEntry.Kind) -> (UInt8, [UInt8]) {
    switch kind {
    case .file: (UInt8(ascii: "0"), [])
    case .hardLink(let target): (UInt8(ascii: "1"), Array(target.utf8))
    case .symbolicLink(let target): (UInt8(ascii: "2"), Array(target.utf8))
    case .characterDevice: (UInt8(ascii: "3"), [])
    case .folder: (UInt8(ascii: "5"), [])
    case .fifo: (UInt8(ascii: "6"), [])
    case .other(let flag): (flag, [])
    }
  }

  private static func gnuHeader(_ flag: Unicode.Scalar, _ text: [UInt8]) -> [UInt8] {
    let content = text + [0]
    return TarHeader(
      name: Array("././@LongLink".utf8), flag: UInt8(ascii: flag), size: Int64(content.count)
    ).bytes + padded(content)
  }

  /// `LENGTH key=value\n`, where the length counts its own digits.
  private static func paxRecord(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let rest = Array(" \(key)=".utf8) + value + [UInt8(ascii: "\n")]
    var length = rest.count
    while String(length).utf8.count + rest.count != length { length = String(length).utf8.count + rest.count }
    return Array(String(length).utf8) + rest
  }

  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + [UInt8](repeating: 0, count: -bytes.count & (TarHeader.blockSize - 1))
  }

  // MARK: Gzip

  private static func gzip(deflated: [UInt8], checksum: CRC32, size: Int64) -> [UInt8] {
    [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff] + deflated + littleEndian(checksum.value)
      + littleEndian(UInt32(truncatingIfNeeded: size))
  }

  private static func storedBlock(_ bytes: some Collection<UInt8>, isLast: Bool) -> [UInt8] {
    let size = UInt32(bytes.count)
    return [isLast ? 1 : 0] + littleEndian(size | (~size << 16)) + bytes
  }

  /// A last block of zeros after a zero byte. Its own Huffman codes, on the theory that nothing else comes: `0` for
  /// 258 bytes more (285), `10` for a zero byte, `11` for the end (256), and `0` for the distance 1.
  /// So eight zero bits are 1032 zero bytes.
  private static func zeroBlock(_ zeros: Int64) -> [UInt8] {
    var bits = DeflateBits()
    bits.number(1, bits: 1)
    bits.number(2, bits: 2)
    bits.number(286 - 257, bits: 5)
    bits.number(1 - 1, bits: 5)
    // The code of the code lengths: `0` for many zeros (18), `10` for 1, `11` for 2.
    let lengths = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2]
    bits.number(lengths.count - 4, bits: 4)
    for length in lengths { bits.number(length, bits: 3) }
    func skip(_ count: Int) {
      bits.code("0")
      bits.number(count - 11, bits: 7)
    }
    bits.code("11")
    skip(138)
    skip(255 - 138)
    bits.code("11")
    skip(284 - 256)
    bits.code("10")
    bits.code("10")
    let (matches, rest) = zeros.quotientAndRemainder(dividingBy: 258)
    bits.zeros(Int(matches) * 2)
    for _ in 0..<rest { bits.code("10") }
    bits.code("11")
    return bits.bytes
  }

  private static func littleEndian(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
