package import Catalog
package import Citations
internal import Dataset
package import Diagnostics
internal import Effects
package import Project
internal import Store
internal import SystemPackage

extension Workspace {
  /// What must be cited for some maps, with what the person should know.
  package func bibliography(
    of maps: CitedMaps
  ) async throws(NeuromapsFailure) -> (bibliography: Bibliography, warnings: [Diagnostic]) {
    switch maps {
    case .matching(let patterns):
      let (matches, set) = try await matches(patterns)
      // Of a map that two catalogs hold, the first one's is taken, as everywhere.
      return (Bibliography(of: matches.map(\.map.id), in: set), [])
    case .ofProject where project != nil: return try await lockedBibliography()
    case .ofProject, .inDataFolder:
      let manifest = try manifestIfAny()
      let bibliography = Bibliography(of: try mapsInDataFolder(manifest), in: try await catalogSet(manifest))
      return (bibliography, unknownMaps(in: bibliography))
    }
  }

  /// What must be cited for the maps of a lock, on disk or not; also the notes to show, and the reminder.
  package func bibliography(of lock: Lockfile) async throws(NeuromapsFailure) -> Bibliography {
    Self.bibliography(of: lock, in: try await catalogSet(manifestIfAny()))
  }

  /// The maps that match, each pattern in turn, and the catalogs that were asked; each pattern must match one.
  package func matches(
    _ patterns: [MapPattern]
  ) async throws(NeuromapsFailure) -> (matches: [CatalogMatch], catalogs: CatalogSet) {
    let set = try await catalogSet(optionalManifest())
    let missing = patterns.filter { set.maps($0).isEmpty }
    guard missing.isEmpty else { throw NeuromapsFailure(.couldNot, missing.map { Self.noSuchMap($0, set) }) }
    return (patterns.flatMap { set.maps($0) }, set)
  }

  /// What must be cited for the maps of a lock, from the catalogs that they came from where these are there.
  static func bibliography(of lock: Lockfile, in set: CatalogSet) -> Bibliography {
    let catalogs = Dictionary(lock.maps.map { ($0.id, $0.catalog) }, uniquingKeysWith: { first, _ in first })
    return Bibliography(of: lock.maps.map(\.id), in: set, from: catalogs)
  }

  private func lockedBibliography() async throws(NeuromapsFailure) -> (Bibliography, [Diagnostic]) {
    let manifest = try manifestIfAny()
    let lock = try requiredLock()
    var warnings: [Diagnostic] = []
    if let manifest, var stale = staleness(of: lock, manifest) {
      stale.severity = .warning
      warnings.append(stale)
    }
    let bibliography = Self.bibliography(of: lock, in: try await catalogSet(manifest))
    return (bibliography, warnings + unknownMaps(in: bibliography))
  }

  /// As for `sync --frozen`: what else is wrong with the manifest does not matter for what is locked.
  private func manifestIfAny() throws(NeuromapsFailure) -> Manifest? {
    project == nil ? nil : try manifest(for: .frozen)
  }

  private func catalogSet(_ manifest: Manifest?) async throws(NeuromapsFailure) -> CatalogSet {
    CatalogSet(try await catalogs(manifest).map(\.catalog))
  }

  private func mapsInDataFolder(_ manifest: Manifest?) throws(NeuromapsFailure) -> [AnnotationID] {
    let place = try dataPath(manifest)
    do throws(FileError) {
      let paths = try DataFolder(world.files, at: place).paths(below: "annotations")
      return paths.compactMap { path in path.split(separator: "/").last.flatMap { FileEntities(fileName: $0)?.map } }
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// One warning for all of them: a folder may hold many.
  private func unknownMaps(in bibliography: Bibliography) -> [Diagnostic] {
    let names = bibliography.unknown.map { "`\($0)`" }
    guard let first = names.first else { return [] }
    let rest = names.count > 10 ? ["and \(names.count - 10) more"] : []
    return [
      Diagnostic(
        .noSuchMap,
        "no catalog has \(names.count == 1 ? "a map \(first)" : "\(names.count) of the maps"), "
          + "so nothing tells what to cite for \(names.count == 1 ? "it" : "them")",
        severity: .warning, notes: names.count == 1 ? [] : names.prefix(10) + rest,
        hints: ["is a catalog missing in `\(Self.manifestName)`?"])
    ]
  }

  private static func noSuchMap(_ pattern: MapPattern, _ set: CatalogSet) -> Diagnostic {
    let names = set.catalogs.flatMap { $0.maps.map(\.id.description) }
    let now = pattern.id.flatMap { set.newName(of: $0) }?.description
    let near = now ?? Suggestion.nearest(to: pattern.description, among: names)
    return Diagnostic(
      .noSuchMap, "no catalog has a map `\(pattern)`",
      hints: [
        near.map { now == nil ? "did you mean `\($0)`?" : "it is called `\($0)` now" }
          ?? "`neuromaps list` shows what there is"
      ])
  }
}
