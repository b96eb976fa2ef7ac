internal import Catalog
package import Citations
internal import Dataset
package import Project

/// A lock as those who write about it look at it: in one order, whatever order it came in.
package struct DescribedDataset {
  /// What the dataset is called, by BIDS and by who cites it.
  static let name = "Brain maps of a neuromaps project"

  /// Sorted by name.
  let maps: [LockedMap]
  /// Sorted by name.
  let atlases: [LockedAtlas]
  /// Sorted by name; those of a map or an atlas alone.
  let catalogs: [LockedCatalog]
  /// What is to be cited for it.
  package let bibliography: Bibliography
  private let files: [DatasetItem: [LockedFile]]
  private let papers: LockedReferences

  /// What a lock says, sorted.
  ///
  /// - Parameter lock: the lock.
  package init(_ lock: Lockfile) {
    let maps = lock.maps.sorted { $0.id < $1.id }
    let papers = LockedReferences(lock)
    let used = Set(maps.map(\.catalog) + lock.atlases.map(\.catalog))
    let catalogs = lock.catalogs.filter { used.contains($0.name) }.sorted { precedes($0.name, $1.name) }
    self.maps = maps
    atlases = lock.atlases.sorted { $0.id < $1.id }
    self.catalogs = catalogs
    self.papers = papers
    files = Dictionary(grouping: lock.files.sorted { $0.path < $1.path }, by: \.item)
    bibliography = Bibliography(
      of: maps.map { map in
        CitingMap(
          id: map.id, catalog: map.catalog, primary: papers.primary(of: map), secondary: papers.secondary(of: map),
          note: map.facts?.note)
      },
      in: catalogs.map { CitingCatalog(name: $0.name, cite: papers.cite(of: $0), caution: $0.caution) })
  }

  /// The files of a map or an atlas, sorted by path.
  func files(of item: DatasetItem) -> [LockedFile] { files[item] ?? [] }

  /// The papers of a map, those to cite before those behind it.
  func papers(of map: LockedMap) -> [(role: String, reference: Reference)] {
    papers.primary(of: map).map { ("primary", $0) } + papers.secondary(of: map).map { ("secondary", $0) }
  }

  /// The bytes of CITATION.cff.
  var citation: [UInt8] { BibliographyCFF(bibliography, title: Self.name).bytes }

  /// The license of the dataset: that of all its maps, if one is stated for each, and it is one and the same. Of
  /// templates none is, so there is none where there are templates.
  var license: String? {
    let licenses = Set(maps.map(\.statedLicense))
    guard atlases.isEmpty, licenses.count == 1, let license = licenses.first else { return nil }
    return license
  }
}
