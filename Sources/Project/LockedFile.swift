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

  /// This pin, had from where the catalog has the same bytes now; a version pinned on OSF stays.
  func following(_ present: LockedFile) -> LockedFile {
    guard checksums.agrees(with: present.checksums) else { return self }
    if case .osf(let own) = origin, case .osf(let other) = present.origin, own.text == other.text { return self }
    return LockedFile(path: path, map: map, origin: present.origin, checksums: checksums)
  }

  /// A file of a map.
  package init(path: DatasetPath, map: AnnotationID, origin: Origin, checksums: Checksums) {
    self.path = path
    self.map = map
    self.origin = origin
    self.checksums = checksums
  }
}
