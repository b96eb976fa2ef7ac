internal import Catalog

/// What a keyword may be: one value or several, any of which will do.
///
/// Written as a literal: `source: "abagen"`, `space: ["fsaverage", "fsLR"]`. Values are exact; `*` and
/// `?` match as in file names, and `"all"` matches anything, as in the Python toolbox.
public struct Values: Hashable, Sendable {
  /// The values, in order.
  public let texts: [String]

  /// One value.
  public init(_ text: String) { texts = [text] }

  /// Several; none match nothing.
  public init(_ texts: some Sequence<String>) { self.texts = Array(texts) }
}

extension Values: ExpressibleByStringInterpolation {
  /// One value.
  public init(stringLiteral text: String) { self.init(text) }
}

extension Values: ExpressibleByArrayLiteral {
  /// Several values.
  public init(arrayLiteral texts: String...) { self.init(texts) }
}

extension MapQuery {
  /// A query from the keywords of the toolbox; nil matches anything.
  init(
    source: Values?, desc: Values?, space: Values?, den: Values?, res: Values?, hemi: Values?, tags: Values?,
    format: Values?, restricted: Bool
  ) {
    let given: [(Key, Values?)] = [
      (.source, source), (.desc, desc), (.space, space), (.den, den), (.res, res), (.hemi, hemi), (.tags, tags),
      (.format, format),
    ]
    self.init(includesRestricted: restricted)
    for (key, values) in given { patterns[key] = values.map { $0.texts.map(Glob.init) } }
  }
}
