/// What the filesystem knows of a path, links followed.
package struct FileStatus: Hashable, Sendable {
  /// What is there.
  package enum Kind: Hashable, Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A device, a socket, a link that leads nowhere.
    case other
  }

  /// What is there.
  package let kind: Kind
  /// Bytes.
  package let size: Int64
  /// Last change of the content, in nanoseconds since 1970.
  package let modified: Int64
  /// Last change of anything, the name included, in nanoseconds since 1970.
  package let changed: Int64
  /// The number of the file in its filesystem.
  package let inode: UInt64

  /// Whether it is the same file with the same content as far as can be told, whatever names it was given or lost
  /// since: those move the time of any change.
  package func hasContent(of other: FileStatus) -> Bool {
    inode == other.inode && size == other.size && modified == other.modified
  }

  /// A status.
  package init(kind: Kind, size: Int64, modified: Int64, changed: Int64, inode: UInt64) {
    self.kind = kind
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
  }
}
