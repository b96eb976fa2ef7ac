public import Dataset

/// A map that a lock holds.
public struct LockedMap: Hashable, Sendable {
  /// Its name.
  public let id: AnnotationID
  /// The catalog it came from.
  public let catalog: String
  /// The named sets it belongs to; empty for the manifest's main one alone.
  public let groups: [String]
  /// The license's name; nil when none is stated.
  public let license: String?
  /// Whether its origin asks for a token.
  public let isRestricted: Bool

  /// A map of a catalog.
  package init(id: AnnotationID, catalog: String, groups: [String], license: String?, isRestricted: Bool) {
    self.id = id
    self.catalog = catalog
    self.groups = groups
    self.license = license
    self.isRestricted = isRestricted
  }
}
