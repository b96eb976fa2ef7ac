internal import Catalog
internal import Dataset
public import Diagnostics

/// Finds the files that a manifest asks for: from manifest and catalogs to a lock.
///
/// A pure function of its arguments; the order of entries, keys and catalogs makes no difference.
/// An earlier lock's pins are kept wherever they still answer, so that a newer catalog moves nothing
/// by itself.
public struct Resolver {
  private let manifest: Manifest
  private let catalogs: [LoadedCatalog]
  private let set: CatalogSet
  private let previous: Lockfile?
  private var findings: [Diagnostic] = []
  private var warnings: [Diagnostic] = []
  private var chosen: [AnnotationID: [String: Choice]] = [:]
  /// What each key can be, looked up once: there may be thousands of values to check.
  private var vocabularies: [MapQuery.Key: Set<String>] = [:]

  /// A map of one catalog with the files and the entries that ask for them.
  private struct Choice {
    let map: CatalogMap
    var files: Set<CatalogFile>
    var entries: [ManifestEntry]
  }

  private init(_ manifest: Manifest, _ catalogs: [LoadedCatalog], previous: Lockfile?) {
    self.manifest = manifest
    self.catalogs = catalogs.sorted { precedes($0.catalog.name, $1.catalog.name) }
    set = CatalogSet(self.catalogs.map(\.catalog))
    self.previous = previous
  }

  /// The lock that answers the manifest, or everything in the manifest that cannot be answered.
  ///
  /// - Parameters:
  ///   - manifest: what is wanted.
  ///   - catalogs: what there is, in any order.
  ///   - previous: the earlier lock, without the maps whose pins shall move.
  public static func resolve(
    _ manifest: Manifest, catalogs: [LoadedCatalog], previous: Lockfile? = nil
  ) throws(Findings) -> Resolution {
    var resolver = Resolver(manifest, catalogs, previous: previous)
    resolver.checkPreference()
    for entry in manifest.entries { resolver.choose(entry) }
    var atlases = AtlasResolver(manifest, resolver.catalogs, previous: previous)
    atlases.resolve()
    resolver.findings += atlases.findings
    let lock = resolver.lock(with: atlases)
    guard resolver.findings.isEmpty else { throw Findings(resolver.findings) }
    return Resolution(lock: lock, warnings: resolver.warnings)
  }

  // MARK: Entries

  private mutating func choose(_ entry: ManifestEntry) {
    let before = findings.count
    let matches: [CatalogMatch]
    switch entry.form {
    case .tuple(let pattern, let parts): matches = self.matches(pattern, parts, of: entry)
    case .selector(let selector): matches = self.matches(selector, of: entry)
    }
    guard findings.count == before else { return }
    for match in preferred(matches) {
      var choice = chosen[match.map.id]?[match.catalog] ?? Choice(map: match.map, files: [], entries: [])
      choice.files.formUnion(match.files)
      choice.entries.append(entry)
      chosen[match.map.id, default: [:]][match.catalog] = choice
    }
  }

  private mutating func matches(
    _ pattern: MapPattern, _ parts: [SourceSpan], of entry: ManifestEntry
  ) -> [CatalogMatch] {
    let all = set.maps(pattern)
    if let id = pattern.id, all.isEmpty, let renamed = set.newName(of: id).flatMap({ MapPattern($0.description) }) {
      warnings.append(
        Diagnostic(
          .matchesNothing, "`\(id)` is called `\(renamed)` now", severity: .warning, at: place(entry.span),
          hints: ["write the new name"]))
      return set.maps(renamed)
    }
    let matches = pattern.id == nil ? all.filter { !$0.map.isRestricted } : all
    if matches.isEmpty { report(noMatchFor: pattern, parts, restricted: all) }
    return matches
  }

  private mutating func matches(_ selector: ManifestSelector, of entry: ManifestEntry) -> [CatalogMatch] {
    let before = findings.count
    checkValues(of: selector)
    checkExclusions(of: selector)
    guard findings.count == before else { return [] }
    let all = set.everything(selector.query)
    let open = selector.includesRestricted ? all : all.filter { !$0.map.isRestricted }
    let matches = open.filter { match in !selector.exclude.contains { $0.pattern.matches(match.map.id) } }
    if matches.isEmpty { report(noMatchFor: selector, entry, all: all, open: open) }
    return matches
  }

  /// Of a map that an entry matches in several spaces, those in the preferred one. A tuple that is
  /// written out matches in one, so it is never passed over.
  private func preferred(_ matches: [CatalogMatch]) -> [CatalogMatch] {
    guard !manifest.preferredSpaces.isEmpty else { return matches }
    func rank(_ match: CatalogMatch) -> Int {
      manifest.preferredSpaces.firstIndex { $0.glob.matches(match.map.id.space) } ?? manifest.preferredSpaces.count
    }
    func name(_ match: CatalogMatch) -> String { "\(match.map.id.source)/\(match.map.id.desc)" }
    let best = Dictionary(matches.map { (name($0), rank($0)) }, uniquingKeysWith: min)
    return matches.filter { rank($0) == best[name($0)] }
  }

  // MARK: The lock

  private mutating func lock(with atlases: AtlasResolver) -> Lockfile {
    let kept = Dictionary((previous?.files ?? []).map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let keptMaps = Dictionary((previous?.maps ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var maps: [LockedMap] = []
    var files: [LockedFile] = []
    var moved = atlases.moved
    for id in chosen.keys.sorted() {
      let locked = keptMaps[id]?.catalog
      guard let (catalog, choice) = single(chosen[id] ?? [:], of: id, lockedFrom: locked) else { continue }
      let folder = catalogs.first { $0.catalog.name == catalog }?.folder ?? ""
      let earlier = keptMaps[id].flatMap { $0.catalog == catalog ? $0 : nil }
      maps.append(
        earlier.map { LockedMap($0, groups: []) }
          ?? LockedMap(
            id: id, catalog: catalog, groups: [], license: choice.map.license, isRestricted: choice.map.isRestricted))
      for file in choice.files {
        let path = DatasetPath(id, hemi: file.hemi)
        let present = LockedFile(
          path: path, map: id, origin: file.origin.moved(into: folder), checksums: file.checksums)
        if earlier != nil, let pin = kept[path] {
          files.append(pin.following(present))
        } else {
          files.append(present)
          moved.insert(catalog)
        }
      }
    }
    let used = Set(maps.map(\.catalog) + atlases.atlases.map(\.catalog))
    return Lockfile(
      declarations: manifest.declarations, catalogs: lockedCatalogs(used, moved: moved), maps: maps,
      atlases: atlases.atlases, files: files + atlases.files)
  }

  /// A catalog none of whose pins moved stays recorded at the revision that they came from.
  private func lockedCatalogs(_ used: Set<String>, moved: Set<String>) -> [LockedCatalog] {
    catalogs.map(\.catalog).filter { used.contains($0.name) }.map { catalog in
      let earlier = previous?.catalogs.first { $0.name == catalog.name }
      if let earlier, !moved.contains(catalog.name) { return earlier }
      return LockedCatalog(name: catalog.name, revision: catalog.revision, sha256: catalog.digest)
    }
  }

  /// The one catalog that a map is taken from: the one it is locked from, else the first by name;
  /// a conflict if another has other bytes for a file that both would write.
  private mutating func single(
    _ choices: [String: Choice], of id: AnnotationID, lockedFrom earlier: String?
  ) -> (String, Choice)? {
    func rank(_ catalog: String) -> Int { catalog == earlier ? 0 : 1 }
    let sorted = choices.sorted { a, b in
      rank(a.key) != rank(b.key) ? rank(a.key) < rank(b.key) : precedes(a.key, b.key)
    }
    guard let first = sorted.first else { return nil }
    var whole = first.value
    for other in sorted.dropFirst() {
      for file in other.value.files {
        // What another is asked for and this one has too is taken from this one.
        guard let own = first.value.map.files.first(where: { $0.hemi == file.hemi }),
          own.checksums.agrees(with: file.checksums)
        else {
          report(conflictOf: id, between: first, and: other)
          return nil
        }
        whole.files.insert(own)
      }
    }
    return (first.key, whole)
  }

  // MARK: What is wrong

  private func place(_ span: SourceSpan) -> SourceLocation { manifest.source.location(span) }

  private mutating func report(
    conflictOf id: AnnotationID, between a: (key: String, value: Choice), and b: (key: String, value: Choice)
  ) {
    guard let first = a.value.entries.first, let second = b.value.entries.last else { return }
    findings.append(
      Diagnostic(
        .pathConflict, "`\(id)` comes from two catalogs with different bytes, and both would be the same file",
        at: place(second.span),
        notes: [
          "catalog `\(b.key)` by line \(second.span.start.line): `\(text(of: second))`",
          "catalog `\(a.key)` by line \(first.span.start.line): `\(text(of: first))`",
        ],
        hints: ["choose one with `catalog:` in a selector"]))
  }

  private func text(of entry: ManifestEntry) -> String {
    manifest.source.line(entry.span.start.line).drop { $0 == " " || $0 == "-" }.description
  }

  private mutating func checkPreference() {
    for value in manifest.preferredSpaces { check(value, of: .space) }
  }

  private mutating func checkValues(of selector: ManifestSelector) {
    for key in MapQuery.Key.allCases {
      for value in selector.values[key] ?? [] { check(value, of: key) }
    }
  }

  /// A value that no catalog has can only be a mistake, whatever else is listed beside it.
  private mutating func check(_ value: ManifestValue, of key: MapQuery.Key) {
    let words = vocabularies[key] ?? Set(set.vocabulary(key))
    vocabularies[key] = words
    let isKnown = value.glob.isLiteral ? words.contains(value.glob.text) : words.contains { value.glob.matches($0) }
    guard !isKnown, !(key == .license && value.glob.text == "unknown") else { return }
    findings.append(
      Diagnostic(
        .unknownValue, "unknown \(key.noun) `\(value.glob)`", at: place(value.span),
        hints: [ResolverHints.unknown(value.glob.text, of: key, in: set)]))
  }

  private mutating func checkExclusions(of selector: ManifestSelector) {
    for (pattern, span) in selector.exclude where set.maps(pattern).isEmpty {
      findings.append(
        Diagnostic(
          .matchesNothing, "`\(pattern)` excludes nothing: no catalog has such a map", at: place(span),
          hints: ResolverHints.nearest(to: pattern, in: set).map { ["did you mean `\($0)`?"] } ?? []))
    }
  }

  private mutating func report(
    noMatchFor pattern: MapPattern, _ parts: [SourceSpan], restricted: [CatalogMatch]
  ) {
    if let match = restricted.first {
      findings.append(
        Diagnostic(
          .onlyRestricted, "`\(pattern)` matches only restricted maps", at: place(parts[0]),
          hints: ["write the tuple out: `\(match.map.id)`"]))
      return
    }
    let wrong = ResolverHints.firstWrongPart(of: pattern, in: set)
    let span = wrong.part < parts.count ? parts[wrong.part] : parts[0]
    findings.append(
      Diagnostic(
        .matchesNothing, "no map matches `\(pattern)`", at: place(span), notes: [wrong.note], hints: [wrong.hint]))
  }

  private mutating func report(
    noMatchFor selector: ManifestSelector, _ entry: ManifestEntry, all: [CatalogMatch], open: [CatalogMatch]
  ) {
    if open.isEmpty, let match = all.first {
      findings.append(
        Diagnostic(
          .onlyRestricted, "the selector matches only restricted maps, such as `\(match.map.id)`",
          at: place(entry.span), hints: ["add `restricted: true`, or write the tuple out"]))
      return
    }
    let reason =
      open.isEmpty
      ? "each value exists, but no map has all of them" : "it excludes all \(open.count) maps that it selects"
    findings.append(
      Diagnostic(
        .matchesNothing, "the selector matches no map", at: place(entry.span), notes: [reason],
        hints: ["`neuromaps list` with the same keywords shows what there is"]))
  }
}

extension LockedMap {
  /// The same map in other groups.
  fileprivate init(_ map: LockedMap, groups: [String]) {
    self.init(
      id: map.id, catalog: map.catalog, groups: groups, license: map.license, isRestricted: map.isRestricted)
  }
}
