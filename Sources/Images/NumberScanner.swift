/// Numbers as text that comes in pieces, apart by white space, as numpy's `loadtxt` takes them.
struct NumberScanner {
  private let type: ImageDataType
  private var token: [UInt8] = []

  /// Letters of a number; no writer needs as many.
  private static let longest = 64

  /// A scanner of numbers of one type.
  init(_ type: ImageDataType) { self.type = type }

  /// Hands over each number that is whole.
  mutating func scan(
    _ text: UnsafeRawBufferPointer, _ body: (Double) throws(ImageFailure) -> Void
  ) throws(ImageFailure) {
    for byte in text {
      switch byte {
      case 0x20, 0x09, 0x0a, 0x0d:
        if let number = try finish() { try body(number) }
      default:
        guard token.count < Self.longest else { throw wrong }
        token.append(byte)
      }
    }
  }

  /// The number that the text ends in; nil if it ends in white space.
  mutating func finish() throws(ImageFailure) -> Double? {
    guard !token.isEmpty else { return nil }
    defer { token.removeAll(keepingCapacity: true) }
    let text = String(decoding: token, as: UTF8.self)
    // Swift reads hexadecimal numbers and numbered NaN, too.
    let isHexadecimal = token.contains { $0 | 0x20 == UInt8(ascii: "x") || $0 == UInt8(ascii: "(") }
    guard !isHexadecimal, let number = Double(text) else { throw wrong }
    switch type {
    case .float64: return number
    case .float32: return Double(Float(number))
    default:
      guard number.rounded() == number, range.contains(number) else { throw wrong }
      return number
    }
  }

  private var range: ClosedRange<Double> {
    let bits = Double(sign: .plus, exponent: type.size * 8, significand: 1)
    return switch type {
    case .uint8, .uint16, .uint32, .uint64: 0...(bits - 1)
    default: -bits / 2...(bits / 2 - 1)
    }
  }

  private var wrong: ImageFailure {
    let shown = String(decoding: token.prefix(20), as: UTF8.self)
    return .broken("`\(shown)` in its data is no \(type.rawValue)")
  }
}
