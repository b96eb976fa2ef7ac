internal import Catalog
public import Dataset
public import Diagnostics

/// Finds the files that a manifest asks for: from manifest and catalogs to a lock.
///
/// A pure function of its arguments; the order of entries, keys and catalogs makes no difference.
/// An earlier lock's pins are kept wherever they still answer, so that a newer catalog moves nothing
/// by itself.
public struct Resolver {
  let manifest: Manifest
  let catalogs: [LoadedCatalog]
  let set: CatalogSet
  let previous: Lockfile?
  let isUpgraded: (DatasetItem) -> Bool
  /// Whether the lock is to know what is known of its maps.
  let isDescribing: Bool
  /// The papers of the earlier lock.
  let papers: LockedReferences?
  /// Locked maps that no catalog has any more, and that stay.
  let departed: [LockedMap]
  var findings: [Diagnostic] = []
  var warnings: [Diagnostic] = []
  /// Who asks for each map.
  var demands: [AnnotationID: [ManifestDemand]] = [:]
  /// The maps that are wanted and that catalogs have, by catalog.
  var chosen: [AnnotationID: [String: Choice]] = [:]
  /// What each key can be, looked up once: there may be thousands of values to check.
  private var vocabularies: [MapQuery.Key: Set<String>] = [:]

  /// A map of one catalog with the files and the entries that ask for them.
  struct Choice {
    let map: CatalogMap
    var files: Set<CatalogFile>
    var entries: [ManifestEntry]
  }

  private init(
    _ manifest: Manifest, _ catalogs: [LoadedCatalog], previous: Lockfile?,
    isUpgraded: @escaping (DatasetItem) -> Bool, isDescribing: Bool
  ) {
    self.manifest = manifest
    self.isDescribing = isDescribing
    papers = isDescribing ? previous.map { LockedReferences($0) } : nil
    self.catalogs = catalogs.sorted { precedes($0.catalog.name, $1.catalog.name) }
    set = CatalogSet(self.catalogs.map(\.catalog))
    self.previous = previous
    self.isUpgraded = isUpgraded
    let byName = Dictionary(catalogs.map { ($0.catalog.name, $0.catalog) }, uniquingKeysWith: { first, _ in first })
    let filed = Set((previous?.files ?? []).map(\.item))
    departed = (previous?.maps ?? []).filter { map in
      // What a merge has left without its files cannot stay.
      guard let catalog = byName[map.catalog], filed.contains(.map(map.id)),
        !catalogs.contains(where: { $0.catalog[map.id] != nil })
      else { return false }
      // There is nothing newer to take, unless it goes by another name.
      return !isUpgraded(.map(map.id)) || catalog.newName(of: map.id) == nil
    }
  }

  /// The lock that answers the manifest, or everything in the manifest that cannot be answered.
  ///
  /// - Parameters:
  ///   - manifest: what is wanted.
  ///   - catalogs: what there is, in any order.
  ///   - previous: the earlier lock.
  ///   - isUpgraded: the maps and atlases whose pins shall move.
  ///   - isDescribing: whether the lock shall know what is known of its maps; nil for what the manifest comes to.
  public static func resolve(
    _ manifest: Manifest, catalogs: [LoadedCatalog], previous: Lockfile? = nil,
    upgrading isUpgraded: @escaping (DatasetItem) -> Bool = { _ in false }, describing isDescribing: Bool? = nil
  ) throws(Findings) -> Resolution {
    var resolver = Resolver(
      manifest, catalogs, previous: previous, isUpgraded: isUpgraded,
      isDescribing: isDescribing ?? manifest.wantsMetadata)
    for value in manifest.preferredSpaces {
      guard !resolver.departed.contains(where: { value.glob.matches($0.id.space) }) else { continue }
      resolver.check(value, of: .space)
    }
    for entry in manifest.entries { resolver.choose(entry, group: nil) }
    for group in manifest.groups {
      for entry in group.entries { resolver.choose(entry, group: group.name) }
    }
    var atlases = AtlasResolver(manifest, resolver.catalogs, previous: previous, isUpgraded: isUpgraded)
    atlases.resolve()
    resolver.findings += atlases.findings
    let lock = resolver.lock(with: atlases)
    resolver.checkLicenses(of: lock)
    guard resolver.findings.isEmpty else { throw Findings(resolver.findings) }
    let maps = resolver.demands.map { (DatasetItem.map($0.key), $0.value) }
    let archives = atlases.demands.map { (DatasetItem.atlas($0.key), $0.value) }
    return Resolution(
      lock: lock, demands: Dictionary(maps + archives, uniquingKeysWith: { first, _ in first }),
      warnings: resolver.warnings + atlases.warnings)
  }

  // MARK: Entries

  private mutating func choose(_ entry: ManifestEntry, group: String?) {
    let before = findings.count
    let found: (matches: [CatalogMatch], departed: [LockedMap])
    switch entry.form {
    case .tuple(let pattern, let parts): found = matches(pattern, parts, of: entry)
    case .selector(let selector): found = matches(selector, of: entry, group: group)
    }
    guard findings.count == before else { return }
    let isPreferred = preference(among: found.matches.map(\.map.id) + found.departed.map(\.id))
    let demand = ManifestDemand(group: group, span: entry.span)
    for match in found.matches where isPreferred(match.map.id) {
      var choice = chosen[match.map.id]?[match.catalog] ?? Choice(map: match.map, files: [], entries: [])
      choice.files.formUnion(match.files)
      choice.entries.append(entry)
      chosen[match.map.id, default: [:]][match.catalog] = choice
      ask(for: match.map.id, demand)
    }
    for map in found.departed where isPreferred(map.id) {
      if demands[map.id] == nil { warn(departureOf: map, entry) }
      ask(for: map.id, demand)
    }
  }

  /// Two catalogs may have the map that an entry asks for.
  private mutating func ask(for id: AnnotationID, _ demand: ManifestDemand) {
    if demands[id]?.last != demand { demands[id, default: []].append(demand) }
  }

  private mutating func matches(
    _ pattern: MapPattern, _ parts: [SourceSpan], of entry: ManifestEntry
  ) -> ([CatalogMatch], [LockedMap]) {
    let gone = departed.filter { pattern.matches($0.id) && (pattern.id != nil || !$0.isRestricted) }
    let all = set.maps(pattern)
    if let id = pattern.id, all.isEmpty, gone.isEmpty, let renamed = set.newName(of: id),
      let pattern = MapPattern(renamed.description)
    {
      warnings.append(
        Diagnostic(
          .matchesNothing, "`\(id)` is called `\(renamed)` now", severity: .warning, at: place(entry.span),
          hints: ["write the new name"]))
      return (set.maps(pattern), [])
    }
    let matches = pattern.id == nil ? all.filter { !$0.map.isRestricted } : all
    if matches.isEmpty, gone.isEmpty { report(noMatchFor: pattern, parts, restricted: all) }
    return (withoutNewNames(of: gone, matches), gone)
  }

  private mutating func matches(
    _ selector: ManifestSelector, of entry: ManifestEntry, group: String?
  ) -> ([CatalogMatch], [LockedMap]) {
    let before = findings.count
    // Only the lock can tell that the selector has found them: nobody knows the tags that they had.
    let isOld = previous?.declarations.contains(entry.declaration(in: group)) ?? false
    let gone = isOld ? departed.filter { selector.mayHaveSelected($0) && $0.isWanted(in: group) } : []
    // Its values may have left the catalogs with the maps that had them.
    for key in MapQuery.Key.allCases where gone.isEmpty {
      for value in selector.values[key] ?? [] { check(value, of: key) }
    }
    // An exclusion that found something when it was locked is no mistake for finding nothing now.
    if !isOld { checkExclusions(of: selector) }
    guard findings.count == before else { return ([], []) }
    let all = set.everything(selector.query)
    let open = selector.includesRestricted ? all : all.filter { !$0.map.isRestricted }
    let matches = open.filter { match in !selector.excludes(match.map.id) }
    if matches.isEmpty, gone.isEmpty { report(noMatchFor: selector, entry, all: all, open: open) }
    return (withoutNewNames(of: gone, matches), gone)
  }

  /// A map that stays locked by its old name is not wanted by its new one beside, unless that is locked already.
  private func withoutNewNames(of departed: [LockedMap], _ matches: [CatalogMatch]) -> [CatalogMatch] {
    let names = Set(departed.compactMap { newName(of: $0) }).subtracting((previous?.maps ?? []).map(\.id))
    return names.isEmpty ? matches : matches.filter { !names.contains($0.map.id) }
  }

  /// What a map that no catalog has any more is called in its own now.
  func newName(of map: LockedMap) -> AnnotationID? {
    set.catalogs.first { $0.name == map.catalog }?.newName(of: map.id)
  }

  /// Of a map that an entry matches in several spaces, those in the preferred one. A tuple that is
  /// written out matches in one, so it is never passed over.
  private func preference(among ids: [AnnotationID]) -> (AnnotationID) -> Bool {
    guard !manifest.preferredSpaces.isEmpty else { return { _ in true } }
    let spaces = manifest.preferredSpaces
    func rank(_ id: AnnotationID) -> Int { spaces.firstIndex { $0.glob.matches(id.space) } ?? spaces.count }
    func name(_ id: AnnotationID) -> String { "\(id.source)/\(id.desc)" }
    let best = Dictionary(ids.map { (name($0), rank($0)) }, uniquingKeysWith: min)
    return { rank($0) == best[name($0)] }
  }

  // MARK: Values

  /// A value that no catalog has can only be a mistake, whatever else is listed beside it.
  private mutating func check(_ value: ManifestValue, of key: MapQuery.Key) {
    let words = vocabularies[key] ?? Set(set.vocabulary(key))
    vocabularies[key] = words
    let isKnown = value.glob.isLiteral ? words.contains(value.glob.text) : words.contains { value.glob.matches($0) }
    guard !isKnown, !(key == .license && value.glob.text == LockReader.unknownLicense) else { return }
    findings.append(
      Diagnostic(
        .unknownValue, "unknown \(key.noun) `\(value.glob)`", at: place(value.span),
        hints: [ResolverHints.unknown(value.glob.text, of: key, in: set)]))
  }

  private mutating func checkExclusions(of selector: ManifestSelector) {
    for (pattern, span) in selector.exclude where set.maps(pattern).isEmpty {
      guard !departed.contains(where: { pattern.matches($0.id) }) else { continue }
      findings.append(
        Diagnostic(
          .matchesNothing, "`\(pattern)` excludes nothing: no catalog has such a map", at: place(span),
          hints: ResolverHints.nearest(to: pattern, in: set).map { ["did you mean `\($0)`?"] } ?? []))
    }
  }
}
