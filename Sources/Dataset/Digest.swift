/// A checksum of 128 or 256 bits, kept as words and written in lower-case hexadecimal.
///
/// The words are no SIMD vector: one of 256 bits wants to lie at multiples of 32 bytes, and the frames of optimized
/// async functions do not keep such values where they look for them (Swift 6.3).
public struct Digest<Words: DigestWords>: Hashable, Sendable {
  private let words: Words

  /// Nil unless `hex` is exactly the right number of lower-case hexadecimal digits.
  public init?(_ hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == Words.count * 16 else { return nil }
    var words = Words()
    for (index, digit) in digits.enumerated() {
      guard let value = nibble(digit) else { return nil }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    self.words = words
  }

  /// Takes the digest's raw bytes, most significant first; nil for another count.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Words.count * 8 else { return nil }
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
    return String(unsafeUninitializedCapacity: Words.count * 16) { text in
      for index in 0..<Words.count * 16 {
        let shift = UInt64(60 - index % 16 * 4)
        text[index] = digits[Int(words[index / 16] >> shift & 0xf)]
      }
      return Words.count * 16
    }
  }
}

extension Digest: CustomStringConvertible {
  /// The hexadecimal digits.
  public var description: String { hex }
}

/// What OSF and the Python toolbox name files by: good against accidents, not against malice.
public typealias MD5Digest = Digest<TwoWords>

/// What a lock binds bytes with, and what the store names objects by.
public typealias SHA256Digest = Digest<FourWords>

/// The words of a digest, the most significant first.
public protocol DigestWords: Hashable, Sendable {
  /// How many there are.
  static var count: Int { get }
  /// All of them zero.
  init()
  /// A word by its place, from 0 on.
  subscript(index: Int) -> UInt64 { get set }
}

/// 128 bits.
public struct TwoWords: DigestWords {
  private var first: UInt64 = 0
  private var second: UInt64 = 0

  /// Two.
  public static let count = 2

  /// Zeros.
  public init() {}

  /// The first or the second.
  public subscript(index: Int) -> UInt64 {
    get { index == 0 ? first : second }
    set { if index == 0 { first = newValue } else { second = newValue } }
  }
}

/// 256 bits.
public struct FourWords: DigestWords {
  private var first = TwoWords()
  private var second = TwoWords()

  /// Four.
  public static let count = 4

  /// Zeros.
  public init() {}

  /// One of the four.
  public subscript(index: Int) -> UInt64 {
    get { index < 2 ? first[index] : second[index - 2] }
    set { if index < 2 { first[index] = newValue } else { second[index - 2] = newValue } }
  }
}

private func nibble(_ digit: UInt8) -> UInt8? {
  switch digit {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
  default: nil
  }
}
