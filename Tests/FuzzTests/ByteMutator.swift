import MarkedText

/// Changes inputs as libFuzzer does, the same way for the same seed.
struct ByteMutator {
  private var generator: SeededGenerator
  /// What means something to the reader.
  private let words: [[UInt8]]
  /// Inputs to take stretches from.
  private let others: [[UInt8]]

  /// What grows beyond is cut.
  private static let most = 4096

  init(seed: UInt64, words: [[UInt8]], others: [[UInt8]]) {
    generator = SeededGenerator(seed: seed)
    self.words = words
    self.others = others
  }

  /// One of the inputs, changed in one place or a few.
  mutating func next() -> [UInt8] {
    var bytes = Array((others.randomElement(using: &generator) ?? []).prefix(Self.most))
    let count = Bool.random(using: &generator) ? 1 : Int.random(in: 2...5, using: &generator)
    for _ in 0..<count { change(&bytes) }
    return Array(bytes.prefix(Self.most))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let stretch = stretch(of: bytes)
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: bytes.replaceSubrange(stretch.prefix(1), with: [UInt8.random(in: 0...255, using: &generator)])
    case 1: bytes.removeSubrange(stretch)
    case 2: bytes.insert(contentsOf: bytes[stretch], at: stretch.lowerBound)
    case 3: bytes.insert(contentsOf: word(), at: stretch.lowerBound)
    case 4: bytes.replaceSubrange(stretch, with: word())
    case 5: bytes.removeLast(bytes.count - stretch.lowerBound)
    case 6:
      let other = others.randomElement(using: &generator) ?? []
      bytes.replaceSubrange(stretch, with: other[self.stretch(of: other)])
    case 7:
      let other = others.randomElement(using: &generator) ?? []
      bytes.replaceSubrange(stretch.lowerBound..., with: other[self.stretch(of: other).lowerBound...])
    case 8:
      // Likely to leave right what was right: a digest, a name.
      let letter = "0123456789abcdef".utf8.randomElement(using: &generator) ?? 0
      guard let index = bytes[stretch].firstIndex(where: Self.isLetter) else { return }
      bytes[index] = letter
    default:
      let byte = bytes[stretch].first ?? 0
      bytes.replaceSubrange(stretch.prefix(1), with: [byte ^ 1 << UInt8.random(in: 0..<8, using: &generator)])
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    "0123456789abcdefghijklmnopqrstuvwxyz".utf8.contains(byte)
  }

  private mutating func word() -> [UInt8] { words.randomElement(using: &generator) ?? [] }

  /// A part of the bytes, mostly a short one; half of the time it begins at a line.
  private mutating func stretch(of bytes: [UInt8]) -> Range<Int> {
    var start = Int.random(in: 0...bytes.count, using: &generator)
    if Bool.random(using: &generator) {
      start = bytes[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }
    let most = Int.random(in: 0..<8, using: &generator) == 0 ? bytes.count : 40
    return start..<min(bytes.count, start + Int.random(in: 0...most, using: &generator))
  }
}
