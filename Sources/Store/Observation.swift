package import Dataset
package import Effects

/// What was found at the path of a locked file.
package enum Observation: Hashable, Sendable {
  /// Nothing.
  case missing
  /// The locked bytes; with all that is known of them, and the file's status when they were read.
  case matches(DataIndex.Entry)
  /// A file with other bytes; their size, and their checksums unless the size said enough.
  case differs(size: Int64, Checksums?)
  /// What a project placed there for an earlier lock, unchanged, and nobody wants any more.
  case outdated(Checksums)
  /// A file of this size, and nothing that is known to compare it with.
  case unverified(size: Int64)
  /// Something that cannot be read.
  case unreadable(FileError)
  /// A folder, a device, or a link that leads nowhere.
  case notAFile
}
