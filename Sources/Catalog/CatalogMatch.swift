/// A map that a query found, with those of its files that match.
public struct CatalogMatch: Sendable {
  /// The name of the catalog that holds it.
  public let catalog: String
  /// The map.
  public let map: CatalogMap
  /// All its files, unless the query asked for a hemisphere.
  public let files: [CatalogFile]

  /// A match.
  public init(catalog: String, map: CatalogMap, files: [CatalogFile]) {
    self.catalog = catalog
    self.map = map
    self.files = files
  }
}
