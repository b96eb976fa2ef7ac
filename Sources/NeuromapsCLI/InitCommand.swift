internal import ArgumentParser
internal import JSON
internal import Neuromaps

/// `neuromaps init`.
struct InitCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Start a project: write a commented neuromaps.yaml.",
    discussion: """
      Also adds a line for the data directory to .gitignore. Never overwrites a manifest.

      Examples:
        neuromaps init
        neuromaps init --project ~/studies/gradients
      """)

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let written = try Workspace.initialize(run.world, run.settings)
    if run.isJSON {
      run.print(.object([("written", .texts(written))]))
    } else {
      run.report("wrote \(written.joined(separator: " and "))")
    }
  }
}
