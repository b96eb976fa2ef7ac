internal import Catalog
package import Dataset
internal import Diagnostics
internal import Effects
package import Project
internal import Sync
internal import SystemPackage

extension MapCatalog {
  /// The built-in catalog, read once.
  static let builtin = BuiltinCatalog.load()
}

extension LoadedCatalog {
  /// The built-in catalog.
  package static let builtin = LoadedCatalog(.builtin, folder: "")
}

/// The calls of the Python toolbox, over any catalogs and in any world.
extension Workspace {
  /// Does something in the real world, in no project.
  static func withoutProject<Result: Sendable>(
    _ dataDir: String?, _ token: String?,
    _ body: (Workspace) async throws(NeuromapsFailure) -> Result
  ) async throws(NeuromapsFailure) -> Result {
    var settings = Settings()
    settings.dataDir = dataDir
    settings.token = token
    return try await World.whileOpen { world throws(NeuromapsFailure) in
      try await body(Workspace(world, settings, project: nil))
    }
  }

  /// Brings maps and says where they are.
  package func fetch(
    _ query: MapQuery, from catalogs: [LoadedCatalog], returnSingle: Bool
  ) async throws(NeuromapsFailure) -> FetchedAnnotations {
    guard !query.patterns.isEmpty else {
      throw NeuromapsFailure(
        .wrongUsage,
        [Diagnostic(.noKeyword, "no keyword says what to fetch", hints: ["`source: \"all\"` fetches everything"])])
    }
    let result = try await fetch(FetchRequest(maps: query), from: catalogs)
    if let failure = result.failure { throw failure }
    let paths = result.paths
    let maps = Dictionary(
      result.lock.maps.map { ($0.id, paths[.map($0.id)] ?? []) }, uniquingKeysWith: { first, _ in first })
    if returnSingle, maps.count == 1, let only = maps.first { return .single(only.value) }
    return .several(maps)
  }

  /// Brings an atlas and says where its files are.
  package func fetchAtlas(
    _ name: String, density: String, from catalogs: [LoadedCatalog]
  ) async throws(NeuromapsFailure) -> AtlasFiles {
    let name = "\(Self.atlasAliases[name] ?? name)/\(density)"
    // Only a name: no pattern, and not all of them.
    guard AtlasID(name) != nil else {
      throw NeuromapsFailure(.couldNot, [Self.noSuchAtlas(name, CatalogSet(catalogs.map(\.catalog)))])
    }
    guard let files = try await fetchAtlases([Glob(name)], from: catalogs).first else {
      preconditionFailure("a fetch has what it was asked for, or throws")
    }
    return files
  }

  /// Brings the inputs of registration fusion and says where those of a space are, by density.
  package func fetchRegfusion(
    _ space: String, from catalogs: [LoadedCatalog]
  ) async throws(NeuromapsFailure) -> [String: [String]] {
    let prefix = "\(Self.atlasAliases[space] ?? space)/"
    let known = try atlases([Glob("regfusion")], in: catalogs).flatMap { _, atlas in
      AtlasFiles(id: atlas.id, paths: atlas.members.map(\.text)).kinds
    }
    let isKnown = known.contains { $0.hasPrefix(prefix) }
    let files = isKnown ? try await fetchAtlases([Glob("regfusion")], from: catalogs) : []
    var densities: [String: [String]] = [:]
    for atlas in files {
      for kind in atlas.kinds where kind.hasPrefix(prefix) {
        densities[String(kind.dropFirst(prefix.count))] = atlas[kind]
      }
    }
    guard !densities.isEmpty else {
      let spaces = Set(known.map { String($0.prefix { $0 != "/" }) }).sorted(by: precedes)
      throw NeuromapsFailure(
        .couldNot,
        [
          Diagnostic(
            .noSuchMap, "registration fusion does not lead to a space `\(space)`",
            hints: ["it leads to \(spaces.map { "`\($0)`" }.joined(separator: ", "))"])
        ])
    }
    return densities
  }

  /// Brings every atlas.
  package func fetchAllAtlases(
    from catalogs: [LoadedCatalog]
  ) async throws(NeuromapsFailure) -> [AtlasID: AtlasFiles] {
    let files = try await fetchAtlases([Glob("all")], from: catalogs)
    return Dictionary(files.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func fetchAtlases(
    _ patterns: [Glob], from catalogs: [LoadedCatalog]
  ) async throws(NeuromapsFailure) -> [AtlasFiles] {
    let result = try await fetch(FetchRequest(atlases: patterns), from: catalogs)
    if let failure = result.failure { throw failure }
    return try atlases(patterns, in: catalogs).map { _, atlas in
      AtlasFiles(id: atlas.id, paths: atlas.members.map { result.folder.pushing(FilePath($0.text)).string })
    }
  }

  /// What else the toolbox lets people call an atlas.
  private static let atlasAliases = [
    "fslr": "fsLR", "fsavg": "fsaverage", "mni152": "MNI152", "mni": "MNI152", "FSLR": "fsLR", "CIVET": "civet",
  ]
}
