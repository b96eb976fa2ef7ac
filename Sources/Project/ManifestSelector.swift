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
