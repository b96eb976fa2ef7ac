import Dataset
import Effects
import MarkedText
import Store
import Testing

@Suite("What is known of the files")
struct DataIndexTests {
  private static func index(_ generator: inout SeededGenerator, count: Int) -> DataIndex {
    var entries: [DatasetPath: DataIndex.Entry] = [:]
    while entries.count < count {
      let text = "annotations/\(generator.text(upTo: 6))/x\(entries.count)"
      guard let path = DatasetPath(text) else { continue }
      func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(Int.random(in: 0..<16, using: &generator), radix: 16)) })
      }
      guard let sha256 = SHA256Digest(digits(64)) else { continue }
      let size = Int64.random(in: 0...1 << 40, using: &generator)
      let status = FileStatus(
        kind: .file, size: size, modified: Int64.random(in: -1 << 60...1 << 60, using: &generator),
        changed: Int64.random(in: 0...1 << 60, using: &generator),
        inode: UInt64.random(in: 0...(.max), using: &generator))
      let md5 = Bool.random(using: &generator) ? MD5Digest(digits(32)) : nil
      entries[path] = DataIndex.Entry(status: status, checksums: Checksums(size: size, md5: md5, sha256: sha256))
    }
    return DataIndex(entries)
  }

  @Test("what is written is read back", arguments: 1...20)
  func roundTrip(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let index = Self.index(&generator, count: Int(seed % 7))
    #expect(DataIndex(bytes: index.bytes) == index)
    #expect(DataIndex(bytes: index.bytes).bytes == index.bytes)
  }

  @Test("equal indexes are equal bytes, in whatever order they were filled", arguments: 1...5)
  func canonical(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let index = Self.index(&generator, count: 12)
    var other = DataIndex()
    for (path, entry) in index.entries.shuffled(using: &generator) { other.entries[path] = entry }
    #expect(other.bytes == index.bytes)
  }

  @Test("of a part of the file nothing is believed", arguments: 1...3)
  func prefixes(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = Self.index(&generator, count: 4).bytes
    for count in bytes.indices {
      #expect(DataIndex(bytes: Array(bytes[..<count])) == DataIndex(), "the first \(count) bytes")
    }
  }

  @Test("an entry is never believed to be another after a byte has changed")
  func flips() {
    var generator = SeededGenerator(seed: 1)
    let index = Self.index(&generator, count: 3)
    let bytes = index.bytes
    var believed: [Int] = []
    for place in bytes.indices {
      for mask: UInt8 in [1, 2, 0x20, 0x80, 0xff] {
        var damaged = bytes
        damaged[place] ^= mask
        let isBelieved = DataIndex(bytes: damaged).entries.contains { path, entry in
          guard let known = index.entries[path], known.status == entry.status else { return false }
          return entry.checksums != known.checksums
        }
        if isBelieved { believed.append(place) }
      }
    }
    #expect(believed.isEmpty)
  }

  @Test(
    "what is no index is an empty one",
    arguments: [
      "", "\n", "neuromaps-index 1 0", "neuromaps-index 2 0\n", "neuromaps-index 1 -1\n", "neuromaps-index 1 1\n",
      "neuromaps-index 1 1\n\t\t\t\t\t\t\n", "neuromaps-index 1 \n", "<html></html>\n", "\0\0\0\0",
    ])
  func nonsense(_ text: String) {
    #expect(DataIndex(bytes: Array(text.utf8)) == DataIndex())
  }

  @Test("an index of nothing can be written and read")
  func empty() {
    #expect(DataIndex(bytes: DataIndex().bytes) == DataIndex())
    #expect(!DataIndex().bytes.isEmpty)
  }
}
