internal import Diagnostics

/// Builds nodes from events and reports what the events should not have.
struct Composer: ~Copyable {
  private var parser: LibYAMLParser
  private(set) var problems: YAMLProblems
  private var commentTabs: ArraySlice<SourcePosition>

  init(parser: consuming LibYAMLParser, problems: YAMLProblems, commentTabs: [SourcePosition]) {
    self.parser = parser
    self.problems = problems
    self.commentTabs = commentTabs[...]
  }

  /// A tab within a text was no comment's: a quoted `#` stands before it.
  private mutating func checkTabs(in span: SourceSpan) {
    commentTabs = commentTabs.drop { $0 < span.start }
    guard let tab = commentTabs.first, tab < span.end else { return }
    problems.syntax(
      "a tab; YAML is indented with spaces", at: SourceSpan(line: tab.line, column: tab.column),
      hints: ["replace it by spaces"])
  }

  private static let quoteStar = "a pattern that begins with `*` goes in quotes: `\"*/…\"`"

  /// Reading ended early; the reason has been reported.
  private struct Stop: Error {}

  /// The root node; nil when libyaml could not read the document to its end.
  mutating func document() -> YAMLNode? {
    do {
      var root: YAMLNode?
      while true {
        let mark = try next()
        switch mark.event {
        case .streamEnd:
          let start = SourcePosition(line: 1, column: 1)
          return root ?? YAMLNode(content: .scalar("", isPlain: true), span: SourceSpan(start, start))
        case .documentStart where root != nil:
          problems.syntax("a second document begins here; one file holds one", at: mark.span)
          return root
        case .streamStart, .documentStart, .documentEnd: continue
        default: root = try node(mark, depth: 0)
        }
      }
    } catch {
      return nil
    }
  }

  private mutating func next() throws(Stop) -> LibYAMLParser.Mark {
    do throws(LibYAMLParser.Failure) {
      return try parser.next()
    } catch {
      let start = error.byteOffset.map(problems.source.position(ofByte:)) ?? error.position
      let place = SourceSpan(line: start.line, column: start.column)
      if error.context?.hasSuffix("scanning an alias") == true {
        // libyaml points behind the star.
        let star = SourceSpan(line: start.line, column: max(1, start.column - 1))
        problems.syntax("a value that begins with `*`", at: star, hints: [Self.quoteStar])
      } else {
        problems.syntax("not YAML: \(error.problem)\(error.context.map { " (\($0))" } ?? "")", at: place)
      }
      throw Stop()
    }
  }

  private mutating func node(_ mark: LibYAMLParser.Mark, depth: Int) throws(Stop) -> YAMLNode {
    if mark.hasAnchor { problems.syntax("an anchor (`&`); write the value out where it is needed", at: mark.span) }
    if mark.hasTag { problems.syntax("a tag (`!`); values have no tags here", at: mark.span) }
    switch mark.event {
    case .sequenceStart where depth >= YAMLDialect.depthLimit, .mappingStart where depth >= YAMLDialect.depthLimit:
      problems.syntax("nested deeper than \(YAMLDialect.depthLimit) levels", at: mark.span)
      throw Stop()
    case .scalar(let text, let isPlain):
      if !isPlain { checkTabs(in: mark.span) }
      return YAMLNode(content: .scalar(text, isPlain: isPlain), span: mark.span)
    case .alias:
      problems.syntax(
        "an alias (`*`); write the value out where it is needed", at: mark.span,
        hints: [Self.quoteStar])
      return YAMLNode(content: .scalar("*", isPlain: false), span: mark.span)
    case .sequenceStart(let isFlow): return try sequence(mark, isFlow, depth: depth)
    case .mappingStart(let isFlow): return try mapping(mark, isFlow, depth: depth)
    // No value begins so.
    case .sequenceEnd, .mappingEnd, .documentStart, .documentEnd, .streamStart, .streamEnd: throw Stop()
    }
  }

  private mutating func sequence(
    _ start: LibYAMLParser.Mark, _ isFlow: Bool, depth: Int
  ) throws(Stop) -> YAMLNode {
    var items: [YAMLNode] = []
    while true {
      let mark = try next()
      if case .sequenceEnd = mark.event {
        return YAMLNode(content: .sequence(items), span: SourceSpan(start.span.start, mark.span.end), isFlow: isFlow)
      }
      items.append(try node(mark, depth: depth + 1))
    }
  }

  private mutating func mapping(
    _ start: LibYAMLParser.Mark, _ isFlow: Bool, depth: Int
  ) throws(Stop) -> YAMLNode {
    var fields: [YAMLField] = []
    var lines: [String: Int] = [:]
    while true {
      let mark = try next()
      if case .mappingEnd = mark.event {
        return YAMLNode(content: .mapping(fields), span: SourceSpan(start.span.start, mark.span.end), isFlow: isFlow)
      }
      let key = try node(mark, depth: depth + 1)
      let value = try node(try next(), depth: depth + 1)
      guard case .scalar(let name, _) = key.content else {
        problems.syntax("a key must be text", at: mark.span)
        continue
      }
      if let line = lines[name] {
        problems.add(
          problems.dialect.duplicateKey, "the key `\(name)` stands twice", at: key.span,
          notes: ["first on line \(line)"], hints: ["keep one of the two"])
        continue
      }
      lines[name] = key.span.start.line
      fields.append(YAMLField(key: key, value: value))
    }
  }
}
