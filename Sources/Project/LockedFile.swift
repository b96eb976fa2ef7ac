public import Dataset

/// A file that a lock pins.
public struct LockedFile: Hashable, Sendable {
  /// How its bytes are bound, and where they come from.
  public enum Content: Hashable, Sendable {
    /// Downloaded as it is.
    case download(Origin, Checksums)
    /// A member of its atlas's archive, which binds its bytes; nil until it has been unpacked once.
    case member(Checksums?)
    /// Metadata: written from what the lock says, so that no lock has it.
    case text([UInt8], Checksums)
  }

  /// Where it belongs below the data directory.
  public let path: DatasetPath
  /// The map or atlas it is part of.
  public let item: DatasetItem
  /// How its bytes are bound, and where they come from.
  public private(set) var content: Content

  /// A file of a map.
  package init(path: DatasetPath, map: AnnotationID, origin: Origin, checksums: Checksums) {
    self.path = path
    item = .map(map)
    content = .download(origin, checksums)
  }

  /// A member of the archive of an atlas.
  package init(path: DatasetPath, atlas: AtlasID, checksums: Checksums?) {
    self.path = path
    item = .atlas(atlas)
    content = .member(checksums)
  }

  /// Metadata of a map, or of the dataset as a whole.
  package init(path: DatasetPath, map: AnnotationID?, text: [UInt8], checksums: Checksums) {
    self.path = path
    item = map.map(DatasetItem.map) ?? .dataset
    content = .text(text, checksums)
  }

  /// Whether it describes maps, and is none of their files.
  public var isMetadata: Bool { if case .text = content { true } else { false } }

  /// What its bytes are; nil for a member of an archive that has not been unpacked yet.
  public var checksums: Checksums? {
    switch content {
    case .download(_, let checksums): checksums
    case .member(let checksums): checksums
    case .text(_, let checksums): checksums
    }
  }

  /// Where it comes from; nil for a member of an archive, and for metadata.
  public var origin: Origin? {
    if case .download(let origin, _) = content { origin } else { nil }
  }

  /// This with what has been learned of its bytes; unchanged if that is of other bytes.
  package func completed(by known: Checksums) -> LockedFile {
    var copy = self
    switch content {
    case .download(let origin, let checksums):
      guard known.agrees(with: checksums) else { return self }
      copy.content = .download(origin, checksums.completed(by: known))
    case .member(let checksums?):
      guard known.agrees(with: checksums) else { return self }
      copy.content = .member(checksums.completed(by: known))
    case .member(nil): copy.content = .member(known)
    case .text: break
    }
    return copy
  }

  /// This pin with the version on OSF that has its bytes; unchanged if that has others.
  package func pinned(to version: OSFVersion) -> LockedFile {
    guard case .download(let origin, let checksums) = content, let pinned = origin.pinned(to: version, of: checksums)
    else { return self }
    var copy = self
    copy.content = .download(pinned, checksums.completed(by: version.checksums))
    return copy
  }

  /// This pin, had from where the catalog has the same bytes now; a version pinned on OSF stays.
  func following(_ present: LockedFile) -> LockedFile {
    guard case .download(let origin, let checksums) = content,
      case .download(let newOrigin, let newChecksums) = present.content, checksums.agrees(with: newChecksums)
    else { return self }
    var copy = self
    copy.content = .download(origin.following(newOrigin), checksums)
    return copy
  }
}
