internal import Catalog
public import Dataset
internal import Diagnostics

/// The maps of the built-in catalog that match every keyword, in the order of the catalog.
///
/// The toolbox's `available_annotations`. Needs no network.
///
/// - Parameters:
///   - source: who made it: `abagen`, `beliveau2017`.
///   - desc: what it shows: `genepc1`, `cimbi36`.
///   - space: the coordinate system: `MNI152`, `fsaverage`, `fsLR`, `civet`.
///   - den: vertices per hemisphere of a surface, `10k`; given with `res`, either.
///   - res: edge of a voxel of a volume, `2mm`.
///   - hemi: `L` or `R`; volumes have none.
///   - tags: words that must all be there.
///   - format: `surface` or `volume`.
///   - restricted: whether restricted maps are listed too.
public func availableAnnotations(
  source: Values? = nil, desc: Values? = nil, space: Values? = nil, den: Values? = nil, res: Values? = nil,
  hemi: Values? = nil, tags: Values? = nil, format: Values? = nil, restricted: Bool = false
) -> [AnnotationID] {
  let query = MapQuery(
    source: source, desc: desc, space: space, den: den, res: res, hemi: hemi, tags: tags, format: format,
    restricted: restricted)
  return CatalogSet([.builtin]).maps(query).map(\.map.id)
}

/// The tags of the built-in catalog, sorted; of restricted maps too if asked for.
///
/// The toolbox's `available_tags`. Needs no network.
public func availableTags(restricted: Bool = false) -> [String] {
  CatalogSet([.builtin]).tagCounts(includingRestricted: restricted).map(\.tag)
}

/// What is known of some maps of the built-in catalog, in the order asked for.
///
/// The toolbox's `describe_annotations`; printing a description shows it as there. Needs no network.
///
/// - Throws: ``NeuromapsFailure`` if the catalog lacks one of them.
public func describeAnnotations(_ ids: [AnnotationID]) throws(NeuromapsFailure) -> [AnnotationDescription] {
  let catalog = MapCatalog.builtin
  let missing = ids.filter { catalog[$0] == nil }
  guard missing.isEmpty else {
    throw NeuromapsFailure(
      .couldNot,
      missing.map { id in
        Diagnostic(
          .noSuchMap, "no catalog has a map `\(id)`",
          hints: Suggestion.nearest(to: "\(id)", among: catalog.maps.map(\.id.description))
            .map { ["did you mean `\($0)`?"] } ?? [])
      })
  }
  return ids.compactMap { id in catalog[id].map { AnnotationDescription($0, of: catalog) } }
}

/// Brings maps of the built-in catalog into a data directory, unless they are there, and says where.
///
/// The toolbox's `fetch_annotation`: the same tree below the same folder, so that either finds the
/// other's files. Every file is checked against the catalog, also one that is there already; a file
/// with other bytes is left alone and is an error.
///
/// May be called any number of times at once, by any number of processes. What was brought stays,
/// also when another file could not be had.
///
/// - Parameters:
///   - source: who made it; of the keywords one at least is needed, and `"all"` fetches everything.
///   - desc: what it shows.
///   - space: the coordinate system.
///   - den: vertices per hemisphere of a surface; given with `res`, either.
///   - res: edge of a voxel of a volume.
///   - hemi: `L` or `R`; fetches these files alone.
///   - tags: words that must all be there.
///   - format: `surface` or `volume`.
///   - restricted: whether restricted maps are wanted too; one that is named in full is in any case.
///   - dataDir: the data directory; else `$NEUROMAPS_DATA`, else `~/neuromaps-data`.
///   - token: an OSF personal access token for restricted maps; else `$NEUROMAPS_OSF_TOKEN`.
///   - returnSingle: whether a single map gives its paths alone.
/// - Throws: ``NeuromapsFailure``: `wrongUsage` without any keyword, `couldNot` when nothing matches
///   or a file could not be had, `tokenNeeded`, `dataDiffers`.
public func fetchAnnotation(
  source: Values? = nil, desc: Values? = nil, space: Values? = nil, den: Values? = nil, res: Values? = nil,
  hemi: Values? = nil, tags: Values? = nil, format: Values? = nil, restricted: Bool = false,
  dataDir: String? = nil, token: String? = nil, returnSingle: Bool = true
) async throws(NeuromapsFailure) -> FetchedAnnotations {
  let query = MapQuery(
    source: source, desc: desc, space: space, den: den, res: res, hemi: hemi, tags: tags, format: format,
    restricted: restricted)
  return try await Workspace.withoutProject(dataDir, token) { workspace throws(NeuromapsFailure) in
    try await workspace.fetch(query, from: [.builtin], returnSingle: returnSingle)
  }
}
