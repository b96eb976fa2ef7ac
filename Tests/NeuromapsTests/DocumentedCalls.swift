import Neuromaps

/// What docs/library.md and the reference's first page show, as a client with this one import compiles it; it is not
/// run, and `DocumentationTests` sees to it that no line is missing.
enum DocumentedCalls {
  static func questions() throws -> (tags: [String], maps: [AnnotationID]) {
    let tags = availableTags()
    let receptors = availableAnnotations(space: "fsaverage", tags: ["PET", "receptors"])
    for map in try describeAnnotations(availableAnnotations(tags: "genetics")) { print(map) }
    return (tags, receptors)
  }

  static func maps() async throws -> (hemispheres: [String]?, paths: [String]) {
    switch try await fetchAnnotation(source: "neurosynth") {
    case .single(let paths): print(paths)
    case .several(let maps): print(maps.count)
    }
    let maps = try await fetchAnnotation(source: ["hcps1200", "margulies2016"], returnSingle: false)
    let id = AnnotationID("hcps1200/myelinmap/fsLR/32k")!
    let hemispheres = maps[id]
    let paths = maps.paths
    return (hemispheres, paths)
  }

  static func atlases() async throws -> (
    pair: [String], kinds: [String], fusion: [String: [String]], all: [AtlasID: AtlasFiles]
  ) {
    let surfaces = try await fetchAtlas("fsLR", density: "32k")
    let pair = surfaces["midthickness"]
    let kinds = surfaces.kinds
    let fusion = try await fetchRegfusion("fsaverage")
    let all = try await fetchAllAtlases()
    return (pair, kinds, fusion, all)
  }

  static func project() async throws -> (Lockfile, SyncSummary, SHA256Digest, [String], [ManifestEntry]) {
    let project = try NeuromapsProject(at: "study")
    let lock = try await project.lock()
    let summary = try await project.sync(.locked)
    let digest = try await project.verify()
    let paths = try project.paths("abagen/genepc1/fsaverage/10k")
    let wanted = try project.manifest().entries
    return (lock, summary, digest, paths, wanted)
  }

  static func failing(_ project: NeuromapsProject) async {
    do throws(NeuromapsFailure) {
      try await project.sync(.locked)
    } catch {
      switch error.reason {
      case .lockStale: print("run `neuromaps lock`")
      case .tokenNeeded: print("ask for access")
      case .couldNot, .dataDiffers, .wrongInput, .wrongUsage:
        for diagnostic in error.diagnostics { print(diagnostic.message) }
      }
    }
  }

  static func firstPage() async throws {
    let maps = availableAnnotations(space: "fsaverage", tags: ["PET", "receptors"])

    switch try await fetchAnnotation(source: "abagen") {
    case .single(let paths): print(paths)  // left, right
    case .several(let maps): print(maps.count)
    }

    let surfaces = try await fetchAtlas("fsLR", density: "32k")
    print(surfaces["midthickness"])

    let project = try NeuromapsProject(at: "study")
    try await project.sync(.locked)
    print(try project.paths("abagen/genepc1/fsaverage/10k"))
    print(maps)
  }
}
