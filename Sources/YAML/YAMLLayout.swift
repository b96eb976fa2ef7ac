package import Diagnostics

/// Which bytes of a text its lines and values take up, for who changes some of them and leaves the rest as it is.
///
/// Lines end where libyaml lets them end: at `\n`, `\r\n`, `\r`, U+0085, U+2028 and U+2029; it does not count a byte
/// order mark at the start. The nodes that are asked about are those of the text, which was read without a problem.
package struct YAMLLayout: Sendable {
  /// The text.
  package let bytes: [UInt8]
  /// Where each line begins.
  private let starts: [Int]

  /// The layout of a text.
  package init(_ source: SourceText) {
    bytes = source.bytes
    var starts = [bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0]
    var index = 0
    while index < bytes.count {
      let length = Self.breakLength(bytes, at: index)
      index += max(1, length)
      if length > 0 { starts.append(index) }
    }
    self.starts = starts
  }

  // MARK: Values

  /// Where a position of a node is; the end for one beyond it.
  package func offset(of position: SourcePosition) -> Int {
    guard position.line <= starts.count else { return bytes.count }
    var offset = starts[position.line - 1]
    for _ in 1..<position.column where offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xc0 == 0x80 { offset += 1 }
    }
    return offset
  }

  /// What a value takes up, without the blank lines and comments that libyaml counts to a value in block style.
  package func range(of node: YAMLNode) -> Range<Int> {
    let start = offset(of: node.span.start)
    return start..<max(start, end(of: node, from: start))
  }

  /// Where a field ends: behind its value, or behind its colon if it has none.
  package func end(of field: YAMLField) -> Int {
    guard field.lacksValue else { return range(of: field.value).upperBound }
    return colon(of: field).map { $0 + 1 } ?? offset(of: field.key.span.end)
  }

  /// Where the colon behind a key is; nil unless it is on the key's line.
  package func colon(of field: YAMLField) -> Int? {
    let index = skippingBlanks(from: offset(of: field.key.span.end))
    return index < bytes.count && bytes[index] == UInt8(ascii: ":") ? index : nil
  }

  /// Whether a list or mapping stands in brackets or braces.
  package func isBracketed(_ node: YAMLNode) -> Bool {
    let start = offset(of: node.span.start)
    return node.isFlow && start < bytes.count && "[{".utf8.contains(bytes[start])
  }

  private func end(of node: YAMLNode, from start: Int) -> Int {
    switch node.content {
    case .scalar:
      let end = offset(of: node.span.end)
      guard node.span.end.column == 1, node.span.end.line > node.span.start.line else { return end }
      // A text in block style; its mark is where the next line with anything on it begins.
      return skippingEmptyLinesBack(from: end)
    case .sequence(let items):
      if isBracketed(node) { return offset(of: node.span.end) }
      return items.last.map { range(of: $0).upperBound } ?? start
    case .mapping(let fields):
      if isBracketed(node) { return offset(of: node.span.end) }
      return fields.last.map { end(of: $0) } ?? start
    }
  }

  // MARK: Between values

  /// The next byte that is neither blank nor a break nor in a comment, for an offset that is in no value.
  package func nextToken(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "#") {
        index = lineEnd(at: index)
      } else {
        let length = isBlank(index) ? 1 : Self.breakLength(bytes, at: index)
        guard length > 0 else { break }
        index += length
      }
    }
    return index
  }

  /// The next byte on the line that is not blank; the break or the end if there is none.
  package func skippingBlanks(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count, isBlank(index) { index += 1 }
    return index
  }

  /// Where the blanks begin that end at an offset.
  package func skippingBlanksBack(from offset: Int) -> Int {
    var index = offset
    while index > 0, isBlank(index - 1) { index -= 1 }
    return index
  }

  private func skippingEmptyLinesBack(from offset: Int) -> Int {
    var index = offset
    while index > 0 {
      let length = isBlank(index - 1) ? 1 : lineBreak(endingAt: index).count
      guard length > 0 else { break }
      index -= length
    }
    return index
  }

  private func isBlank(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t")
  }

  // MARK: Lines

  /// The number of the line, from 0, that an offset is on.
  package func line(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// Where the line begins that an offset is on.
  package func lineStart(at offset: Int) -> Int { starts[line(at: offset)] }

  /// Where the text of the line ends that an offset is on, before the break.
  package func lineEnd(at offset: Int) -> Int {
    let next = nextLine(after: offset)
    return next - lineBreak(endingAt: next).count
  }

  /// Where the next line begins; the end of the text if there is none.
  package func nextLine(after offset: Int) -> Int {
    let next = line(at: offset) + 1
    return next < starts.count ? starts[next] : bytes.count
  }

  /// The break that ends at an offset; empty if none does.
  package func lineBreak(endingAt offset: Int) -> [UInt8] {
    for length in [3, 2, 1] where offset >= length && Self.breakLength(bytes, at: offset - length) == length {
      return Array(bytes[(offset - length)..<offset])
    }
    return []
  }

  /// Whether everything before an offset on its line is blank.
  package func isFirst(_ offset: Int) -> Bool { skippingBlanks(from: lineStart(at: offset)) >= offset }

  /// Whether nothing but a comment follows an offset on its line.
  package func isLast(_ offset: Int) -> Bool {
    let next = skippingBlanks(from: offset)
    return next == bytes.count || bytes[next] == UInt8(ascii: "#") || Self.breakLength(bytes, at: next) > 0
  }

  /// Whether nothing but a comment is on a line, given by its number from 0.
  package func hasOnlyComment(line: Int) -> Bool {
    let start = skippingBlanks(from: starts[line])
    return start < bytes.count && bytes[start] == UInt8(ascii: "#")
  }

  /// Where a line begins, given by its number from 0; the end for one beyond the last.
  package func start(ofLine line: Int) -> Int { line < starts.count ? starts[line] : bytes.count }

  /// Bytes of the break at an index; 0 if there is none.
  private static func breakLength(_ bytes: [UInt8], at index: Int) -> Int {
    func has(_ byte: UInt8, _ distance: Int) -> Bool {
      index + distance < bytes.count && bytes[index + distance] == byte
    }
    switch bytes[index] {
    case UInt8(ascii: "\n"): return 1
    case UInt8(ascii: "\r"): return has(UInt8(ascii: "\n"), 1) ? 2 : 1
    case 0xc2: return has(0x85, 1) ? 2 : 0
    case 0xe2: return has(0x80, 1) && (has(0xa8, 2) || has(0xa9, 2)) ? 3 : 0
    default: return 0
    }
  }
}

extension YAMLField {
  /// Whether nothing stands behind the colon.
  package var lacksValue: Bool {
    guard case .scalar("", isPlain: true) = value.content else { return false }
    return true
  }
}
