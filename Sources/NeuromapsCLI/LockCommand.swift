internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import JSON
internal import Neuromaps
internal import Project
internal import Sync

/// `neuromaps lock`.
struct LockCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Resolve neuromaps.yaml and write neuromaps.lock.",
    discussion: """
      Pins that still answer the manifest are kept; --upgrade takes new ones. Downloads no maps.

      Examples:
        neuromaps lock
        neuromaps lock --check                        # exit 3 if the lock does not answer the manifest
        neuromaps lock --upgrade-map 'abagen/*/*/*'   # take the catalog's present pins for these
      """)

  @Flag(help: "Only tell whether the lock answers the manifest, and says what its catalogs say; asks no one.")
  var check = false

  @Flag(help: "Take the catalogs' present pins for all maps.")
  var upgrade = false

  @Option(
    help: ArgumentHelp("Take the catalogs' present pins for maps that match.", valueName: "tuple"),
    completion: .lockedItems)
  var upgradeMap: [String] = []

  @Flag(help: "Write nothing; say what would change.")
  var dryRun = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if check, upgrade || !upgradeMap.isEmpty || dryRun {
      throw ValidationError("--check goes with none of --upgrade, --upgrade-map and --dry-run.")
    }
    _ = try itemPatterns(upgradeMap)
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    guard !check else {
      return report(try await workspace.auditedLock(), run)
    }
    var options = LockOptions()
    options.upgradesAll = upgrade
    options.upgrades = upgradeMap.compactMap { ItemPattern($0) }
    options.isDryRun = dryRun
    let wanted = options
    let result = try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.lock(wanted) { observer(.transfer($0)) }
    }
    for warning in result.warnings { run.show(warning) }
    run.isJSON ? run.print(json(result)) : report(result, run)
  }

  private func report(_ audit: LockAudit, _ run: CommandRun) {
    guard !run.isJSON else {
      return run.print(
        .object([
          ("current", .bool(true)), ("compared", .texts(audit.compared)),
          ("not_compared", .texts(audit.unknown.map(\.description))),
        ]))
    }
    for item in audit.unknown { run.tell("\(item): no catalog here is the one that it is locked from") }
    run.report("neuromaps.lock answers neuromaps.yaml")
  }

  private func report(_ result: LockResult, _ run: CommandRun) {
    if !run.isQuiet { for line in LockDifferenceReport(result.difference).lines { run.print(line) } }
    let total = result.lock.contents
    switch (result.isNew, dryRun) {
    case (false, _): run.report("neuromaps.lock is up to date: \(total)")
    case (true, true): run.report("would write neuromaps.lock: \(total)")
    case (true, false): run.report("wrote neuromaps.lock: \(total)")
    }
  }

  private func json(_ result: LockResult) -> JSONValue {
    func ids(_ items: [DatasetItem]) -> JSONValue { .texts(items.map(\.description)) }
    return .object([
      ("written", .bool(result.isNew && !dryRun)), ("maps", .number(Int64(result.lock.maps.count))),
      ("atlases", .number(Int64(result.lock.atlases.count))),
      ("files", .number(Int64(result.lock.files.count))), ("added", ids(result.difference.added)),
      ("removed", ids(result.difference.removed)), ("changed", ids(result.difference.changed)),
      ("changes", LockDifferenceListing(result.difference).json),
    ])
  }
}

/// Tuples from the command line, or a usage error that names the first that is none.
func mapPatterns(_ texts: [String]) throws -> [MapPattern] {
  try texts.map { text in
    guard let pattern = MapPattern(text) else {
      throw ValidationError(
        "`\(text)` is no map; write source/desc/space/den-or-res, as in abagen/genepc1/fsaverage/10k.")
    }
    return pattern
  }
}

/// The arguments as patterns of names of maps and atlases, or wrong usage.
func itemPatterns(_ texts: [String]) throws -> [ItemPattern] {
  try texts.map { text in
    guard let pattern = ItemPattern(text) else {
      throw ValidationError(
        "`\(text)` is neither a map (source/desc/space/den-or-res) nor an atlas (fsLR/32k, regfusion).")
    }
    return pattern
  }
}
