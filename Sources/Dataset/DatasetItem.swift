/// What can be wanted as a whole: a map or an atlas.
public enum DatasetItem: Hashable, Sendable {
  /// An annotation.
  case map(AnnotationID)
  /// A template, whose files come in one archive.
  case atlas(AtlasID)

  /// The word that says which of the two it is: `map` or `atlas`.
  public var kind: String {
    switch self {
    case .map: "map"
    case .atlas: "atlas"
    }
  }
}

extension DatasetItem: CustomStringConvertible {
  /// Its name, as in a manifest.
  public var description: String {
    switch self {
    case .map(let id): id.description
    case .atlas(let id): id.description
    }
  }
}

extension DatasetItem: Comparable {
  /// Maps before atlases, each in the order of their names.
  public static func < (a: DatasetItem, b: DatasetItem) -> Bool {
    switch (a, b) {
    case (.map(let x), .map(let y)): x < y
    case (.atlas(let x), .atlas(let y)): x < y
    case (.map, .atlas): true
    case (.atlas, .map): false
    }
  }
}
