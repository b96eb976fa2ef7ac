public import Dataset

/// A catalog as it was when a lock was made.
public struct LockedCatalog: Hashable, Sendable {
  /// Its name.
  public let name: String
  /// What it calls its state.
  public let revision: String
  /// Of its bytes.
  public let sha256: SHA256Digest
}
