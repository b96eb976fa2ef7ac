/// The bytes of an answer: a range of a content, what is wrong with them, and what follows them.
struct AnswerBody: Sendable {
  /// Where the bytes are.
  var content: ServedContent

  /// Which of them are sent.
  var range: Range<Int>

  /// Offsets in the content whose byte is sent with all its bits inverted.
  var flipped: [Int] = []

  /// How many bytes that belong to no file follow.
  var excess = 0

  /// A range of a content.
  init(_ content: ServedContent, _ range: Range<Int>) {
    self.content = content
    self.range = range
  }

  /// All of some bytes in memory.
  init(_ bytes: [UInt8]) {
    self.init(.bytes(bytes), 0..<bytes.count)
  }

  /// How many bytes are sent in all.
  var count: Int { range.count + excess }
}
