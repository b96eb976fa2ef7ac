public import Dataset

/// What a lock says of the bytes of a file, or of the archive of an atlas.
public struct LockPin: Hashable, Sendable {
  /// Where they come from; nil for a member of an archive.
  public let origin: Origin?
  /// What they are; nil for a member of an archive that has not been unpacked yet.
  public let checksums: Checksums?

  /// Whether the other can be of the same bytes, had from the same place. What only one of them knows of the bytes
  /// does not count.
  func agrees(with other: LockPin) -> Bool {
    guard origin == other.origin else { return false }
    guard let own = checksums, let others = other.checksums else { return true }
    return own.agrees(with: others)
  }
}
