public import Dataset

/// An atlas that a lock holds: the archive that its files come in.
public struct LockedAtlas: Hashable, Sendable {
  /// Its name.
  public let id: AtlasID
  /// The catalog it came from.
  public let catalog: String
  /// The archive's file name.
  public let archive: String
  /// Where the archive comes from.
  public let origin: Origin
  /// What the archive's bytes are.
  public let checksums: Checksums

  /// An atlas of a catalog.
  package init(id: AtlasID, catalog: String, archive: String, origin: Origin, checksums: Checksums) {
    self.id = id
    self.catalog = catalog
    self.archive = archive
    self.origin = origin
    self.checksums = checksums
  }

  /// This with what has been learned of the archive's bytes.
  package func completed(by known: Checksums) -> LockedAtlas {
    guard known.agrees(with: checksums) else { return self }
    return LockedAtlas(
      id: id, catalog: catalog, archive: archive, origin: origin, checksums: checksums.completed(by: known))
  }

  /// This pin with the version on OSF that has its bytes; unchanged if that has others.
  package func pinned(to version: OSFVersion) -> LockedAtlas {
    guard let pinned = origin.pinned(to: version, of: checksums) else { return self }
    return LockedAtlas(
      id: id, catalog: catalog, archive: archive, origin: pinned,
      checksums: checksums.completed(by: version.checksums))
  }

  /// This pin, had from where the catalog has the same bytes now; a version pinned on OSF stays.
  func following(_ present: LockedAtlas) -> LockedAtlas {
    guard checksums.agrees(with: present.checksums) else { return self }
    return LockedAtlas(
      id: id, catalog: catalog, archive: archive, origin: origin.following(present.origin), checksums: checksums)
  }
}
