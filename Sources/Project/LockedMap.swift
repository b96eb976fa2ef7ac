public import Dataset

/// A map that a lock holds.
public struct LockedMap: Hashable, Sendable {
  /// Its name.
  public let id: AnnotationID
  /// The catalog it came from.
  public let catalog: String
  /// The catalog's revision that its files were pinned from; nil where that is the one that the lock has of the
  /// catalog, or says the same.
  public let revision: String?
  /// The named sets that ask for it; empty for one that the manifest's main set asks for.
  public let groups: [String]
  /// The license's name; nil when none is stated.
  public let license: String?
  /// Whether its origin asks for a token.
  public let isRestricted: Bool
  /// What its catalog knew of it; nil in a lock that knows nothing of its maps.
  public let facts: MapFacts?

  /// A map of a catalog; sorts the groups, and has none twice.
  package init(
    id: AnnotationID, catalog: String, revision: String? = nil, groups: some Sequence<String>, license: String?,
    isRestricted: Bool, facts: MapFacts? = nil
  ) {
    self.id = id
    self.catalog = catalog
    self.revision = revision
    self.groups = Set(groups).sorted(by: precedes)
    self.license = license == LockReader.unknownLicense ? nil : license
    self.isRestricted = isRestricted
    self.facts = facts
  }

  /// Whether a set has asked for it; `group` is nil for the main one. The main one's leave no trace of groups.
  func isWanted(in group: String?) -> Bool { groups.isEmpty || group.map { groups.contains($0) } ?? false }

  /// The same map, pinned from that revision, asked for by these groups.
  func pinned(from revision: String?, in groups: some Sequence<String>) -> LockedMap {
    LockedMap(
      id: id, catalog: catalog, revision: revision, groups: groups, license: license, isRestricted: isRestricted,
      facts: facts)
  }

  /// The same map, of which that is known.
  func described(by facts: MapFacts?) -> LockedMap {
    LockedMap(
      id: id, catalog: catalog, revision: revision, groups: groups, license: license, isRestricted: isRestricted,
      facts: facts)
  }
}
