import Catalog
import Dataset
import Diagnostics
import Project

/// Locks for tests: everything that a small catalog has.
enum MadeLock {
  static let md5 = String(repeating: "a", count: 32)
  static let sha256 = String(repeating: "b", count: 64)

  /// Two maps with all that can be known, one of which nothing is.
  static let lab = lock(
    """
    version: 1
    name: lab
    revision: "1"
    title: Maps of a lab
    cite: [own]
    caution: Ask us first.
    references:
      xu2020:
        {type: article, authors: ["Xu, Ting", "Body of People", others], year: "2020", title: "Depth: a study",
         journal: Brain, volume: "1", number: "2", pages: "3-4", doi: "doi:10.1234/x_y", publisher: P}
      data: {type: dataset, authors: ["Aa, Bee"], title: Data, doi: 10.18112/openneuro.ds1.v1}
      own: {type: misc, title: The lab's maps, year: in press, url: "https://x.org/own"}
    maps:
      - map: lab/depth/fsLR/32k
        title: Depth of folds
        modality: MRI
        n: "12"
        age: 20-30
        license: CC0
        license_url: https://creativecommons.org/publicdomain/zero/1.0/
        primary: [xu2020]
        secondary: [data]
        note: Mind it.
        files:
          - {hemi: L, osf: 4mw3a/60c2290118f70b01fca797eb, size: 5, md5: \(md5), sha256: \(sha256)}
          - {hemi: R, osf: 4mw3a/60c228f5f3ce9401fa24e521, md5: \(md5)}
      - map: lab/plain/civet/41k
        files: [{hemi: R, url: maps/plain, sha256: \(sha256)}]
      - map: lab/tracer/MNI152/2mm
        title: Binding
        modality: PET
        measure: BPnd
        target: D2
        n: about 9
        license: CC0
        restricted: true
        primary: [data]
        files: [{url: "https://x.org/maps/ö/t.nii.gz?a=b", md5: \(md5)}]
    """)

  /// The lock of all maps of a catalog, in the order of the catalog.
  ///
  /// - Parameters:
  ///   - text: the catalog.
  ///   - atlases: names of atlases to lock besides.
  ///   - version: of the metadata.
  static func lock(_ text: String, atlases: [String] = [], version: Int64? = 1) -> Lockfile {
    let catalog = read(text)
    let maps = catalog.maps.map { map in
      LockedMap(
        id: map.id, catalog: catalog.name, groups: [], license: map.license, isRestricted: map.isRestricted,
        facts: MapFacts(map))
    }
    let files = catalog.maps.flatMap { map in
      map.files.map { file in
        LockedFile(
          path: DatasetPath(map.id, hemi: file.hemi), map: map.id, origin: file.origin.moved(into: "lab"),
          checksums: file.checksums)
      }
    }
    return Lockfile(
      declarations: [],
      catalogs: [
        LockedCatalog(
          name: catalog.name, revision: catalog.revision, sha256: catalog.digest, title: catalog.title,
          cite: catalog.cite, caution: catalog.caution)
      ],
      maps: maps, atlases: atlases.compactMap { AtlasID($0) }.map { atlas($0, of: catalog.name) }, files: files,
      metadata: version, references: catalog.references.values.map { LockedReference(catalog: catalog.name, $0) })
  }

  /// The lock of one map.
  ///
  /// - Parameters:
  ///   - map: its name.
  ///   - fields: what the catalog says of it, as YAML in braces.
  ///   - origin: of its one file, as YAML.
  static func one(
    map: String = "lab/a/MNI152/2mm", _ fields: String = "", catalog: String = "lab", origin: String = "url: v"
  ) -> Lockfile {
    let hemi = map.hasSuffix("mm") ? "" : "hemi: L, "
    return lock(
      """
      version: 1
      name: \(catalog)
      revision: "1"
      maps:
        - {map: \(map), \(fields.isEmpty ? "" : "\(fields), ")files: [{\(hemi)\(origin), md5: \(md5)}]}
      """)
  }

  private static func atlas(_ id: AtlasID, of catalog: String) -> LockedAtlas {
    guard let osf = OSFFile("abcde/60b684a69096b7021c63d9a0"), let checksums = Checksums(md5: MD5Digest(md5)) else {
      preconditionFailure("these are an id and a digest")
    }
    return LockedAtlas(id: id, catalog: catalog, archive: "a.tar.gz", origin: .osf(osf), checksums: checksums)
  }

  private static func read(_ text: String) -> MapCatalog {
    do throws(Findings) {
      return try CatalogReader.read(SourceText(name: "catalog.yaml", bytes: Array(text.utf8)))
    } catch {
      preconditionFailure("\(error.diagnostics)")
    }
  }
}
