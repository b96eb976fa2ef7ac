public import Catalog
internal import Dataset

/// A paper that a lock knows, because a map or a catalog of it says to cite it.
public struct LockedReference: Hashable, Sendable {
  /// The catalog that says so; the same key may stand for another paper in another one.
  public let catalog: String
  /// The catalog's revision that it is from, as with the maps that cite it; nil where that is the one that the lock
  /// has of the catalog.
  public let revision: String?
  /// What is known of the paper; its key is what maps and catalogs cite it by.
  public let reference: Reference

  /// A paper as a catalog has it.
  package init(catalog: String, revision: String? = nil, _ reference: Reference) {
    self.catalog = catalog
    self.revision = revision
    self.reference = reference
  }

  /// What a reference is cited by.
  struct Name: Hashable {
    let catalog: String
    let revision: String?
    let key: String
  }

  /// What it is cited by.
  var name: Name { Name(catalog: catalog, revision: revision, key: reference.key) }

  /// Whether it comes before another: by catalog, key and revision, the catalog's own first.
  func precedes(_ other: LockedReference) -> Bool {
    if catalog != other.catalog { return Dataset.precedes(catalog, other.catalog) }
    if reference.key != other.reference.key { return Dataset.precedes(reference.key, other.reference.key) }
    guard let revision, let otherRevision = other.revision else { return revision == nil && other.revision != nil }
    return Dataset.precedes(revision, otherRevision)
  }
}
