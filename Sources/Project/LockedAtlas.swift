public import Dataset

/// An atlas that a lock holds: the archive that its files come in.
public struct LockedAtlas: Hashable, Sendable {
  /// Its name.
  public let id: AtlasID
  /// The catalog it came from.
  public let catalog: String
  /// The catalog's revision that it was pinned from, as for maps.
  public let revision: String?
  /// The named sets that ask for it; empty for one that the manifest's main set asks for.
  public let groups: [String]
  /// The archive's file name.
  public let archive: String
  /// Where the archive comes from.
  public let origin: Origin
  /// What the archive's bytes are.
  public let checksums: Checksums

  /// An atlas of a catalog; sorts the groups, and has none twice.
  package init(
    id: AtlasID, catalog: String, revision: String? = nil, groups: some Sequence<String> = [], archive: String,
    origin: Origin, checksums: Checksums
  ) {
    self.id = id
    self.catalog = catalog
    self.revision = revision
    self.groups = Set(groups).sorted(by: precedes)
    self.archive = archive
    self.origin = origin
    self.checksums = checksums
  }

  /// This with what has been learned of the archive's bytes.
  package func completed(by known: Checksums) -> LockedAtlas {
    guard known.agrees(with: checksums) else { return self }
    return with(origin, checksums.completed(by: known), archive)
  }

  /// This pin with the version on OSF that has its bytes; unchanged if that has others.
  package func pinned(to version: OSFVersion) -> LockedAtlas {
    guard let pinned = origin.pinned(to: version, of: checksums) else { return self }
    return with(pinned, checksums.completed(by: version.checksums), archive)
  }

  /// This pin, had from where, and by the name by which, the catalog has the same bytes now; a version pinned on OSF
  /// stays.
  func following(_ present: LockedAtlas) -> LockedAtlas {
    guard checksums.agrees(with: present.checksums) else { return self }
    return with(origin.following(present.origin), checksums, present.archive)
  }

  /// The same atlas, pinned from that revision, asked for by these groups.
  func pinned(from revision: String?, in groups: some Sequence<String>) -> LockedAtlas {
    LockedAtlas(
      id: id, catalog: catalog, revision: revision, groups: groups, archive: archive, origin: origin,
      checksums: checksums)
  }

  private func with(_ origin: Origin, _ checksums: Checksums, _ archive: String) -> LockedAtlas {
    LockedAtlas(
      id: id, catalog: catalog, revision: revision, groups: groups, archive: archive, origin: origin,
      checksums: checksums)
  }
}
