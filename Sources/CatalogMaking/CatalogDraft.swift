package import Catalog
internal import Dataset

/// What a catalog file shall say, before it has bytes.
package struct CatalogDraft: Sendable {
  /// Lower-case letters, digits and hyphens.
  package var name: String
  /// What this state of it is called.
  package var revision: String
  /// One line for people.
  package var title: String?
  /// Keys of the papers to cite for all of it.
  package var cite: [String] = []
  /// What users of its maps must know.
  package var caution: String?
  /// In the order in which they are written.
  package var references: [Reference] = []
  /// In the order in which they are written.
  package var maps: [CatalogMap] = []
  /// In the order in which they are written.
  package var atlases: [CatalogAtlas] = []
  /// Names that maps once had.
  package var renames: [CatalogRename] = []

  /// A catalog without maps.
  ///
  /// - Parameters:
  ///   - name: what manifests and locks call it.
  ///   - revision: what this state of it is called.
  package init(name: String, revision: String) {
    self.name = name
    self.revision = revision
  }

  /// A catalog as it was read; its references sorted by key.
  package init(_ catalog: MapCatalog) {
    self.init(name: catalog.name, revision: catalog.revision)
    title = catalog.title
    cite = catalog.cite
    caution = catalog.caution
    references = catalog.references.values.sorted { precedes($0.key, $1.key) }
    maps = catalog.maps
    atlases = catalog.atlases
    renames = catalog.renames
  }
}
