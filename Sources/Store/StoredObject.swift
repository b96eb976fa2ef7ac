package import Dataset
package import SystemPackage

/// An object of the store: bytes under the name of their SHA-256.
package struct StoredObject: Hashable, Sendable {
  /// What its name says that its bytes are.
  package let checksums: Checksums
  /// The file.
  package let path: FilePath

  /// Whether nobody has written to it since it was hashed.
  package let isSealed: Bool

  /// An object of a store.
  package init(checksums: Checksums, path: FilePath, isSealed: Bool = false) {
    self.checksums = checksums
    self.path = path
    self.isSealed = isSealed
  }
}
