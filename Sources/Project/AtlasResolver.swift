internal import Catalog
internal import Dataset
internal import Diagnostics

/// Finds the archives that a manifest's `atlases` ask for, with the files that come out of them.
struct AtlasResolver {
  private let manifest: Manifest
  private let catalogs: [LoadedCatalog]
  private let set: CatalogSet
  private let previous: Lockfile?

  /// What was found, in no order.
  private(set) var atlases: [LockedAtlas] = []
  /// The members of the archives.
  private(set) var files: [LockedFile] = []
  /// Catalogs that a new pin came from.
  private(set) var moved: Set<String> = []
  /// What cannot be answered.
  private(set) var findings: [Diagnostic] = []

  /// - Parameter catalogs: sorted by name.
  init(_ manifest: Manifest, _ catalogs: [LoadedCatalog], previous: Lockfile?) {
    self.manifest = manifest
    self.catalogs = catalogs
    set = CatalogSet(catalogs.map(\.catalog))
    self.previous = previous
  }

  /// Looks everything up.
  mutating func resolve() {
    var chosen: [AtlasID: [(catalog: String, atlas: CatalogAtlas)]] = [:]
    var wanted: [AtlasID: ManifestValue] = [:]
    for value in manifest.atlases {
      let matches = set.atlases(value.glob)
      if matches.isEmpty { report(noMatchFor: value) }
      for match in matches where wanted.updateValue(value, forKey: match.atlas.id) == nil {
        chosen[match.atlas.id] = matches.filter { $0.atlas.id == match.atlas.id }
      }
    }
    for id in chosen.keys.sorted() {
      guard let value = wanted[id], let choices = chosen[id] else { continue }
      choose(id, among: choices, for: value)
    }
    checkPlaces(wanted)
  }

  /// Of an atlas that several catalogs hold, the one that it is locked from, else the first by name.
  private mutating func choose(
    _ id: AtlasID, among choices: [(catalog: String, atlas: CatalogAtlas)], for value: ManifestValue
  ) {
    let locked = previous?.atlases.first { $0.id == id }
    guard let (catalog, atlas) = choices.first(where: { $0.catalog == locked?.catalog }) ?? choices.first else {
      return
    }
    if let other = choices.first(where: { !$0.atlas.checksums.agrees(with: atlas.checksums) }) {
      findings.append(
        Diagnostic(
          .pathConflict, "`\(id)` comes from two catalogs with different bytes, and both would be the same files",
          at: manifest.source.location(value.span), notes: ["catalog `\(catalog)`, and catalog `\(other.catalog)`"],
          hints: ["take one of the catalogs out, or give the lab's atlas another name"]))
      return
    }
    let folder = catalogs.first { $0.catalog.name == catalog }?.folder ?? ""
    let present = LockedAtlas(
      id: id, catalog: catalog, archive: atlas.archive, origin: atlas.origin.moved(into: folder),
      checksums: atlas.checksums)
    let earlier = locked.flatMap { $0.catalog == catalog ? $0 : nil }
    let pins = (previous?.files ?? []).filter { $0.item == .atlas(id) }
    guard let earlier else {
      atlases.append(present)
      files += atlas.members.map { LockedFile(path: $0, atlas: id, checksums: nil) }
      moved.insert(catalog)
      return
    }
    atlases.append(earlier.following(present))
    guard earlier.checksums.agrees(with: present.checksums) else {
      files += pins
      return
    }
    if atlas.members.contains(where: { path in !pins.contains { $0.path == path } }) { moved.insert(catalog) }
    let known = Dictionary(pins.map { ($0.path, $0.checksums) }, uniquingKeysWith: { first, _ in first })
    files += atlas.members.map { LockedFile(path: $0, atlas: id, checksums: known[$0] ?? nil) }
  }

  /// Archives of different names may list the same file.
  private mutating func checkPlaces(_ wanted: [AtlasID: ManifestValue]) {
    var owners: [DatasetPath: DatasetItem] = [:]
    for file in files {
      guard let other = owners.updateValue(file.item, forKey: file.path) else { continue }
      guard case .atlas(let id) = file.item, let value = wanted[id] else { continue }
      findings.append(
        Diagnostic(
          .pathConflict, "`\(file.path)` would come from two archives", at: manifest.source.location(value.span),
          notes: ["`\(other)` and `\(file.item)` both list it"], hints: ["take one of them out of `atlases`"]))
    }
  }

  private mutating func report(noMatchFor value: ManifestValue) {
    let names = set.catalogs.flatMap { $0.atlases.map(\.id.description) }
    findings.append(
      Diagnostic(
        .matchesNothing, "no atlas matches `\(value.glob)`", at: manifest.source.location(value.span),
        hints: [ResolverHints.atlas(value.glob.text, among: names)]))
  }
}
