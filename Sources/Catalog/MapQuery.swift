public import Dataset

/// What to look for in catalogs: every key that is given must match, and any of its values may;
/// of `tags` all must.
///
/// `den` and `res` together mean either, and a value of the one finds the other, as in the
/// Python toolbox. `hemi` chooses files: maps without hemispheres do not match it.
public struct MapQuery: Hashable, Sendable {
  /// The keys that take patterns, by the names that manifest, command line and library share.
  public enum Key: String, CaseIterable, Hashable, Sendable {
    /// Who made it.
    case source
    /// What it shows.
    case desc
    /// The coordinate system.
    case space
    /// Vertices per hemisphere.
    case den
    /// Voxel size.
    case res
    /// Half of the cortex.
    case hemi
    /// Words; all of them must be there.
    case tags
    /// Surface or volume.
    case format
    /// The license's name, or `unknown`.
    case license
    /// The catalog's name.
    case catalog

    /// What a sentence calls one value of it.
    package var noun: String {
      switch self {
      case .den: "density"
      case .res: "resolution"
      case .hemi: "hemisphere"
      case .tags: "tag"
      default: rawValue
      }
    }
  }

  /// The patterns of each key that was given.
  public var patterns: [Key: [Glob]]
  /// Whether restricted maps are looked at.
  public var includesRestricted: Bool

  /// A query for everything that is not restricted, until patterns are added.
  public init(_ patterns: [Key: [Glob]] = [:], includesRestricted: Bool = false) {
    self.patterns = patterns
    self.includesRestricted = includesRestricted
  }

  /// The one map that the query names in full, if it names one.
  public var id: AnnotationID? {
    func literal(_ key: Key) -> String? {
      guard let globs = patterns[key], globs.count == 1, globs[0].isLiteral else { return nil }
      return globs[0].text
    }
    guard let source = literal(.source), let desc = literal(.desc), let space = literal(.space),
      let sampling = (literal(.den) ?? literal(.res)).flatMap({ Sampling($0) }),
      patterns[.den] == nil || patterns[.res] == nil
    else { return nil }
    return AnnotationID(source: source, desc: desc, space: space, sampling: sampling)
  }

  /// Whether a file of a map matches every key, restriction aside.
  public func matches(_ map: CatalogMap, _ file: CatalogFile, in catalog: String) -> Bool {
    matches(map, in: catalog) && hasMatch(.hemi, file.hemi.map { [$0.rawValue] } ?? [])
  }

  /// Whether a map matches every key but `hemi`.
  private func matches(_ map: CatalogMap, in catalog: String) -> Bool {
    let id = map.id
    return hasMatch(.source, [id.source]) && hasMatch(.desc, [id.desc]) && hasMatch(.space, [id.space])
      && matches(id.sampling) && hasMatch(.format, [map.format.rawValue])
      && hasMatch(.license, [map.license ?? "unknown"]) && hasMatch(.catalog, [catalog])
      && (patterns[.tags] ?? []).allSatisfy { tag in map.tags.contains { tag.matches($0) } }
  }

  private func hasMatch(_ key: Key, _ values: [String]) -> Bool {
    guard let globs = patterns[key] else { return true }
    return globs.contains { glob in values.contains { glob.matches($0) } }
  }

  /// Whether a density or resolution matches: a literal of either key finds either entity; a pattern finds only its
  /// own.
  package func matches(_ sampling: Sampling) -> Bool {
    guard patterns[.den] != nil || patterns[.res] != nil else { return true }
    let own = MapQuery.Key(rawValue: sampling.entity)
    return [Key.den, .res].contains { key in
      (patterns[key] ?? []).contains { $0.matches(sampling.label) && ($0.isLiteral || key == own) }
    }
  }
}
