public import Catalog

/// The papers of a lock, by who cites them.
public struct LockedReferences: Sendable {
  private let references: [LockedReference.Name: Reference]

  /// The papers of a lock; none of one that knows nothing of its maps.
  ///
  /// - Parameter lock: the lock.
  public init(_ lock: Lockfile) {
    references = Dictionary(lock.references.map { ($0.name, $0.reference) }, uniquingKeysWith: { first, _ in first })
  }

  /// The papers to cite for a map, in order.
  ///
  /// - Parameter map: a map of the lock.
  public func primary(of map: LockedMap) -> [Reference] {
    (map.facts?.primary ?? []).compactMap { self[$0, of: map] }
  }

  /// The papers on data or method behind a map, in order.
  ///
  /// - Parameter map: a map of the lock.
  public func secondary(of map: LockedMap) -> [Reference] {
    (map.facts?.secondary ?? []).compactMap { self[$0, of: map] }
  }

  /// The papers to cite for a catalog as a whole, in order.
  ///
  /// - Parameter catalog: a catalog of the lock.
  public func cite(of catalog: LockedCatalog) -> [Reference] {
    catalog.cite.compactMap { self[$0, of: catalog.name, nil] }
  }

  /// The paper that a map cites by a key; nil for one that the lock does not have.
  subscript(key: String, of map: LockedMap) -> Reference? { self[key, of: map.catalog, map.revision] }

  /// The paper that a key stands for in a revision of a catalog, nil being the one that the lock has of it.
  subscript(key: String, of catalog: String, revision: String?) -> Reference? {
    references[LockedReference.Name(catalog: catalog, revision: revision, key: key)]
  }
}
