package import Catalog
package import Dataset

/// What must be cited for some maps: each paper once, with the maps it serves.
///
/// The same maps and catalogs give the same bibliography, in whatever order the maps come.
package struct Bibliography: Sendable {
  /// What a catalog asks whoever uses its maps to know.
  package struct Caution: Sendable {
    /// The catalog's name.
    package let catalog: String
    /// Its words.
    package let text: String
  }

  /// Something to know before using some maps.
  package struct Note: Sendable {
    /// The catalog's words.
    package let text: String
    /// The maps that it is said of, in order.
    package let maps: [AnnotationID]
  }

  /// The papers: primary ones, then secondary, then those of catalogs; by author, year and key.
  package let references: [CitedReference]
  /// The maps that a catalog knows, in order, each once.
  package let maps: [AnnotationID]
  /// Of these, the maps that have no reference.
  package let uncited: [AnnotationID]
  /// Maps that no catalog knows, in order.
  package let unknown: [AnnotationID]
  /// Of the catalogs that have one of the maps, in their order.
  package let cautions: [Caution]
  /// Each distinct note of the maps once, in the order of the maps.
  package let notes: [Note]

  /// Looks the maps up; a map under a name that it once had is found too, and keeps that name here.
  ///
  /// - Parameter catalogs: the name of the catalog that a map came from, where that is known; else, or
  ///   if that one does not have it, the first that has it answers.
  package init(
    of ids: some Sequence<AnnotationID>, in set: CatalogSet, from catalogs: [AnnotationID: String] = [:]
  ) {
    var maps: [CitingMap] = []
    var unknown: [AnnotationID] = []
    for id in Set(ids).sorted() {
      if let (catalog, map) = Self.place(of: id, in: set, from: catalogs[id]) {
        maps.append(CitingMap(id, as: map, of: catalog))
      } else {
        unknown.append(id)
      }
    }
    self.init(of: maps, in: set.catalogs.map(CitingCatalog.init), unknown: unknown)
  }

  /// The papers of maps that come with them, as in a lock.
  ///
  /// - Parameters:
  ///   - maps: each once, in order.
  ///   - catalogs: those of the maps, in order; others do not count.
  ///   - unknown: maps that no catalog knows, in order.
  package init(of maps: [CitingMap], in catalogs: [CitingCatalog], unknown: [AnnotationID] = []) {
    var shelf = ReferenceShelf()
    var notes: [(text: String, maps: [AnnotationID])] = []
    var places: [String: Int] = [:]
    for map in maps {
      for paper in map.primary { shelf.add(paper, of: map.catalog) { $0.primary.append(map.id) } }
      for paper in map.secondary { shelf.add(paper, of: map.catalog) { $0.secondary.append(map.id) } }
      guard let note = map.note else { continue }
      if let index = places[note] {
        notes[index].maps.append(map.id)
      } else {
        places[note] = notes.count
        notes.append((note, [map.id]))
      }
    }
    let names = Set(maps.map(\.catalog))
    let used = catalogs.filter { names.contains($0.name) }
    for catalog in used {
      for paper in catalog.cite { shelf.add(paper, of: catalog.name) { $0.catalogs.append(catalog.name) } }
    }
    references = shelf.sorted
    self.maps = maps.map(\.id)
    uncited = maps.filter { $0.primary.isEmpty && $0.secondary.isEmpty }.map(\.id)
    self.unknown = unknown
    cautions = used.compactMap { catalog in catalog.caution.map { Caution(catalog: catalog.name, text: $0) } }
    self.notes = notes.map(Note.init)
  }

  private static func place(
    of id: AnnotationID, in set: CatalogSet, from name: String?
  ) -> (catalog: MapCatalog, map: CatalogMap)? {
    let catalogs = set.catalogs.filter { $0.name == name } + set.catalogs.filter { $0.name != name }
    for catalog in catalogs { if let map = catalog[id] { return (catalog, map) } }
    for catalog in catalogs {
      if let now = catalog.newName(of: id), let map = catalog[now] { return (catalog, map) }
    }
    return nil
  }

  /// The papers of one section.
  package func references(_ role: CitedReference.Role) -> [CitedReference] { references.filter { $0.role == role } }

  /// One line that reminds of citing, for the end of a command that brought the maps; nil without papers.
  package func reminder(command: String = "neuromaps cite --format bibtex") -> String? {
    guard !references.isEmpty else { return nil }
    let papers = references.count == 1 ? "1 paper" : "\(references.count) papers"
    let served = maps.count == 1 ? "1 map" : "\(maps.count) maps"
    return "cite: \(papers) for \(served): `\(command)`"
  }
}
