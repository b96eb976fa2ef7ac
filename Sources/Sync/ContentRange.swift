/// The field `Content-Range` of an answer with a part of a file: `bytes 500-999/1000`.
struct ContentRange: Hashable {
  /// The first byte, from 0.
  let first: Int64
  /// The last byte.
  let last: Int64
  /// Bytes of the whole; nil where the server does not tell.
  let total: Int64?

  /// Nil for anything but one range of bytes that lies within the whole.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let halves = words[1].split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    let bounds = halves[0].split(separator: "-", omittingEmptySubsequences: false).map { Int64($0) ?? -1 }
    guard bounds.count == 2, bounds[0] >= 0, bounds[1] >= bounds[0] else { return nil }
    let total = Int64(halves[1])
    guard halves[1] == "*" || total.map({ $0 > bounds[1] }) == true else { return nil }
    (first, last, self.total) = (bounds[0], bounds[1], total)
  }

  /// Whether it is the rest of a file of `size` bytes (nil: of any size) from `count` bytes on.
  func continues(_ count: Int64, of size: Int64?) -> Bool {
    guard first == count, let whole = size ?? total else { return false }
    return last == whole - 1 && (total == nil || total == whole)
  }
}
