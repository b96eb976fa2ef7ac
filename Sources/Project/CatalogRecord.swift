internal import Catalog
internal import Dataset

/// Which revision of each catalog a lock tells of, and which maps and atlases are pinned from another.
struct CatalogRecord {
  /// Those that anything is locked from, as the lock has them.
  let catalogs: [LockedCatalog]
  private let previous: [String: LockedCatalog]
  /// Those that are recorded as they are now.
  private let isNow: Set<String>
  /// Those that were recorded as they are now before.
  private let wasNow: Set<String>

  /// What stands for a revision that nobody has told.
  static let unknownRevision = "unknown"

  /// A catalog none of whose pins moved stays recorded at the revision that they came from.
  ///
  /// - Parameters:
  ///   - used: names of those that anything is locked from.
  ///   - moved: names of those that a new pin comes from.
  ///   - isDescribing: whether it is said what is known of catalogs and maps. Where it was not said before it is taken
  ///     from the catalogs as they are now, so that they are recorded.
  init(
    _ catalogs: [MapCatalog], used: Set<String>, moved: Set<String>, _ earlier: Lockfile?, isDescribing: Bool
  ) {
    let previous = Dictionary(
      (earlier?.catalogs ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.previous = previous
    let isDescribedAnew = isDescribing && earlier?.metadata == nil
    isNow = Set(catalogs.map(\.name).filter { previous[$0] == nil || moved.contains($0) || isDescribedAnew })
    wasNow = Set(catalogs.filter { previous[$0.name]?.sha256 == $0.digest }.map(\.name))
    let (isNow, wasNow) = (isNow, wasNow)
    self.catalogs = catalogs.filter { used.contains($0.name) }.map { catalog in
      let present = LockedCatalog(catalog)
      let recorded = isNow.contains(catalog.name) ? present : previous[catalog.name] ?? present
      guard isDescribing else { return recorded.undescribed }
      // What is known of the very catalog that is here is what it says.
      let isHere = isNow.contains(catalog.name) || wasNow.contains(catalog.name)
      return isHere ? recorded.described(by: catalog) : recorded
    }
  }

  /// Whether a catalog is recorded as it is now.
  func isHere(_ name: String) -> Bool { isNow.contains(name) || wasNow.contains(name) }

  /// The revision to write beside a pin: none where it is what the catalog says in the revision that is recorded.
  ///
  /// - Parameters:
  ///   - earlier: what was written before.
  ///   - isPresent: whether the catalog as it is now says the same.
  func revision(_ earlier: String?, of catalog: String, isPresent: Bool) -> String? {
    if !isPresent, earlier == nil, wasNow.contains(catalog) {
      // It claims to be of the very catalog that is here, and is not: git merged it from a branch that had another.
      return Self.unknownRevision
    }
    guard isNow.contains(catalog) else { return earlier }
    return isPresent ? nil : earlier ?? previous[catalog]?.revision
  }

  /// The atlases that were found, each with the revision to write beside.
  func revised(_ found: AtlasResolver) -> [LockedAtlas] {
    found.atlases.map { atlas in
      let isPresent = found.fates[atlas.id]?.isPresent ?? true
      return atlas.pinned(
        from: revision(atlas.revision, of: atlas.catalog, isPresent: isPresent), in: atlas.groups)
    }
  }
}
