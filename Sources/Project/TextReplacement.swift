/// Bytes that take the place of others.
struct TextReplacement: Hashable {
  /// What goes.
  let range: Range<Int>
  /// What comes.
  let bytes: [UInt8]

  /// A replacement by a text; by nothing unless one is given.
  init(_ range: Range<Int>, by text: String = "") {
    self.init(range, bytes: Array(text.utf8))
  }

  /// A replacement by bytes.
  init(_ range: Range<Int>, bytes: [UInt8]) {
    self.range = range
    self.bytes = bytes
  }

  /// An insertion.
  init(at offset: Int, _ text: String) { self.init(offset..<offset, by: text) }
}

extension [UInt8] {
  /// The bytes after some replacements, which come in order and do not overlap.
  func applying(_ replacements: [TextReplacement]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count + replacements.reduce(0) { $0 + $1.bytes.count })
    var done = 0
    for replacement in replacements {
      result += self[done..<replacement.range.lowerBound]
      result += replacement.bytes
      done = replacement.range.upperBound
    }
    return result + self[done...]
  }
}
