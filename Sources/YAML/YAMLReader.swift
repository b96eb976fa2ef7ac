internal import Diagnostics

/// Reads one YAML document into nodes and reports everything that is refused on the way.
///
/// Refused, wherever they stand: bytes that are not UTF-8, tabs outside of comments, anchors,
/// aliases and tags, keys that are no text or stand twice, a second document, nesting deeper
/// than `YAMLDialect.depthLimit`, files larger than the dialect allows. Reading goes on after each
/// of them, so that one run shows all; only what libyaml itself cannot read ends it.
package enum YAMLReader {
  /// The root of the document; nil when there is none to work with. An empty document is a null.
  package static func read(_ problems: inout YAMLProblems) -> YAMLNode? {
    let source = problems.source
    guard source.bytes.count <= problems.dialect.byteLimit else {
      let limit = problems.dialect.byteLimit / (1 << 20)
      problems.syntax(
        "the \(problems.dialect.noun) has \(source.bytes.count) bytes; at most \(limit) MiB are read",
        at: SourceSpan(line: 1, column: 1))
      return nil
    }
    var commentTabs: [SourcePosition] = []
    let bytes = sanitized(&problems, &commentTabs)
    return bytes.withUnsafeBufferPointer { buffer in
      var composer = Composer(parser: LibYAMLParser(buffer), problems: problems, commentTabs: commentTabs)
      defer { problems = composer.problems }
      return composer.document()
    }
  }

  /// The bytes with every tab and every byte that is not UTF-8 replaced by one that libyaml reads,
  /// so that columns stay as they are; each is reported.
  ///
  /// Tabs that seem to be in comments stay; `commentTabs` has the first of each line, for the composer
  /// to find those that a quoted `#` hid.
  private static func sanitized(_ problems: inout YAMLProblems, _ commentTabs: inout [SourcePosition]) -> [UInt8] {
    var bytes = problems.source.bytes
    if bytes.contains(UInt8(ascii: "\t")) { replaceTabs(&bytes, &problems, &commentTabs) }
    if bytes.contains(where: { $0 >= 0x80 }) { replaceBadUTF8(&bytes, &problems) }
    return bytes
  }

  private static func replaceTabs(
    _ bytes: inout [UInt8], _ problems: inout YAMLProblems, _ commentTabs: inout [SourcePosition]
  ) {
    var isInComment = false
    var lastReported = -1
    var (line, lineStart) = (1, 0)
    for index in bytes.indices {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        isInComment = false
        (line, lineStart) = (line + 1, index + 1)
      // Some files have no other break of lines.
      case UInt8(ascii: "\r"): isInComment = false
      case UInt8(ascii: "#"):
        let before = index > 0 ? bytes[index - 1] : UInt8(ascii: "\n")
        if " \t\n\r".utf8.contains(before) { isInComment = true }
      case UInt8(ascii: "\t") where !isInComment:
        bytes[index] = UInt8(ascii: " ")
        guard line != lastReported else { continue }
        lastReported = line
        problems.syntax(
          "a tab; YAML is indented with spaces", at: span(problems, line, lineStart, index),
          hints: ["replace it by spaces"])
      case UInt8(ascii: "\t") where line != commentTabs.last?.line:
        commentTabs.append(span(problems, line, lineStart, index).start)
      default: continue
      }
    }
  }

  private static func replaceBadUTF8(_ bytes: inout [UInt8], _ problems: inout YAMLProblems) {
    var (line, lineStart, index) = (1, 0, 0)
    while index < bytes.count {
      let length = sequenceLength(bytes, at: index)
      if bytes[index] == UInt8(ascii: "\n") { (line, lineStart) = (line + 1, index + 1) }
      if length == 0 {
        let digits = String(bytes[index], radix: 16)
        problems.syntax(
          "the byte 0x\(digits) is not UTF-8", at: span(problems, line, lineStart, index),
          hints: ["save the file as UTF-8"])
        bytes[index] = UInt8(ascii: "_")
      }
      index += max(1, length)
    }
  }

  /// One character of a line; its column is counted only while anyone will read it.
  private static func span(_ problems: YAMLProblems, _ line: Int, _ lineStart: Int, _ index: Int) -> SourceSpan {
    guard !problems.isFull else { return SourceSpan(line: line, column: 1) }
    let before = String(decoding: problems.source.bytes[lineStart..<index], as: UTF8.self)
    return SourceSpan(line: line, column: before.unicodeScalars.count + 1)
  }

  /// Bytes of the valid UTF-8 sequence at `index`; 0 when there is none (RFC 3629, table 3-7 of Unicode).
  private static func sequenceLength(_ bytes: [UInt8], at index: Int) -> Int {
    let first = bytes[index]
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0x00...0x7f: (1, 0...0)
      case 0xc2...0xdf: (2, 0x80...0xbf)
      case 0xe0: (3, 0xa0...0xbf)
      case 0xe1...0xec, 0xee...0xef: (3, 0x80...0xbf)
      case 0xed: (3, 0x80...0x9f)
      case 0xf0: (4, 0x90...0xbf)
      case 0xf1...0xf3: (4, 0x80...0xbf)
      case 0xf4: (4, 0x80...0x8f)
      default: (0, 0...0)
      }
    guard length > 1 else { return length }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    return bytes[(index + 2)..<(index + length)].allSatisfy { (0x80...0xbf).contains($0) } ? length : 0
  }
}
