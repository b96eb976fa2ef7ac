package import Catalog
internal import Diagnostics
internal import YAML

/// What an item of a manifest wants, wherever and however it is written.
package enum ManifestItem: Hashable, Sendable {
  /// A map, or those that match.
  case map(MapPattern)
  /// The maps that answer a query, but for some.
  case selector(MapQuery, exclude: [MapPattern])
  /// An atlas, or those that match.
  case atlas(Glob)

  /// What an entry wants.
  init(_ entry: ManifestEntry) {
    switch entry.form {
    case .tuple(let pattern, _): self = .map(pattern)
    case .selector(let selector): self = .selector(selector.query, exclude: selector.exclude.map(\.pattern))
    }
  }

  /// The list that it belongs to.
  package var list: ManifestList {
    switch self {
    case .map, .selector: .annotations
    case .atlas: .atlases
    }
  }

  /// The same for two items of a list that want the same.
  var normalForm: String {
    let nowhere = SourceSpan(line: 1, column: 1)
    switch self {
    case .map(let pattern): return ManifestEntry(form: .tuple(pattern, parts: []), span: nowhere).normalForm
    case .selector(let query, let exclude):
      let selector = ManifestSelector(
        values: query.patterns.mapValues { globs in globs.map { ManifestValue(glob: $0, span: nowhere) } },
        includesRestricted: query.includesRestricted, exclude: exclude.map { (pattern: $0, span: nowhere) })
      return selector.normalForm
    case .atlas(let glob): return NormalForm.word(glob.text)
    }
  }

  /// Whether it wants a map or atlas that the other names, and names none itself.
  func covers(_ other: ManifestItem) -> Bool {
    switch (self, other) {
    case (.map(let pattern), .map(let name)): pattern.id == nil && name.id.map { pattern.matches($0) } ?? false
    case (.atlas(let pattern), .atlas(let name)):
      !pattern.isLiteral && name.isLiteral && pattern.matches(name.text)
    case (.map, _), (.selector, _), (.atlas, _): false
    }
  }

  // MARK: YAML

  /// The item of a list in block style, a line each.
  var lines: [String] {
    switch self {
    case .map(let pattern): ["- \(YAMLWriter.line(pattern.description))"]
    case .atlas(let glob): ["- \(YAMLWriter.line(glob.text))"]
    case .selector(let query, let exclude):
      Self.fields(query, exclude, YAMLWriter.line).enumerated().map { index, field in
        "\(index == 0 ? "-" : " ") \(field)"
      }
    }
  }

  /// The item of a list in flow style.
  var inline: String {
    switch self {
    case .map(let pattern): YAMLWriter.inline(pattern.description)
    case .atlas(let glob): YAMLWriter.inline(glob.text)
    case .selector(let query, let exclude):
      "{\(Self.fields(query, exclude, YAMLWriter.inline).joined(separator: ", "))}"
    }
  }

  private static func fields(
    _ query: MapQuery, _ exclude: [MapPattern], _ single: (String) -> String
  ) -> [String] {
    var fields = MapQuery.Key.allCases.compactMap { key -> String? in
      guard let texts = query.patterns[key]?.map(\.text) else { return nil }
      return "\(key.rawValue): \(texts.count == 1 ? single(texts[0]) : YAMLWriter.inline(texts))"
    }
    if query.includesRestricted { fields.append("restricted: true") }
    if !exclude.isEmpty { fields.append("exclude: \(YAMLWriter.inline(exclude.map(\.description)))") }
    return fields
  }
}

extension ManifestItem: CustomStringConvertible {
  /// As on the command line; a selector as within brackets.
  package var description: String {
    switch self {
    case .map(let pattern): pattern.description
    case .atlas(let glob): glob.text
    case .selector: inline
    }
  }
}
