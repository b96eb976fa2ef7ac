package import Dataset
package import Project

/// Something to be downloaded: a file of a map, or the archive of an atlas.
package struct Download: Hashable, Sendable {
  /// What a message calls it: a file name.
  package let name: String
  /// The map or atlas it is for.
  package let item: DatasetItem
  /// Where a mirror has it.
  package let path: DatasetPath
  /// Where it comes from.
  package let origin: Origin
  /// What its bytes are.
  package let checksums: Checksums
  /// Whether its origin asks for a token.
  package let isRestricted: Bool

  /// A file of a map; nil for one that comes out of an archive.
  package init?(_ file: LockedFile, isRestricted: Bool) {
    guard case .download(let origin, let checksums) = file.content else { return nil }
    name = file.path.fileName
    item = file.item
    path = file.path
    self.origin = origin
    self.checksums = checksums
    self.isRestricted = isRestricted
  }

  /// The archive of an atlas; a mirror has it below `atlases/`.
  package init(_ atlas: LockedAtlas) {
    guard let path = DatasetPath("atlases/\(atlas.archive)") else {
      preconditionFailure("a lock has file names for archives")
    }
    name = atlas.archive
    item = .atlas(atlas.id)
    self.path = path
    origin = atlas.origin
    checksums = atlas.checksums
    isRestricted = false
  }
}
