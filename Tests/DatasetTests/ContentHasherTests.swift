import Dataset
import MarkedText
import Testing

@Suite("Hashing what streams past")
struct ContentHasherTests {
  private static let known: [(text: String, count: Int, md5: String, sha256: String)] = [
    (
      "", 0, "d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    ),
    (
      "abc", 1, "900150983cd24fb0d6963f7d28e17f72", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ),
    (
      "a", 1_000_000, "7707d6ae4e027c70eea2a935c2296f21",
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ]

  @Test("the published digests come out", arguments: known)
  func vectors(text: String, count: Int, md5: String, sha256: String) {
    let bytes = Array(String(repeating: text, count: count).utf8)
    let sums = hash([bytes[...]], md5: true)
    #expect(sums.size == Int64(bytes.count))
    #expect(sums.md5?.hex == md5)
    #expect(sums.sha256?.hex == sha256)
    #expect(ContentHasher.sha256(bytes).hex == sha256)
  }

  @Test("without MD5 asked for there is none")
  func withoutMD5() {
    let sums = hash([[1, 2, 3]], md5: false)
    #expect(sums.md5 == nil)
    #expect(sums.isComplete)
  }

  @Test("where the bytes are cut makes no difference")
  func pieces() {
    var generator = SeededGenerator(seed: 2)
    let bytes = (0..<10_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let whole = hash([bytes[...]], md5: true)
    for _ in 0..<20 {
      let cuts = ([0, bytes.count] + (0..<5).map { _ in Int.random(in: 0...bytes.count, using: &generator) }).sorted()
      #expect(hash(zip(cuts, cuts.dropFirst()).map { bytes[$0..<$1] }, md5: true) == whole)
    }
  }

  @Test("it counts as it goes")
  func count() {
    var hasher = ContentHasher(md5: false)
    #expect(hasher.count == 0)
    for _ in 0..<3 { [UInt8](repeating: 7, count: 5).withUnsafeBytes { hasher.update($0) } }
    #expect(hasher.count == 15)
  }

  private func hash(_ pieces: [ArraySlice<UInt8>], md5: Bool) -> Checksums {
    var hasher = ContentHasher(md5: md5)
    for piece in pieces { piece.withUnsafeBytes { hasher.update($0) } }
    return hasher.finish()
  }
}
