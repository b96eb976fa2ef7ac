internal import Diagnostics
internal import YAML

/// Finds where new items go in a manifest: behind the last one, in the style of the list.
///
/// Every byte that is there stays, but for what stands for nothing: `[]`, `{}`, `null` and `~`.
struct ManifestInsertion {
  private let source: SourceText
  private let layout: YAMLLayout

  /// For insertions into a text.
  init(_ source: SourceText) {
    self.source = source
    layout = YAMLLayout(source)
  }

  /// What puts a piece where its keys say, `root` being all of the text.
  func replacements(_ piece: ManifestPiece, into root: YAMLNode) throws(ManifestObstacle) -> [TextReplacement] {
    guard case .field(let name, _) = piece, !root.isFlow, root.fields?.contains(where: { $0.name == name }) == false
    else { return try insert(piece, into: root) }
    return [insertion(of: piece.lines, indented: root.span.start.column - 1, at: endOfDocument(root))]
  }

  /// Behind the comments at the end, but before a line that ends the document.
  private func endOfDocument(_ root: YAMLNode) -> Int {
    let mark = Array("...".utf8)
    var start = layout.nextLine(after: layout.range(of: root).upperBound)
    while start < layout.bytes.count, !layout.bytes[start...].starts(with: mark) {
      start = layout.nextLine(after: start)
    }
    return start
  }

  /// Into a list or mapping that has something in it, or that is in brackets or braces.
  private func insert(
    _ piece: ManifestPiece, into collection: YAMLNode
  ) throws(ManifestObstacle) -> [TextReplacement] {
    if case .field(let name, let inner) = piece, let field = collection.fields?.first(where: { $0.name == name }) {
      return try insert(inner, behind: field, of: collection)
    }
    guard !collection.isFlow else { return try insertInline(piece, into: collection) }
    let next = layout.nextLine(after: layout.range(of: collection).upperBound)
    return [insertion(of: piece.lines, indented: collection.span.start.column - 1, at: next)]
  }

  /// Into the value of a key, which may be nothing yet.
  private func insert(
    _ piece: ManifestPiece, behind field: YAMLField, of mapping: YAMLNode
  ) throws(ManifestObstacle) -> [TextReplacement] {
    let value = field.value
    let isEmpty = value.isNull || value.items?.isEmpty == true || value.fields?.isEmpty == true
    guard isEmpty else { return try insert(piece, into: value) }
    if !mapping.isFlow, let stub = stub(of: field) {
      let below = layout.nextLine(after: stub.upperBound)
      let lines = insertion(of: piece.lines, indented: field.key.span.start.column + 1, at: below)
      return [TextReplacement(stub), lines]
    }
    guard layout.isBracketed(value) else { throw obstacle("`\(field.name)` has no value", field.key.span) }
    return try insertInline(piece, into: value)
  }

  /// What stands for nothing behind a key, if lines below the key can take its place.
  private func stub(of field: YAMLField) -> Range<Int>? {
    guard let colon = layout.colon(of: field) else { return nil }
    let start = colon + 1
    guard !field.lacksValue else { return layout.isLast(start) ? start..<start : nil }
    let value = layout.range(of: field.value)
    let end = value.upperBound
    guard layout.line(at: end) == layout.line(at: colon), layout.isLast(end) else { return nil }
    // A comment needs a blank before it.
    let isStuck = end < layout.bytes.count && layout.bytes[end] == UInt8(ascii: "#")
    return isStuck ? value : start..<end
  }

  // MARK: Lines

  private func insertion(of lines: [String], indented indentation: Int, at offset: Int) -> TextReplacement {
    let margin = String(repeating: " ", count: indentation)
    let lineBreak = lineBreak(before: offset)
    // A last line that nothing ends stays one.
    let isOpen = offset == layout.bytes.count && layout.lineBreak(endingAt: offset).isEmpty
    let bytes = lines.flatMap { line in
      let text = Array("\(margin)\(line)".utf8)
      return isOpen ? lineBreak + text : text + lineBreak
    }
    return TextReplacement(offset..<offset, bytes: bytes)
  }

  /// What ends the line before, or the one before that.
  private func lineBreak(before offset: Int) -> [UInt8] {
    let last = layout.lineBreak(endingAt: offset)
    let lineBreak = last.isEmpty ? layout.lineBreak(endingAt: layout.lineStart(at: offset)) : last
    let usual = ["\n", "\r\n", "\r"].map { Array($0.utf8) }
    return usual.contains(lineBreak) ? lineBreak : usual[0]
  }

  // MARK: Brackets

  private func insertInline(
    _ piece: ManifestPiece, into collection: YAMLNode
  ) throws(ManifestObstacle) -> [TextReplacement] {
    let range = layout.range(of: collection)
    guard layout.isBracketed(collection) else { throw obstacle("a pair stands here alone", collection.span) }
    let parts = try parts(of: collection)
    let text = piece.inline.joined(separator: ", ")
    guard let last = parts.last else { return [TextReplacement(at: range.lowerBound + 1, text)] }
    let end = last.range.upperBound
    let next = layout.nextToken(from: end)
    let hasComma = layout.bytes[next] == UInt8(ascii: ",")
    let isSpread =
      layout.line(at: range.upperBound - 1) > layout.line(at: end)
      && (!hasComma || layout.line(at: next) == layout.line(at: end))
    guard isSpread else { return [TextReplacement(at: end, ", \(text)")] }
    // The bracket closes further below, so each new item takes a line of its own.
    let line = layout.line(at: last.range.lowerBound)
    let column = parts.first { layout.line(at: $0.range.lowerBound) == line }?.column ?? last.column
    var lines = piece.inline.map { "\($0)," }
    if !hasComma { lines[lines.endIndex - 1].removeLast() }
    let below = insertion(of: lines, indented: column, at: layout.nextLine(after: end))
    return (hasComma ? [] : [TextReplacement(at: end, ",")]) + [below]
  }

  /// What stands between the commas, with the column, from 0, where each begins.
  private func parts(
    of collection: YAMLNode
  ) throws(ManifestObstacle) -> [(range: Range<Int>, column: Int)] {
    if let items = collection.items { return items.map { (layout.range(of: $0), $0.span.start.column - 1) } }
    let fields = collection.fields ?? []
    // A comma right behind a colon would be something else to libyaml.
    if let field = fields.last, field.lacksValue { throw obstacle("`\(field.name)` has no value", field.key.span) }
    return fields.map { field in
      let start = field.key.span.start
      return (layout.offset(of: start)..<layout.end(of: field), start.column - 1)
    }
  }

  private func obstacle(_ reason: String, _ span: SourceSpan) -> ManifestObstacle {
    ManifestObstacle(reason: reason, location: source.location(span))
  }
}
