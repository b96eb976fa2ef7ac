/// The bytes of a file under the name a user knows it by.
public struct SourceText: Sendable {
  /// As in messages: `neuromaps.yaml`, relative to where the user is.
  public let name: String
  /// The content, as read.
  public let bytes: [UInt8]

  /// A text; the bytes may be anything.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The span with its line, for a diagnostic.
  public func location(_ span: SourceSpan) -> SourceLocation {
    SourceLocation(file: name, span: span, line: line(span.start.line))
  }

  /// The text of a line, from 1; empty beyond the end; cut after 1,000 bytes; bad UTF-8 repaired.
  ///
  /// Looks the line up by reading from the start: it is asked for a few times, when something is wrong.
  public func line(_ number: Int) -> String {
    var start = bytes.startIndex
    var left = number - 1
    while left > 0 {
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { return "" }
      start = end + 1
      left -= 1
    }
    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
    var line = bytes[start..<end].prefix(1000)
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return String(decoding: line, as: UTF8.self)
  }

  /// Where a byte stands.
  public func position(ofByte offset: Int) -> SourcePosition {
    let before = bytes[..<Swift.min(offset, bytes.endIndex)]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = before.reduce(into: 1) { count, byte in if byte == UInt8(ascii: "\n") { count += 1 } }
    let column = String(decoding: before[lineStart...], as: UTF8.self).unicodeScalars.count + 1
    return SourcePosition(line: line, column: column)
  }
}
