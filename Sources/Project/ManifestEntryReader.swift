internal import Catalog
internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads one item of `annotations`: a tuple as text or list, or a selector.
enum ManifestEntryReader {
  private static let tupleForm = "source/desc/space/den-or-res"

  /// The entry, or problems and nil.
  static func read(_ node: YAMLNode, _ problems: inout YAMLProblems) -> ManifestEntry? {
    switch node.content {
    case .scalar: readTuple(node, &problems)
    case .sequence(let items): readList(items, node, &problems)
    case .mapping: readSelector(node, &problems)
    }
  }

  private static func readTuple(_ node: YAMLNode, _ problems: inout YAMLProblems) -> ManifestEntry? {
    guard
      let pattern = problems.value(node, for: "an annotation", expected: "`\(tupleForm)`", { MapPattern($0) })
    else { return nil }
    return ManifestEntry(form: .tuple(pattern, parts: partSpans(of: pattern, in: node)), span: node.span)
  }

  private static func readList(
    _ items: [YAMLNode], _ node: YAMLNode, _ problems: inout YAMLProblems
  ) -> ManifestEntry? {
    guard items.count == 4 else {
      problems.wrongValue(
        "a tuple has four parts, not \(items.count)", at: node, hints: ["write `[source, desc, space, den-or-res]`"])
      return nil
    }
    let parts = items.compactMap { problems.text($0, for: "each part of a tuple") }
    guard parts.count == 4 else { return nil }
    guard let pattern = MapPattern(parts: parts), !parts.contains(where: \.hasSlash) else {
      problems.wrongValue("the parts of a tuple are not empty and have no `/`", at: node)
      return nil
    }
    return ManifestEntry(form: .tuple(pattern, parts: items.map(\.span)), span: node.span)
  }

  /// Where each part of `a/b/c/d` stands; the whole for one that is quoted or broken over lines.
  private static func partSpans(of pattern: MapPattern, in node: YAMLNode) -> [SourceSpan] {
    guard case .scalar(_, isPlain: true) = node.content, node.span.start.line == node.span.end.line else {
      return pattern.parts.map { _ in node.span }
    }
    var column = node.span.start.column
    return pattern.parts.map { part in
      let length = part.text.unicodeScalars.count
      defer { column += length + 1 }
      let line = node.span.start.line
      return SourceSpan(SourcePosition(line: line, column: column), SourcePosition(line: line, column: column + length))
    }
  }

  private static func readSelector(_ node: YAMLNode, _ problems: inout YAMLProblems) -> ManifestEntry? {
    let known = MapQuery.Key.allCases.map(\.rawValue) + ["restricted", "exclude"]
    guard let fields = YAMLFields(node, of: "a selector", known: known, &problems) else { return nil }
    let before = problems.count
    var values: [MapQuery.Key: [ManifestValue]] = [:]
    for key in MapQuery.Key.allCases {
      guard let value = fields[key.rawValue] else { continue }
      values[key] = readValues(value, of: key, &problems)
    }
    let exclude = (fields["exclude"].flatMap { problems.list($0, for: "`exclude`") } ?? []).compactMap { item in
      problems.value(item, for: "each of `exclude`", expected: "`\(tupleForm)`") { MapPattern($0) }
        .map { (pattern: $0, span: item.span) }
    }
    let restricted = fields["restricted"].flatMap { problems.bool($0, for: "`restricted`") }
    // A value that could not be read is no reason to say that the rest matches nothing.
    guard problems.count == before else { return nil }
    if values.isEmpty {
      guard node.fields?.allSatisfy({ known.contains($0.name) }) == true else { return nil }
      problems.wrongValue(
        "a selector must say what it selects", at: node, hints: ["`{source: all}` selects everything"])
      return nil
    }
    let selector = ManifestSelector(values: values, includesRestricted: restricted ?? false, exclude: exclude)
    return ManifestEntry(form: .selector(selector), span: node.span)
  }

  /// One value, or a list of them.
  private static func readValues(
    _ node: YAMLNode, of key: MapQuery.Key, _ problems: inout YAMLProblems
  ) -> [ManifestValue] {
    guard let items = node.items else {
      return problems.text(node, for: "`\(key.rawValue)`").map { [ManifestValue(glob: Glob($0), span: node.span)] }
        ?? []
    }
    if items.isEmpty { problems.wrongValue("`\(key.rawValue)` lists nothing, so nothing could match", at: node) }
    return items.compactMap { item in
      problems.text(item, for: "each of `\(key.rawValue)`").map { ManifestValue(glob: Glob($0), span: item.span) }
    }
  }
}
