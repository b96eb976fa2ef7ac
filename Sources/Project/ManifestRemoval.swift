internal import Diagnostics
internal import YAML

/// Finds what goes from a manifest with an item: its lines with the comments at their ends, or its part of a line with
/// a comma.
///
/// A line with nothing but a comment stays, even within the item.
struct ManifestRemoval {
  private let source: SourceText
  private let layout: YAMLLayout

  /// For removals from a text.
  init(_ source: SourceText) {
    self.source = source
    layout = YAMLLayout(source)
  }

  /// What takes an item out of a list; a list that loses its last becomes `[]`.
  ///
  /// - Parameter field: the key that has the list.
  func replacements(
    removing index: Int, of list: YAMLNode, in field: YAMLField
  ) throws(ManifestObstacle) -> [TextReplacement] {
    guard let items = list.items, items.indices.contains(index) else {
      throw obstacle("there is no such item", field.key.span)
    }
    return list.isFlow ? try removeInline(index, of: items) : try removeLines(index, of: items, list, field)
  }

  // MARK: Lines

  private func removeLines(
    _ index: Int, of items: [YAMLNode], _ list: YAMLNode, _ field: YAMLField
  ) throws(ManifestObstacle) -> [TextReplacement] {
    let item = items[index]
    let end = layout.range(of: item).upperBound
    let dash =
      index == 0
      ? layout.offset(of: list.span.start) : layout.nextToken(from: layout.range(of: items[index - 1]).upperBound)
    guard dash < end, layout.bytes[dash] == UInt8(ascii: "-"), layout.isFirst(dash), layout.isLast(end) else {
      throw obstacle("the item shares its lines with something else", item.span)
    }
    let lines = lines(dash..<end, of: item)
    guard items.count == 1 else { return lines }
    guard let colon = layout.colon(of: field) else {
      throw obstacle("the colon of `\(field.name)` stands on another line", field.key.span)
    }
    return [TextReplacement(at: colon + 1, " []")] + lines
  }

  /// What goes with the lines of an item.
  private func lines(_ range: Range<Int>, of item: YAMLNode) -> [TextReplacement] {
    let comments = Set(commentLines(range, of: item))
    var removed: [Range<Int>] = []
    for line in layout.line(at: range.lowerBound)...layout.line(at: range.upperBound) where !comments.contains(line) {
      let (start, end) = (layout.start(ofLine: line), layout.start(ofLine: line + 1))
      if let last = removed.last, last.upperBound == start {
        removed[removed.endIndex - 1] = last.lowerBound..<end
      } else {
        removed.append(start..<end)
      }
    }
    // If nothing ends the last line, nothing is to end the one that becomes the last.
    let end = layout.bytes.count
    if let last = removed.last, last.upperBound == end, layout.lineBreak(endingAt: end).isEmpty {
      let lineBreak = layout.lineBreak(endingAt: last.lowerBound)
      removed[removed.endIndex - 1] = (last.lowerBound - lineBreak.count)..<last.upperBound
    }
    return removed.map { TextReplacement($0) }
  }

  /// The lines within an item that are comments alone, by number.
  private func commentLines(_ range: Range<Int>, of item: YAMLNode) -> [Int] {
    let texts = textLines(of: item)
    return (layout.line(at: range.lowerBound)...layout.line(at: range.upperBound)).filter { line in
      layout.hasOnlyComment(line: line) && !texts.contains { $0.contains(line) }
    }
  }

  /// Lines that begin within a text, where a `#` begins no comment.
  private func textLines(of node: YAMLNode) -> [ClosedRange<Int>] {
    switch node.content {
    case .scalar:
      let range = layout.range(of: node)
      let (first, last) = (layout.line(at: range.lowerBound), layout.line(at: range.upperBound))
      return last > first ? [(first + 1)...last] : []
    case .sequence(let items): return items.flatMap { textLines(of: $0) }
    case .mapping(let fields): return fields.flatMap { textLines(of: $0.value) }
    }
  }

  // MARK: Brackets

  private func removeInline(_ index: Int, of items: [YAMLNode]) throws(ManifestObstacle) -> [TextReplacement] {
    let item = items[index]
    let range = layout.range(of: item)
    let next = layout.nextToken(from: range.upperBound)
    let comma = layout.bytes[next] == UInt8(ascii: ",") ? next : nil
    if let comma, comma == layout.skippingBlanks(from: range.upperBound) {
      return try take(range.lowerBound..<(comma + 1), of: item)
    }
    guard index > 0 else {
      return try take(range, of: item) + (comma.map { [TextReplacement($0..<($0 + 1))] } ?? [])
    }
    let before = layout.nextToken(from: layout.range(of: items[index - 1]).upperBound)
    guard layout.bytes[before] == UInt8(ascii: ",") else {
      throw obstacle("the comma before the item is not where it should be", item.span)
    }
    if layout.skippingBlanks(from: before + 1) == range.lowerBound {
      return try take(before..<range.upperBound, of: item)
    }
    return [TextReplacement(before..<(before + 1))] + (try take(range, of: item))
  }

  /// What goes with an item and a comma beside it: whole lines if nothing else is on them.
  private func take(_ range: Range<Int>, of item: YAMLNode) throws(ManifestObstacle) -> [TextReplacement] {
    var (start, end) = (range.lowerBound, range.upperBound)
    if layout.isFirst(start), layout.isLast(end) { return lines(range, of: item) }
    guard commentLines(range, of: item).isEmpty else {
      throw obstacle("a comment would be lost within the item", item.span)
    }
    guard layout.bytes[start] != UInt8(ascii: ",") else { return [TextReplacement(range)] }
    let next = layout.skippingBlanks(from: end)
    if !layout.isLast(end), next > end {
      end = next
    } else if next == end || next == layout.bytes.count || layout.bytes[next] != UInt8(ascii: "#") {
      start = layout.skippingBlanksBack(from: start)
    }
    return [TextReplacement(start..<end)]
  }

  private func obstacle(_ reason: String, _ span: SourceSpan) -> ManifestObstacle {
    ManifestObstacle(reason: reason, location: source.location(span))
  }
}
