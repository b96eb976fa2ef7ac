package import Catalog

/// Something that is drawn by itself.
package enum PictureSubject: Hashable, Sendable {
  /// The locked maps of that name or pattern.
  case maps(MapPattern)
  /// A file, wherever it lies.
  case file(String)

  /// Reads `source/desc/space/den-or-res`, or the path of an image by how it ends; nil for anything else.
  ///
  /// - Parameter text: as a person writes it.
  package init?(_ text: String) {
    if Self.stem(of: text) != nil {
      self = .file(text)
    } else if let pattern = MapPattern(text) {
      self = .maps(pattern)
    } else {
      return nil
    }
  }

  /// The path of an image without what says that it is one; nil for other paths.
  static func stem(of path: String) -> String? {
    for end in [".func.gii", ".shape.gii", ".gii", ".nii.gz", ".nii"] where path.hasSuffix(end) {
      return String(path.dropLast(end.count))
    }
    return nil
  }
}
