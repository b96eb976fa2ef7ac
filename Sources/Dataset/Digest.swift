/// A checksum of 128 or 256 bits, kept as words and written in lower-case hexadecimal.
public struct Digest<Words: SIMD & Sendable>: Hashable, Sendable where Words.Scalar == UInt64 {
  private let words: Words

  /// Nil unless `hex` is exactly the right number of lower-case hexadecimal digits.
  public init?(_ hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == Words.scalarCount * 16 else { return nil }
    var words = Words()
    for (index, digit) in digits.enumerated() {
      guard let value = nibble(digit) else { return nil }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = words
  }

  /// Takes the digest's raw bytes, most significant first; nil for another count.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Words.scalarCount * 8 else { return nil }
    var words = Words()
    for (index, byte) in bytes.enumerated() {
      words[index / 8] = words[index / 8] << 8 | UInt64(byte)
    }
    self.words = words
  }

  /// The first 64 bits.
  package var prefix: UInt64 { words[0] }

  /// Lower-case hexadecimal digits.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: Words.scalarCount * 16) { text in
      for index in 0..<Words.scalarCount * 16 {
        let shift = UInt64(60 - index % 16 * 4)
        text[index] = digits[Int(words[index / 16] >> shift & 0xf)]
      }
      return Words.scalarCount * 16
    }
  }
}

extension Digest: CustomStringConvertible {
  /// The hexadecimal digits.
  public var description: String { hex }
}

/// What OSF and the Python toolbox name files by: good against accidents, not against malice.
public typealias MD5Digest = Digest<SIMD2<UInt64>>

/// What a lock binds bytes with, and what the store names objects by.
public typealias SHA256Digest = Digest<SIMD4<UInt64>>

private func nibble(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}
