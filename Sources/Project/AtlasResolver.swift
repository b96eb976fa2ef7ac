internal import Catalog
internal import Dataset
internal import Diagnostics

/// Finds the archives that a manifest's `atlases` ask for, with the files that come out of them.
struct AtlasResolver {
  private let manifest: Manifest
  private let catalogs: [LoadedCatalog]
  private let set: CatalogSet
  private let previous: Lockfile?
  private let isUpgraded: (DatasetItem) -> Bool

  /// What was found, in no order.
  private(set) var atlases: [LockedAtlas] = []
  /// The members of the archives.
  private(set) var files: [LockedFile] = []
  /// Catalogs that a new pin came from.
  private(set) var moved: Set<String> = []
  /// What cannot be answered.
  private(set) var findings: [Diagnostic] = []
  /// What the person should know.
  private(set) var warnings: [Diagnostic] = []
  /// Who asks for each atlas.
  private(set) var demands: [AtlasID: [ManifestDemand]] = [:]
  /// What became of earlier pins.
  private(set) var fates: [AtlasID: PinFate] = [:]

  /// - Parameters:
  ///   - catalogs: sorted by name.
  ///   - isUpgraded: those whose pins shall move.
  init(
    _ manifest: Manifest, _ catalogs: [LoadedCatalog], previous: Lockfile?,
    isUpgraded: @escaping (DatasetItem) -> Bool
  ) {
    self.manifest = manifest
    self.catalogs = catalogs
    set = CatalogSet(catalogs.map(\.catalog))
    self.previous = previous
    self.isUpgraded = isUpgraded
  }

  /// Looks everything up.
  mutating func resolve() {
    for value in manifest.atlases { ask(for: value, group: nil) }
    for group in manifest.groups {
      for value in group.atlases { ask(for: value, group: group.name) }
    }
    for id in demands.keys.sorted() {
      guard let span = demands[id]?.first?.span else { continue }
      let choices = set.atlases(Glob(id.description))
      if choices.isEmpty { keep(id) } else { choose(id, among: choices, at: span) }
    }
    checkPlaces()
  }

  private mutating func ask(for value: ManifestValue, group: String?) {
    let demand = ManifestDemand(group: group, span: value.span)
    let ids = Set(set.atlases(value.glob).map(\.atlas.id))
    let gone = departed.filter { value.glob.matches($0.id.description) }
    if ids.isEmpty, gone.isEmpty { report(noMatchFor: value) }
    for id in ids { demands[id, default: []].append(demand) }
    for atlas in gone {
      if demands[atlas.id] == nil {
        warnings.append(
          Diagnostic(
            .leftCatalog, "the catalog `\(atlas.catalog)` has no `\(atlas.id)` any more; it stays locked",
            severity: .warning, at: manifest.source.location(value.span)))
      }
      demands[atlas.id, default: []].append(demand)
    }
  }

  /// Locked atlases that no catalog has any more.
  private var departed: [LockedAtlas] {
    (previous?.atlases ?? []).filter { atlas in
      // What a merge has left without its files cannot stay.
      previous?.files.contains { $0.item == .atlas(atlas.id) } == true
        && catalogs.contains { $0.catalog.name == atlas.catalog }
        && !catalogs.contains { $0.catalog.atlases.contains { $0.id == atlas.id } }
    }
  }

  /// What no catalog has any more stays as it is locked.
  private mutating func keep(_ id: AtlasID) {
    guard let atlas = previous?.atlases.first(where: { $0.id == id }) else { return }
    fates[id] = .departed
    atlases.append(atlas.pinned(from: atlas.revision, in: demands[id]?.groups ?? []))
    files += (previous?.files ?? []).filter { $0.item == .atlas(id) }
  }

  /// Of an atlas that several catalogs hold, the one that it is locked from, else the first by name.
  private mutating func choose(
    _ id: AtlasID, among choices: [(catalog: String, atlas: CatalogAtlas)], at span: SourceSpan
  ) {
    let locked = isUpgraded(.atlas(id)) ? nil : previous?.atlases.first { $0.id == id }
    guard let (catalog, atlas) = choices.first(where: { $0.catalog == locked?.catalog }) ?? choices.first else {
      return
    }
    if let other = choices.first(where: { !$0.atlas.checksums.agrees(with: atlas.checksums) }) {
      findings.append(
        Diagnostic(
          .pathConflict, "`\(id)` comes from two catalogs with different bytes, and both would be the same files",
          at: manifest.source.location(span), notes: ["catalog `\(catalog)`, and catalog `\(other.catalog)`"],
          hints: ["take one of the catalogs out, or give the lab's atlas another name"]))
      return
    }
    let folder = catalogs.first { $0.catalog.name == catalog }?.folder ?? ""
    let groups = demands[id]?.groups ?? []
    let present = LockedAtlas(
      id: id, catalog: catalog, groups: groups, archive: atlas.archive, origin: atlas.origin.moved(into: folder),
      checksums: atlas.checksums)
    let pins = (previous?.files ?? []).filter { $0.item == .atlas(id) }
    let earlier = locked.flatMap { pin -> LockedAtlas? in
      guard pin.catalog == catalog, !pins.isEmpty else { return nil }
      // What claims to be what the catalog at hand has, and is not, is no pin.
      return pin.checksums.agrees(with: present.checksums) || !claimsToBeNow(pin.revision, of: catalog) ? pin : nil
    }
    guard let earlier else {
      atlases.append(present)
      files += atlas.members.map { LockedFile(path: $0, atlas: id, checksums: nil) }
      moved.insert(catalog)
      fates[id] = .moved
      return
    }
    let kept = earlier.following(present).completed(by: present.checksums)
    atlases.append(kept.pinned(from: earlier.revision, in: groups))
    guard earlier.checksums.agrees(with: present.checksums) else {
      fates[id] = .other
      files += pins
      return
    }
    if kept != earlier || atlas.members.contains(where: { path in !pins.contains { $0.path == path } }) {
      moved.insert(catalog)
      fates[id] = .moved
    }
    let known = Dictionary(pins.map { ($0.path, $0.checksums) }, uniquingKeysWith: { first, _ in first })
    files += atlas.members.map { LockedFile(path: $0, atlas: id, checksums: known[$0] ?? nil) }
  }

  private func claimsToBeNow(_ revision: String?, of catalog: String) -> Bool {
    guard revision == nil, let recorded = previous?.catalogs.first(where: { $0.name == catalog }) else { return false }
    return catalogs.contains { $0.catalog.name == catalog && $0.catalog.digest == recorded.sha256 }
  }

  /// Archives of different names may list the same file.
  private mutating func checkPlaces() {
    var owners: [DatasetPath: DatasetItem] = [:]
    for file in files {
      guard let other = owners.updateValue(file.item, forKey: file.path) else { continue }
      guard case .atlas(let id) = file.item, let span = demands[id]?.first?.span else { continue }
      findings.append(
        Diagnostic(
          .pathConflict, "`\(file.path)` would come from two archives", at: manifest.source.location(span),
          notes: ["`\(other)` and `\(file.item)` both list it"], hints: ["take one of them out of `atlases`"]))
    }
  }

  private mutating func report(noMatchFor value: ManifestValue) {
    let names = set.catalogs.flatMap { $0.atlases.map(\.id.description) }
    let name = value.glob.text
    let maps = set.catalogs.flatMap { $0.maps.map(\.id) }.filter { "\($0)".hasPrefix("\(name)/") || $0.desc == name }
    findings.append(
      Diagnostic(
        .matchesNothing, "no atlas matches `\(value.glob)`", at: manifest.source.location(value.span),
        hints: [
          maps.min().map { "a map has a name of four parts: did you mean `\($0)`?" }
            ?? ResolverHints.atlas(name, among: names)
        ]))
  }
}
