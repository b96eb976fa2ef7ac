public import Dataset

/// The catalogs that a project uses, in order; of a map that two hold, the first one's comes first.
public struct CatalogSet: Sendable {
  /// In the order in which they are asked.
  public let catalogs: [MapCatalog]

  /// The catalogs, their names all different.
  public init(_ catalogs: [MapCatalog]) {
    self.catalogs = catalogs
  }

  /// The maps that match, in catalog order; restricted ones only if the query includes them.
  public func maps(_ query: MapQuery) -> [CatalogMatch] {
    everything(query).filter { query.includesRestricted || !$0.map.isRestricted }
  }

  /// The maps that match, restricted or not.
  public func everything(_ query: MapQuery) -> [CatalogMatch] {
    catalogs.flatMap { catalog in
      catalog.maps.compactMap { map in
        let files = map.files.filter { query.matches(map, $0, in: catalog.name) }
        return files.isEmpty ? nil : CatalogMatch(catalog: catalog.name, map: map, files: files)
      }
    }
  }

  /// The maps whose names match, restricted or not.
  public func maps(_ pattern: MapPattern) -> [CatalogMatch] {
    if let id = pattern.id {
      return catalogs.compactMap { catalog in
        catalog[id].map { CatalogMatch(catalog: catalog.name, map: $0, files: $0.files) }
      }
    }
    return catalogs.flatMap { catalog in
      catalog.maps.filter { pattern.matches($0.id) }
        .map { CatalogMatch(catalog: catalog.name, map: $0, files: $0.files) }
    }
  }

  /// The atlases whose names match, in catalog order, each with its catalog's name.
  public func atlases(_ pattern: Glob) -> [(catalog: String, atlas: CatalogAtlas)] {
    catalogs.flatMap { catalog in
      catalog.atlases.filter { pattern.matches($0.id.description) }.map { (catalog.name, $0) }
    }
  }

  /// What a map of that name is called now, if a catalog renamed it.
  public func newName(of id: AnnotationID) -> AnnotationID? {
    catalogs.lazy.compactMap { $0.newName(of: id) }.first
  }

  /// Every value that a key has in these catalogs, sorted.
  public func vocabulary(_ key: MapQuery.Key) -> [String] {
    Set(catalogs.flatMap { catalog in catalog.maps.flatMap { values(key, of: $0, in: catalog) } }).sorted(by: precedes)
  }

  /// How many maps have each tag, sorted by tag; restricted maps only if asked for.
  public func tagCounts(includingRestricted: Bool = false) -> [(tag: String, maps: Int)] {
    var counts: [String: Int] = [:]
    for map in catalogs.flatMap(\.maps) where includingRestricted || !map.isRestricted {
      for tag in map.tags { counts[tag, default: 0] += 1 }
    }
    return counts.sorted { precedes($0.key, $1.key) }.map { (tag: $0.key, maps: $0.value) }
  }

  private func values(_ key: MapQuery.Key, of map: CatalogMap, in catalog: MapCatalog) -> [String] {
    switch key {
    case .source: [map.id.source]
    case .desc: [map.id.desc]
    case .space: [map.id.space]
    case .den, .res: [map.id.sampling.label]
    case .hemi: Hemisphere.allCases.map(\.rawValue)
    case .tags: map.tags
    case .format: MapFormat.allCases.map(\.rawValue)
    case .license: [map.license ?? "unknown"]
    case .catalog: [catalog.name]
    }
  }
}
