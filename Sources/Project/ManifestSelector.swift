public import Catalog
internal import Dataset
public import Diagnostics

/// A selector of a manifest: every key must match.
public struct ManifestSelector: Sendable {
  /// The values of each key, in order, with their places.
  public let values: [MapQuery.Key: [ManifestValue]]
  /// Whether restricted maps are wanted too.
  public let includesRestricted: Bool
  /// Maps that are not wanted although they match, with their places.
  public let exclude: [(pattern: MapPattern, span: SourceSpan)]

  /// What it asks the catalogs.
  public var query: MapQuery {
    MapQuery(values.mapValues { $0.map(\.glob) }, includesRestricted: includesRestricted)
  }

  /// Whether a map is not wanted although it matches.
  func excludes(_ id: AnnotationID) -> Bool { exclude.contains { $0.pattern.matches(id) } }

  /// Whether it can have selected a map when that was locked: all matches that a lock tells of.
  func mayHaveSelected(_ map: LockedMap) -> Bool {
    let (id, query) = (map.id, query)
    func hasMatch(_ key: MapQuery.Key, _ value: String) -> Bool {
      query.patterns[key].map { globs in globs.contains { $0.matches(value) } } ?? true
    }
    return hasMatch(.source, id.source) && hasMatch(.desc, id.desc) && hasMatch(.space, id.space)
      && query.matches(id.sampling) && hasMatch(.format, id.sampling.format.rawValue)
      && hasMatch(.license, map.license ?? LockReader.unknownLicense) && hasMatch(.catalog, map.catalog)
      && (includesRestricted || !map.isRestricted) && !excludes(id)
  }

  var normalForm: String {
    var fields = values.map { key, values in (key.rawValue, list(values.map(\.glob.text))) }
    if includesRestricted { fields.append(("restricted", "true")) }
    if !exclude.isEmpty { fields.append(("exclude", list(exclude.map(\.pattern.description)))) }
    let sorted = fields.sorted { precedes($0.0, $1.0) }.map { "\($0.0): \($0.1)" }
    return "{\(sorted.joined(separator: ", "))}"
  }

  private func list(_ words: [String]) -> String {
    "[\(Set(words).sorted(by: precedes).map(NormalForm.word).joined(separator: ", "))]"
  }
}
