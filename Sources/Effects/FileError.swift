package import SystemPackage

/// An operation on a file that the operating system refused.
package struct FileError: Error, Hashable, Sendable {
  /// What was tried, as a sentence uses it: "cannot read …".
  package enum Operation: String, Hashable, Sendable {
    /// Looking a path up.
    case look = "look at"
    /// Reading content or a folder.
    case read
    /// Writing content.
    case write
    /// Making a file or a folder.
    case create
    /// Moving a finished file to its name.
    case place
    /// Removing a file.
    case remove
    /// Making sure that the disk has it.
    case flush
    /// Making a reflink or another name.
    case share = "make a link or a reflink at"
    /// Keeping others away.
    case lock
  }

  /// What was tried.
  package let operation: Operation
  /// On which path.
  package let path: FilePath
  /// Why not.
  package let reason: Errno

  /// An error.
  package init(_ operation: Operation, _ path: FilePath, _ reason: Errno) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// The same error, of a draft, told of the file that the draft was to become.
  package func naming(_ target: FilePath) -> FileError { FileError(operation, target, reason) }

  /// Whether the disk, or the user's share of it, is full.
  package var isFull: Bool { reason == .noSpace || reason == .diskQuotaExceeded }
}
