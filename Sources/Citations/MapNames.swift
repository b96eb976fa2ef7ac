internal import Dataset

/// A list of maps in words.
struct MapNames {
  private let maps: [AnnotationID]
  private let most: Int?

  /// All of them, or at most so many, the rest counted.
  init(_ maps: [AnnotationID], most: Int?) {
    self.maps = maps
    self.most = most
  }

  /// `a`, `a, b`, or `a, b, c and 12 more`; each name made by `write`.
  func text(_ write: (String) -> String = { $0 }) -> String {
    // Never "and 1 more": the one would have taken no more room.
    guard let most, maps.count > most + 1 else { return maps.map { write($0.description) }.joined(separator: ", ") }
    return maps.prefix(most).map { write($0.description) }.joined(separator: ", ") + " and \(maps.count - most) more"
  }
}
