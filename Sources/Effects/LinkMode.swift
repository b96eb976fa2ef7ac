/// How a file of the data directory is made of the store's.
package enum LinkMode: String, CaseIterable, Hashable, Sendable {
  /// A reflink where the filesystem has them, else a copy.
  case auto
  /// A file of its own that shares the store's blocks until either is written to.
  case reflink
  /// Another name of the store's file, which nobody may write to.
  case hardlink
  /// A file and blocks of its own.
  case copy
  /// A pointer to the store's file, which nobody may write to.
  case symlink

  /// Whether the file is the store's own, and lasts as long as it has been durable there.
  package var sharesFile: Bool { self == .hardlink || self == .symlink }
}
