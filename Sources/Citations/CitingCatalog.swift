package import Catalog

/// A catalog with the papers that are cited for it as a whole.
package struct CitingCatalog: Sendable {
  /// Its name.
  package let name: String
  /// The papers.
  package let cite: [Reference]
  /// What whoever uses its maps must know.
  package let caution: String?

  /// A catalog and its papers.
  package init(name: String, cite: [Reference], caution: String?) {
    self.name = name
    self.cite = cite
    self.caution = caution
  }

  /// A catalog that has been read.
  init(_ catalog: MapCatalog) {
    self.init(name: catalog.name, cite: catalog.cite.compactMap { catalog.references[$0] }, caution: catalog.caution)
  }
}
