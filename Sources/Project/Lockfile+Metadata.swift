/// A lock's files together with those that describe them.
extension Lockfile {
  /// The same lock with files of metadata beside its own; not to be written, as no lock has them.
  package func described(by metadata: [LockedFile]) -> Lockfile {
    guard !metadata.isEmpty else { return self }
    var copy = self
    copy.files = (files + metadata).sorted { $0.path < $1.path }
    return copy
  }
}
