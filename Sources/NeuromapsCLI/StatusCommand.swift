internal import ArgumentParser
internal import Neuromaps
internal import Project
internal import Store

/// `neuromaps status`.
struct StatusCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell what is missing, changed and extra in the data directory.",
    discussion: """
      By map; hashes only what has changed on disk since it was last hashed. Exit 4 if there is anything to tell, \
      3 if the lock does not answer the manifest. What is extra is left alone; of it, `sync --prune` takes away what \
      this project once placed.

      Examples:
        neuromaps status
        neuromaps status --json
      """)

  @OptionGroup var groups: GroupOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    if !run.isJSON, !run.isVerbose, let standing = try await workspace.cleanStanding(groups.selection) {
      return run.report(standing.statusLine(in: workspace))
    }
    let result = try await workspace.status(groups.selection)
    let report = StatusReport(result)
    run.isJSON ? run.print(report.json) : report.print(in: workspace.shown(result.folder), run)
    if !result.isClean { throw NeuromapsFailure(.dataDiffers, result.staleness.map { [$0] } ?? []) }
    if let staleness = result.staleness { throw NeuromapsFailure(.lockStale, [staleness]) }
  }
}
