/// What a file belongs to: a map or an atlas, which can be wanted as a whole, or the dataset itself.
public enum DatasetItem: Hashable, Sendable {
  /// An annotation.
  case map(AnnotationID)
  /// A template, whose files come in one archive.
  case atlas(AtlasID)
  /// The data directory as a whole, which files describe.
  case dataset

  /// The word that says what it is: `map`, `atlas` or `dataset`.
  public var kind: String {
    switch self {
    case .map: "map"
    case .atlas: "atlas"
    case .dataset: "dataset"
    }
  }
}

extension DatasetItem: CustomStringConvertible {
  /// Its name, as in a manifest.
  public var description: String {
    switch self {
    case .map(let id): id.description
    case .atlas(let id): id.description
    case .dataset: "dataset"
    }
  }
}

extension DatasetItem: Comparable {
  /// Maps before atlases, each in the order of their names, the dataset last.
  public static func < (a: DatasetItem, b: DatasetItem) -> Bool {
    switch (a, b) {
    case (.map(let x), .map(let y)): x < y
    case (.atlas(let x), .atlas(let y)): x < y
    case (.map, .atlas), (.map, .dataset), (.atlas, .dataset): true
    case (.atlas, .map), (.dataset, _): false
    }
  }
}
