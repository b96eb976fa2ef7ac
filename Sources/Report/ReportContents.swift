/// Everything that the page tells; a page of the same contents has the same bytes.
package struct ReportContents: Sendable {
  /// What the project is called.
  package var title: String
  /// What made the page: `neuromaps 1.0.0`.
  package var program: String?
  /// What the lock's bytes are known by.
  package var lockDigest: String?
  /// What two labs compare: the digest that `verify` prints.
  package var treeDigest: String?
  /// Of all files together.
  package var size: ReportedSize?
  /// Where the maps are listed.
  package var catalogs: [ReportedCatalog] = []
  /// The maps, in any order; each name once.
  package var maps: [ReportedMap] = []
  /// The templates, in any order; each name once.
  package var atlases: [ReportedAtlas] = []
  /// What is to be cited for all of it.
  package var citations: ReportedCitations?
  /// What a reader must know of the whole.
  package var warnings: [String] = []

  /// Contents with nothing in them yet.
  package init(title: String) { self.title = title }

  /// Of all maps and atlases.
  package var files: [ReportedFile] { maps.flatMap(\.files) + atlases.flatMap(\.files) }
}
