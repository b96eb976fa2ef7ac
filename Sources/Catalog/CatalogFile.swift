public import Dataset

/// One file of a map: where it comes from and what its bytes are.
public struct CatalogFile: Hashable, Sendable {
  /// The half of the cortex; nil for a volume.
  public let hemi: Hemisphere?
  /// Where it comes from.
  public let origin: Origin
  /// What is known of its bytes.
  public let checksums: Checksums

  /// A file.
  package init(hemi: Hemisphere?, origin: Origin, checksums: Checksums) {
    self.hemi = hemi
    self.origin = origin
    self.checksums = checksums
  }
}
