internal import ArgumentParser
internal import Catalog
internal import Neuromaps
internal import Project
internal import Sync

/// What `add` and `remove` share: keywords of a selector, where it stands, and what follows.
struct EditOptions: ParsableArguments {
  @OptionGroup var keywords: QueryOptions

  @Option(
    help: ArgumentHelp("A license, as the catalog writes it, or unknown.", valueName: "l"),
    completion: .values(of: .license))
  var license: [String] = []

  @Option(help: ArgumentHelp("The name of a catalog.", valueName: "c"), completion: .values(of: .catalog))
  var catalog: [String] = []

  @Option(
    help: ArgumentHelp("Of what the keywords select, leave out maps that match.", valueName: "tuple"),
    completion: .catalogMaps)
  var exclude: [String] = []

  @Option(help: ArgumentHelp("The group to change; else the main set.", valueName: "name"), completion: .groups)
  var group: String?

  @Flag(help: "Lock, but bring no files.")
  var noSync = false

  @Flag(help: "Write nothing; say what would change.")
  var dryRun = false

  @OptionGroup var placement: PlacementOptions

  mutating func validate() throws {
    _ = try mapPatterns(exclude)
    if let group, !ManifestGroup.isName(group) {
      throw ValidationError("`\(group)` is no name of a group; it has letters, digits, `-` and `_`.")
    }
  }

  /// Wrong usage unless either names or keywords are given.
  func check(_ tuples: [String]) throws {
    _ = try itemPatterns(tuples)
    let hasKeywords = !query.patterns.isEmpty
    if !tuples.isEmpty, hasKeywords || query.includesRestricted || !exclude.isEmpty {
      throw ValidationError("Names and keywords exclude each other: run the command twice.")
    }
    if tuples.isEmpty, !hasKeywords {
      throw ValidationError(
        "Name a map or an atlas, such as abagen/genepc1/fsaverage/10k or fsLR/32k, or select maps by keywords, "
          + "such as --tag PET --space MNI152.")
    }
  }

  /// Edits, locks, and brings the files.
  func perform(
    _ action: ManifestChange.Action, _ tuples: [String], _ run: CommandRun
  ) async throws(NeuromapsFailure) {
    let workspace = try run.workspace(placement)
    let (change, isDryRun) = (ManifestChange(action, items(tuples), in: group), dryRun)
    let result = try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.edit(change, isDryRun: isDryRun) { observer(.transfer($0)) }
    }
    for warning in result.lock.warnings { run.show(warning) }
    EditReport(result, in: group, isDryRun: dryRun, isSynced: !noSync).print(run)
    guard !dryRun, !noSync else { return }
    var options = SyncOptions()
    // What was added shall arrive.
    if action == .add, let group { options.selection.groups = .named([group]) }
    try await sync(options, workspace, run)
  }

  private func sync(
    _ options: SyncOptions, _ workspace: Workspace, _ run: CommandRun
  ) async throws(NeuromapsFailure) {
    let result = try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.sync(options, observer: observer)
    }
    for warning in result.warnings { run.show(warning) }
    if run.isJSON {
      for warning in result.outcomeWarnings { run.show(warning) }
    } else {
      SyncReport(result).print(run)
    }
    if result.outcomes.contains(where: { $0.fate.isArrival }) {
      await CitationReminder(result, command: "neuromaps cite --format bibtex").say(in: workspace, run)
    }
    if let failure = result.failure { throw failure }
  }

  private func items(_ tuples: [String]) -> [ManifestItem] {
    let names = tuples.compactMap { ItemPattern($0) }.map { pattern -> ManifestItem in
      switch pattern {
      case .map(let map): .map(map)
      case .atlas(let atlas): .atlas(atlas)
      }
    }
    return query.patterns.isEmpty ? names : [.selector(query, exclude: exclude.compactMap { MapPattern($0) })]
  }

  private var query: MapQuery {
    var query = keywords.query
    let given: [(MapQuery.Key, [String])] = [(.license, license), (.catalog, catalog)]
    for (key, values) in given where !values.isEmpty { query.patterns[key] = values.map(Glob.init) }
    return query
  }
}
