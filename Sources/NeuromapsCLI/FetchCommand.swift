internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Project
internal import Store
internal import Sync
internal import SystemPackage

/// `neuromaps fetch`.
struct FetchCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Bring maps and atlases into the data directory without a project, and print their paths.",
    discussion: """
      The toolbox's fetch_annotation and fetch_atlas. At least one keyword or atlas is needed; `--source all` \
      means every map, `--atlas all` every atlas. Prints the paths of a single map, one a line; of several a \
      table. Within a project the project's data directory is meant; `status` calls files there that are not locked \
      extra.

      Examples:
        neuromaps fetch --source abagen
        neuromaps fetch --tag genetics --data-dir maps
        neuromaps fetch --source neurosynth --json
        neuromaps fetch --atlas fsLR/32k --atlas regfusion
      """)

  @OptionGroup var keywords: QueryOptions

  @Option(
    help: ArgumentHelp("An atlas: fsLR/32k, MNI152/2mm, regfusion; all for every one.", valueName: "a"),
    completion: .catalogAtlases)
  var atlas: [String] = []

  @Flag(help: "Set aside files with other bytes, and bring the catalog's.")
  var repair = false

  @OptionGroup var placement: PlacementOptions

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    guard !keywords.query.patterns.isEmpty || !atlas.isEmpty else {
      throw ValidationError(
        "At least one keyword is needed, such as --source abagen or --atlas fsLR/32k; --source all means every map.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace(placement)
    var request = FetchRequest(
      maps: keywords.query.patterns.isEmpty ? nil : keywords.query, atlases: atlas.map(Glob.init))
    request.policy.repairs = repair
    let result: SyncResult
    do throws(NeuromapsFailure) {
      result = try await run.showingProgress { observer throws(NeuromapsFailure) in
        try await workspace.fetch(request, observer: observer)
      }
    } catch {
      if !keywords.query.patterns.isEmpty, keywords.query.id == nil,
        error.diagnostics.contains(where: { $0.code == .noSuchMap })
      {
        for warning in try await workspace.reasonsForNothing(in: keywords.query) { run.show(warning) }
      }
      throw error
    }
    for outcome in result.outcomes { run.tell("\(outcome.fate.rawValue) \(outcome.file.path)") }
    for warning in result.warnings + result.outcomeWarnings { run.show(warning) }
    printPaths(result, run)
    await CitationReminder(result, command: citeCommand(result)).say(in: workspace, run)
    if let failure = result.failure { throw failure }
  }

  private func citeCommand(_ result: SyncResult) -> String {
    let maps = result.lock.maps.map(\.id.description)
    if maps.count <= 3 { return "neuromaps cite \(maps.joined(separator: " "))" }
    return "neuromaps cite --in-data-dir" + (global.dataDir.map { " --data-dir \($0)" } ?? "")
  }

  /// Only of maps and atlases all of whose files are there.
  private func printPaths(_ result: SyncResult, _ run: CommandRun) {
    let found = result.paths
    let paths = result.lock.items.compactMap { item in found[item].map { (item, $0) } }
    if run.isJSON {
      run.print(.object(paths.map { ($0.0.description, .texts($0.1)) }))
    } else if result.lock.items.count == 1 {
      for path in paths.flatMap(\.1) { run.print(path) }
    } else {
      var table = TextTable([result.lock.atlases.isEmpty ? "map" : "item", "path"])
      for (item, files) in paths { for path in files { table.add([item.description, path]) } }
      run.print(table)
    }
  }
}
