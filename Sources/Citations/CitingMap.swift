package import Catalog
package import Dataset

/// A map with the papers that are cited for it.
package struct CitingMap: Sendable {
  /// Its name.
  package let id: AnnotationID
  /// The name of the catalog it is from.
  package let catalog: String
  /// The papers that describe it.
  package let primary: [Reference]
  /// The papers behind it.
  package let secondary: [Reference]
  /// Something to know before using it.
  package let note: String?

  /// A map and its papers.
  package init(id: AnnotationID, catalog: String, primary: [Reference], secondary: [Reference], note: String?) {
    self.id = id
    self.catalog = catalog
    self.primary = primary
    self.secondary = secondary
    self.note = note
  }

  /// A map as its catalog has it, under the name that it is asked for by. The reader refuses a key that is not there.
  init(_ id: AnnotationID, as map: CatalogMap, of catalog: MapCatalog) {
    self.init(
      id: id, catalog: catalog.name, primary: map.primary.compactMap { catalog.references[$0] },
      secondary: map.secondary.compactMap { catalog.references[$0] }, note: map.note)
  }
}
