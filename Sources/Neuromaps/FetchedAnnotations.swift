public import Dataset

/// Where the files of fetched maps are.
public enum FetchedAnnotations: Hashable, Sendable {
  /// Absolute paths of one map's files: left and right hemisphere, in this order, or one volume.
  case single([String])
  /// The same of each of several maps, by name.
  case several([AnnotationID: [String]])

  /// Every path: map by map in the order of their names, left before right.
  public var paths: [String] {
    switch self {
    case .single(let paths): paths
    case .several(let maps): maps.sorted { $0.key < $1.key }.flatMap(\.value)
    }
  }

  /// The paths of a map by its name; nil if it is not among several, or if there is only one.
  public subscript(id: AnnotationID) -> [String]? {
    if case .several(let maps) = self { maps[id] } else { nil }
  }
}
