package import SystemPackage

/// A draft with the name that it is to get.
package struct Publication: Hashable, Sendable {
  /// What has been written.
  package let draft: Draft
  /// Its final name.
  package let target: FilePath
  /// Whether what is at the target goes away; if not, `fileExists` is the error for it.
  package let replacing: Bool
  /// Whether nobody may write to the file.
  package let isReadOnly: Bool
  /// Whether it is checked before it is used, so that nobody waits for the disk to have it: a crash may
  /// leave it out, or a part of it in its place.
  package let isCache: Bool

  /// Whether its content is that of a file that is durable already, so that only the name is new.
  package let isLink: Bool
  /// When it shall seem to have been changed last, in nanoseconds since 1970; nil for when it was.
  package let modified: Int64?

  /// A draft that is to be published.
  package init(
    _ draft: Draft, as target: FilePath, replacing: Bool, isReadOnly: Bool = false, isCache: Bool = false,
    isLink: Bool = false, modified: Int64? = nil
  ) {
    self.draft = draft
    self.target = target
    self.replacing = replacing
    self.isReadOnly = isReadOnly
    self.isCache = isCache
    self.isLink = isLink
    self.modified = modified
  }
}
