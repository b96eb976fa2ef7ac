package import Catalog
internal import Dataset
package import Diagnostics
package import Project
package import Sync

extension Workspace {
  /// The maps that answer a query, from the project's catalogs or the built-in one.
  ///
  /// Of a map that two catalogs hold, the first catalog's is taken.
  package func maps(_ query: MapQuery) async throws(NeuromapsFailure) -> [CatalogMatch] {
    maps(query, in: try await catalogs())
  }

  private func maps(_ query: MapQuery, in catalogs: [LoadedCatalog]) -> [CatalogMatch] {
    var seen: Set<AnnotationID> = []
    return CatalogSet(catalogs.map(\.catalog)).maps(query).filter { seen.insert($0.map.id).inserted }
  }

  /// Why a query matches nothing: values that no catalog has, or restricted maps alone.
  package func reasonsForNothing(in query: MapQuery) async throws(NeuromapsFailure) -> [Diagnostic] {
    let set = CatalogSet(try await catalogs().map(\.catalog))
    let restricted = query.includesRestricted ? [] : set.everything(query)
    if let match = restricted.first {
      return [
        Diagnostic(
          .onlyRestricted, "only restricted maps match, such as `\(match.map.id)`", severity: .warning,
          hints: ["`--restricted` shows them too; their download needs NEUROMAPS_OSF_TOKEN"])
      ]
    }
    return MapQuery.Key.allCases.flatMap { key in
      let words = set.vocabulary(key)
      let unknown = (query.patterns[key] ?? []).filter { glob in !words.contains { glob.matches($0) } }
      return unknown.map { glob in
        Diagnostic(
          .unknownValue, "unknown \(key.noun) `\(glob)`", severity: .warning,
          hints: [ResolverHints.unknown(glob.text, of: key, in: set)])
      }
    }
  }

  /// What a sync would do for what is asked for, without a project's lock.
  package func fetch(
    _ request: FetchRequest, observer: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> SyncResult {
    let manifest = try optionalManifest()
    return try await fetch(request, from: try await catalogs(manifest), manifest, observer: observer)
  }

  /// The same from these catalogs; the manifest, if there is one, says where things are.
  func fetch(
    _ request: FetchRequest, from catalogs: [LoadedCatalog], _ manifest: Manifest? = nil,
    observer: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> SyncResult {
    let found = request.maps.map { maps(asked($0), in: catalogs) }
    let lock = lockfile(of: found ?? [], try atlases(request.atlases, in: catalogs), catalogs)
    guard !lock.files.isEmpty, found?.isEmpty != true else {
      throw NeuromapsFailure(
        .couldNot,
        [Diagnostic(.noSuchMap, "no map matches", hints: ["`neuromaps list` with fewer keywords shows what there is"])])
    }
    return try await bring(
      lock, LockSelection(), manifest, request.policy, isDryRun: false, as: .fetch, asksOSF: \.hasWeakPin,
      observer: observer)
  }

  /// As in a manifest: who writes the tuple out means the map, restricted or not.
  private func asked(_ query: MapQuery) -> MapQuery {
    var query = query
    if query.id != nil { query.includesRestricted = true }
    return query
  }

  /// The atlases of the project's catalogs, or of the built-in one, that some names or patterns mean.
  package func atlases(
    _ patterns: [Glob] = [Glob("all")]
  ) async throws(NeuromapsFailure) -> [(catalog: String, atlas: CatalogAtlas)] {
    patterns.isEmpty ? [] : try atlases(patterns, in: try await catalogs())
  }

  /// The atlases that some names or patterns mean; each must mean one at least.
  ///
  /// Of an atlas that two catalogs hold, the first catalog's is taken.
  package func atlases(
    _ patterns: [Glob], in catalogs: [LoadedCatalog]
  ) throws(NeuromapsFailure) -> [(catalog: String, atlas: CatalogAtlas)] {
    let set = CatalogSet(catalogs.map(\.catalog))
    var problems: [Diagnostic] = []
    var seen: Set<AtlasID> = []
    var found: [(catalog: String, atlas: CatalogAtlas)] = []
    for pattern in patterns {
      let matches = set.atlases(pattern)
      if matches.isEmpty { problems.append(Self.noSuchAtlas(pattern.text, set)) }
      found += matches.filter { seen.insert($0.atlas.id).inserted }
    }
    guard problems.isEmpty else { throw NeuromapsFailure(.couldNot, problems) }
    return found
  }

  /// A name or pattern that no atlas of the catalogs has.
  static func noSuchAtlas(_ name: String, _ set: CatalogSet) -> Diagnostic {
    let names = set.atlases(Glob("all")).map(\.atlas.id.description)
    return Diagnostic(
      .noSuchMap, "no catalog has an atlas `\(name)`", hints: [ResolverHints.atlas(name, among: names)])
  }

  /// The files of some maps and atlases as a lock that is never written.
  private func lockfile(
    of matches: [CatalogMatch], _ atlases: [(catalog: String, atlas: CatalogAtlas)], _ catalogs: [LoadedCatalog]
  ) -> Lockfile {
    let folders = Dictionary(catalogs.map { ($0.catalog.name, $0.folder) }, uniquingKeysWith: { first, _ in first })
    let files = matches.flatMap { match in
      match.files.map { file in
        LockedFile(
          path: DatasetPath(match.map.id, hemi: file.hemi), map: match.map.id,
          origin: file.origin.moved(into: folders[match.catalog] ?? ""), checksums: file.checksums)
      }
    }
    let members = atlases.flatMap { _, atlas in
      atlas.members.map { LockedFile(path: $0, atlas: atlas.id, checksums: nil) }
    }
    let maps = matches.map { match in
      LockedMap(
        id: match.map.id, catalog: match.catalog, groups: [], license: match.map.license,
        isRestricted: match.map.isRestricted)
    }
    let archives = atlases.map { catalog, atlas in
      LockedAtlas(
        id: atlas.id, catalog: catalog, archive: atlas.archive,
        origin: atlas.origin.moved(into: folders[catalog] ?? ""), checksums: atlas.checksums)
    }
    return Lockfile(declarations: [], catalogs: [], maps: maps, atlases: archives, files: files + members)
  }
}
