package import SystemPackage

/// A file being written under a name that nobody looks for, until it is published or discarded.
package struct Draft: Hashable, Sendable {
  /// Where it is for now.
  package let path: FilePath
  /// The open file, for the filesystem that made it.
  package let descriptor: Int32

  /// A draft that a filesystem opened.
  package init(path: FilePath, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }
}
