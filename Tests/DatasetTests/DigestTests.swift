import Dataset
import MarkedText
import Testing

@Suite("A digest")
struct DigestTests {
  @Test("hexadecimal digits are read and written the same")
  func roundTrip() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let hex = digits(64, &generator)
      #expect(SHA256Digest(hex)?.hex == hex)
      #expect(MD5Digest(hex.prefix(32))?.description == String(hex.prefix(32)))
    }
  }

  @Test("raw bytes and digits are the same digest")
  func bytes() {
    let bytes = (0..<32).map { UInt8($0 * 8 + 1) }
    let hex = "0109111921293139414951596169717981899199a1a9b1b9c1c9d1d9e1e9f1f9"
    #expect(SHA256Digest(bytes: bytes)?.hex == hex)
    #expect(SHA256Digest(bytes: bytes) == SHA256Digest(hex))
    #expect(MD5Digest(bytes: bytes.prefix(16))?.hex == String(hex.prefix(32)))
    #expect(SHA256Digest(bytes: bytes.dropLast()) == nil)
    #expect(MD5Digest(bytes: bytes) == nil)
  }

  @Test("another digit anywhere is another digest", arguments: 0..<64)
  func everyDigitCounts(_ index: Int) {
    var digits = Array(repeating: Character("0"), count: 64)
    let zero = SHA256Digest(String(digits))
    digits[index] = "8"
    #expect(SHA256Digest(String(digits)) != zero)
    #expect(SHA256Digest(String(digits)) != nil)
  }

  @Test(
    "other than 32 small hexadecimal digits is no MD5",
    arguments: [
      "", "0", String(repeating: "0", count: 31), String(repeating: "0", count: 33), String(repeating: "A", count: 32),
      String(repeating: "g", count: 32), String(repeating: "0", count: 31) + " ", String(repeating: "０", count: 32),
      String(repeating: "é", count: 16), "0x" + String(repeating: "0", count: 30), String(repeating: "0", count: 64),
    ])
  func refuses(_ text: String) {
    #expect(MD5Digest(text) == nil)
  }

  private func digits(_ count: Int, _ generator: inout SeededGenerator) -> String {
    String((0..<count).map { _ in "0123456789abcdef".randomElement(using: &generator) ?? "0" })
  }
}
