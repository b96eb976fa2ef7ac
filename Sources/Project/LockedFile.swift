public import Dataset

/// A file that a lock pins.
public struct LockedFile: Hashable, Sendable {
  /// Where it belongs below the data directory.
  public let path: DatasetPath
  /// The map it is part of.
  public let map: AnnotationID
  /// Where it comes from.
  public let origin: Origin
  /// What its bytes are.
  public var checksums: Checksums

  /// A file of a map.
  package init(path: DatasetPath, map: AnnotationID, origin: Origin, checksums: Checksums) {
    self.path = path
    self.map = map
    self.origin = origin
    self.checksums = checksums
  }
}
