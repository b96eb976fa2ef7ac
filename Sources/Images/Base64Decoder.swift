/// Base64 (RFC 4648) that comes in pieces; white space between its letters is passed over.
struct Base64Decoder {
  private var bits: UInt32 = 0
  /// Letters since the last whole three bytes.
  private var letters = 0
  private var padding = 0

  private static let blank: UInt8 = 64
  private static let pad: UInt8 = 65
  private static let none: UInt8 = 66

  /// What each byte stands for.
  private static let meanings: [UInt8] = {
    var meanings = [UInt8](repeating: none, count: 256)
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, letter) in letters.utf8.enumerated() { meanings[Int(letter)] = UInt8(value) }
    for letter in " \t\n\r".utf8 { meanings[Int(letter)] = blank }
    meanings[Int(UInt8(ascii: "="))] = pad
    return meanings
  }()

  /// Room for what so many bytes of text may stand for.
  static func room(for count: Int) -> Int { count / 4 * 3 + 3 }

  /// Decodes all of the text into the buffer, which has `room` for it; says how many bytes came.
  mutating func decode(
    _ text: UnsafeRawBufferPointer, into bytes: UnsafeMutableRawBufferPointer
  ) throws(ImageFailure) -> Int {
    let meanings = Self.meanings
    var count = 0
    for letter in text {
      let meaning = meanings[Int(letter)]
      if meaning == Self.blank { continue }
      guard meaning != Self.none else { throw .broken("its base64 has a character that base64 does not have") }
      if meaning == Self.pad {
        padding += 1
        guard letters + padding <= 4, letters >= 2 else { throw .broken("its base64 ends in a wrong place") }
        continue
      }
      guard padding == 0 else { throw .broken("its base64 goes on after its end") }
      bits = bits << 6 | UInt32(meaning)
      letters += 1
      guard letters == 4 else { continue }
      letters = 0
      bytes[count] = UInt8(truncatingIfNeeded: bits >> 16)
      bytes[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
      bytes[count + 2] = UInt8(truncatingIfNeeded: bits)
      count += 3
    }
    return count
  }

  /// The one or two bytes before the padding, at the end of the text.
  func finish() throws(ImageFailure) -> [UInt8] {
    guard letters > 0 else { return [] }
    guard letters + padding == 4 else { throw .broken("its base64 ends in the middle of a byte") }
    let last = bits << UInt32(6 * padding)
    return [16, 8].prefix(3 - padding).map { UInt8(truncatingIfNeeded: last >> UInt32($0)) }
  }
}
