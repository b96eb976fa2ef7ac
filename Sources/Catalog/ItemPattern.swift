public import Dataset

/// The name of a map or an atlas, any part of which may be a pattern.
public enum ItemPattern: Hashable, Sendable {
  /// Of maps: four parts.
  case map(MapPattern)
  /// Of atlases: the whole name, `fsLR/32k` or `regfusion`.
  case atlas(Glob)

  /// Reads `source/desc/space/den-or-res`, `atlas/den-or-res` or `atlas`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.slashParts
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    switch parts.count {
    case 1, 2: self = .atlas(Glob(text))
    default:
      guard let pattern = MapPattern(text) else { return nil }
      self = .map(pattern)
    }
  }

  /// Whether it matches the map or atlas of that name.
  public func matches(_ item: DatasetItem) -> Bool {
    switch (self, item) {
    case (.map(let pattern), .map(let id)): pattern.matches(id)
    case (.atlas(let pattern), .atlas(let id)): pattern.matches(id.description)
    case (.map, .atlas), (.atlas, .map), (_, .dataset): false
    }
  }
}

extension ItemPattern: CustomStringConvertible {
  /// As written.
  public var description: String {
    switch self {
    case .map(let pattern): pattern.description
    case .atlas(let pattern): pattern.description
    }
  }
}
