internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Neuromaps
internal import Project
internal import Store
internal import Sync

/// `neuromaps sync`.
struct SyncCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Lock if needed, then make the data directory match the lock.",
    discussion: """
      Files that are there and right are kept, files with other bytes are left and told of; one file's trouble \
      does not end the others. With everything in place it makes no request and writes nothing.

      Examples:
        neuromaps sync
        neuromaps sync --locked      # for CI: fail (3) if the lock does not answer the manifest
        neuromaps sync --offline     # from the store alone
        neuromaps sync --group figures
        neuromaps sync --only 'abagen/*/*/*'
        neuromaps sync --repair      # set aside files that are not the locked ones
        neuromaps sync --prune       # take away what this project once placed and nobody wants any more
      """)

  @Flag(help: "Fail with 3 instead of changing the lock.")
  var locked = false

  @Flag(help: "Take the lock as it is; do not compare it with the manifest.")
  var frozen = false

  @Flag(help: "Write nothing; say what would be done.")
  var dryRun = false

  @Flag(help: "Set aside files with other bytes, and bring the locked ones.")
  var repair = false

  @Flag(help: "Remove what this project has placed for earlier locks, unchanged, and no other project wants.")
  var prune = false

  @OptionGroup var groups: GroupOptions

  @Option(
    help: ArgumentHelp("Bring only maps and atlases that match, and leave the rest as it is.", valueName: "tuple"),
    completion: .lockedItems)
  var only: [String] = []

  @OptionGroup var placement: PlacementOptions

  @Flag(help: "Leave out restricted maps that are not there.")
  var skipRestricted = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if locked, frozen { throw ValidationError("--locked and --frozen exclude each other.") }
    _ = try itemPatterns(only)
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    var options = SyncOptions()
    options.mode = locked ? .locked : frozen ? .frozen : .update
    options.selection = LockSelection(groups: groups.selection, patterns: only.compactMap { ItemPattern($0) })
    options.isDryRun = dryRun
    options.policy.repairs = repair
    options.policy.prunes = prune
    options.policy.skipsRestricted = skipRestricted
    let workspace = try run.workspace(placement)
    if !run.isJSON, let standing = try await workspace.standing(options) {
      return run.report(standing.syncLine)
    }
    let result = try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.sync(options, observer: observer)
    }
    for warning in result.warnings { run.show(warning) }
    if dryRun { return SyncReport(result).printPlan(run) }
    let failure = result.failure
    SyncReport(result).print(run)
    // A sync with nothing to do reads no catalog.
    if result.outcomes.contains(where: { $0.fate.isArrival }) {
      await CitationReminder(result, command: "neuromaps cite --format bibtex").say(in: workspace, run)
    }
    if let failure { throw failure }
  }
}
