internal import Catalog
internal import Dataset

/// What is known of the maps that are locked.
extension Resolver {
  /// Whether an earlier pin knows all of its map that can be known, its papers too.
  func isDescribed(_ map: LockedMap) -> Bool {
    guard let papers, let facts = map.facts else { return false }
    return facts.keys.allSatisfy { papers[$0, of: map] != nil }
  }

  /// Whether the catalog says otherwise now of a paper that an earlier pin has.
  func hasOtherPapers(_ map: LockedMap) -> Bool {
    guard let present = catalogs.first(where: { $0.catalog.name == map.catalog })?.catalog else { return false }
    return map.facts?.keys.contains { papers?[$0, of: map] != present.references[$0] } ?? false
  }

  /// What is known of a map that no catalog has any more: what the earlier lock knew.
  func departed(_ map: LockedMap) -> LockedMap {
    guard isDescribing else { return map.described(by: nil) }
    return map.described(by: map.facts?.filteringKeys { papers?[$0, of: map] != nil } ?? MapFacts())
  }

  /// The catalogs as they are recorded, without papers that a broken lock has lost.
  func described(_ record: CatalogRecord) -> [LockedCatalog] {
    record.catalogs.map { catalog in
      record.isHere(catalog.name) ? catalog : catalog.filteringKeys { papers?[$0, of: catalog.name, nil] != nil }
    }
  }

  /// The papers that a lock's catalogs and maps cite.
  ///
  /// - Parameter maps: as they are locked; each with the earlier pin that it is described by, nil for one that the
  ///   catalog describes as it is now.
  func references(
    of recorded: [LockedCatalog], _ record: CatalogRecord, _ maps: [(map: LockedMap, earlier: LockedMap?)]
  ) -> [LockedReference] {
    guard isDescribing else { return [] }
    let present = Dictionary(
      catalogs.map { ($0.catalog.name, $0.catalog.references) }, uniquingKeysWith: { first, _ in first })
    var found: [LockedReference.Name: LockedReference] = [:]
    func add(_ key: String, of catalog: String, _ revision: String?, _ look: () -> Reference?) {
      let name = LockedReference.Name(catalog: catalog, revision: revision, key: key)
      guard found[name] == nil, let reference = look() else { return }
      found[name] = LockedReference(catalog: catalog, revision: revision, reference)
    }
    for catalog in recorded {
      for key in catalog.cite {
        add(key, of: catalog.name, nil) {
          record.isHere(catalog.name) ? present[catalog.name]?[key] : papers?[key, of: catalog.name, nil]
        }
      }
    }
    for (map, earlier) in maps {
      for key in map.facts?.keys ?? [] {
        add(key, of: map.catalog, map.revision) {
          earlier.map { papers?[key, of: $0] } ?? present[map.catalog]?[key]
        }
      }
    }
    return Array(found.values)
  }
}
