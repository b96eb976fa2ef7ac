public import Dataset

/// An archive of template surfaces or volumes.
public struct CatalogAtlas: Hashable, Sendable {
  /// Its name.
  public let id: AtlasID
  /// The archive's file name.
  public let archive: String
  /// Where the archive comes from.
  public let origin: Origin
  /// What is known of the archive's bytes.
  public let checksums: Checksums
  /// The files that users get from it, by where they belong: `atlases/<atlas>/<file>`.
  public let members: [DatasetPath]

  /// An archive.
  package init(id: AtlasID, archive: String, origin: Origin, checksums: Checksums, members: [DatasetPath]) {
    self.id = id
    self.archive = archive
    self.origin = origin
    self.checksums = checksums
    self.members = members
  }
}
