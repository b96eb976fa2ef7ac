import Neuromaps

/// A tour of the library: the toolbox's calls, then a project with its lock.
///
/// Without arguments it needs no network. `library-tour --fetch` downloads two maps from OSF as well.
@main
enum Tour {
  static func main() async {
    do throws(NeuromapsFailure) {
      try lookAround()
      try await syncProject(at: CommandLine.arguments.dropFirst().first { !$0.hasPrefix("-") })
      if CommandLine.arguments.contains("--fetch") { try await fetch() }
    } catch {
      for diagnostic in error.diagnostics { print("\(diagnostic.code.rawValue): \(diagnostic.message)") }
    }
  }

  /// What there is; nothing of this touches the network or the disk.
  static func lookAround() throws(NeuromapsFailure) {
    print("tags: \(availableTags().joined(separator: ", "))")

    let receptors = availableAnnotations(space: ["MNI152", "fsaverage"], tags: ["PET", "receptors"])
    print("\(receptors.count) of \(availableAnnotations().count) maps show receptors by PET")

    for map in try describeAnnotations(availableAnnotations(tags: "genetics")) { print(map) }
  }

  /// A folder with a neuromaps.yaml: lock it, bring its files, check them.
  static func syncProject(at folder: String?) async throws(NeuromapsFailure) {
    guard let folder else { return }
    let project = try NeuromapsProject(at: folder)
    let summary = try await project.sync()
    print("\(summary.downloaded.count) downloaded, \(summary.reused.count + summary.unchanged.count) there already")
    for map in summary.lock.maps { print(map.id, try project.paths(map.id.description)) }
    print("sha256:\(try await project.verify())")
  }

  /// The toolbox's `fetch_annotation`.
  static func fetch() async throws(NeuromapsFailure) {
    switch try await fetchAnnotation(source: "neurosynth") {
    case .single(let paths): print("one map: \(paths)")
    case .several(let maps): print("\(maps.count) maps")
    }
    let two = try await fetchAnnotation(source: ["abagen", "margulies2016"])
    if let id = AnnotationID("abagen/genepc1/fsaverage/10k"), let hemispheres = two[id] {
      print("left \(hemispheres[0]), right \(hemispheres[1])")
    }
    let surfaces = try await fetchAtlas("fsaverage", density: "10k")
    print("\(surfaces.kinds): \(surfaces["pial"])")
  }
}
