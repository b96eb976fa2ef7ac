public import Dataset

/// An archive of template surfaces or volumes.
public struct CatalogAtlas: Hashable, Sendable {
  /// `fsLR/32k`, `regfusion`.
  public let name: String
  /// The archive's file name.
  public let archive: String
  /// Where the archive comes from.
  public let origin: Origin
  /// What is known of the archive's bytes.
  public let checksums: Checksums
  /// The files that users get from it, below `atlases/<atlas>/`.
  public let members: [String]
}
