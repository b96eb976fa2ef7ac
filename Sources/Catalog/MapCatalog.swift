public import Dataset

/// A list of maps with their files, checksums, origins, tags and references.
public struct MapCatalog: Sendable {
  /// Lower-case letters, digits and hyphens; the built-in one is `neuromaps`.
  public let name: String
  /// Changes whenever the contents do; whoever keeps the catalog says how.
  public let revision: String
  /// One line for people.
  public let title: String?
  /// Keys of the papers to cite for the catalog as a whole, in order.
  public let cite: [String]
  /// What whoever uses or passes on its maps must know, of licenses say.
  public let caution: String?
  /// Of the bytes of the catalog file.
  public let digest: SHA256Digest
  /// In the order of the file.
  public let maps: [CatalogMap]
  /// By key.
  public let references: [String: Reference]
  /// In the order of the file.
  public let atlases: [CatalogAtlas]
  /// Names that maps once had.
  public let renames: [CatalogRename]
  private let indexByID: [AnnotationID: Int]

  /// The parts of a catalog that has been read and found right.
  init(
    name: String, revision: String, title: String?, cite: [String], caution: String?, digest: SHA256Digest,
    maps: [CatalogMap], references: [String: Reference], atlases: [CatalogAtlas], renames: [CatalogRename]
  ) {
    self.name = name
    self.revision = revision
    self.title = title
    self.cite = cite
    self.caution = caution
    self.digest = digest
    self.maps = maps
    self.references = references
    self.atlases = atlases
    self.renames = renames
    indexByID = Dictionary(maps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The map of that name, if the catalog has it.
  public subscript(id: AnnotationID) -> CatalogMap? {
    indexByID[id].map { maps[$0] }
  }

  /// What a map of that name is called now, if upstream renamed it.
  public func newName(of id: AnnotationID) -> AnnotationID? {
    renames.first { $0.from.source == id.source && $0.from.desc == id.desc }
      .flatMap { id.renamed(source: $0.to.source, desc: $0.to.desc) }
      .flatMap { self[$0] == nil ? nil : $0 }
  }
}
