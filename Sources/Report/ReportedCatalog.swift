package import Dataset

/// A list of maps that the lock was made from.
package struct ReportedCatalog: Sendable {
  /// Its name in the lock.
  package var name: String
  /// As it calls itself.
  package var revision: String?
  /// Of its file.
  package var sha256: SHA256Digest?

  /// A catalog of that name.
  package init(name: String, revision: String? = nil, sha256: SHA256Digest? = nil) {
    self.name = name
    self.revision = revision
    self.sha256 = sha256
  }
}
