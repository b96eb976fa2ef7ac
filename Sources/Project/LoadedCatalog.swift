public import Catalog

/// A catalog together with the folder that its relative origins start from.
public struct LoadedCatalog: Sendable {
  /// The catalog.
  public let catalog: MapCatalog
  /// Relative to the lock's folder, or absolute; empty for a catalog without relative origins.
  public let folder: String

  /// A catalog that was read from a file in `folder`.
  public init(_ catalog: MapCatalog, folder: String) {
    self.catalog = catalog
    self.folder = folder
  }
}
