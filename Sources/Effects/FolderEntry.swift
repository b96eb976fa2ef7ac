/// A name in a folder.
package struct FolderEntry: Hashable, Sendable {
  /// The name, which may be any that the filesystem allows.
  package let name: String
  /// Whether it is a folder; a link to one is none.
  package let isFolder: Bool

  /// An entry.
  package init(name: String, isFolder: Bool) {
    self.name = name
    self.isFolder = isFolder
  }
}
