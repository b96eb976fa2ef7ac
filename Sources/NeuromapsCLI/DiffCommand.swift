internal import ArgumentParser
internal import JSON
internal import Neuromaps
internal import Project

/// `neuromaps diff`.
struct DiffCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell what two locks differ in, map by map.",
    discussion: """
      Each is a file or, if there is none of that name, a git revision of the project. What is not named is the last \
      commit's lock, and the one on disk. Changes nothing.

      Examples:
        neuromaps diff                               # since the last commit
        neuromaps diff main                          # since main
        neuromaps diff v1.0 v2.0
        neuromaps diff before.lock neuromaps.lock    # two files need neither git nor a project
        neuromaps diff origin/main --format markdown # a table for a pull request
      """)

  @Argument(
    help: ArgumentHelp("The older lock: a file or a git revision; else HEAD.", valueName: "older"),
    completion: .file())
  var older: String?

  @Argument(
    help: ArgumentHelp("The newer lock: a file or a git revision; else the project's.", valueName: "newer"),
    completion: .file())
  var newer: String?

  @Option(help: ArgumentHelp("text (the default), json or markdown.", valueName: "format"))
  var format: DifferenceFormat?

  @Flag(help: "Exit with 4 if they differ, and not with 0.")
  var exitCode = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if global.json, let format, format != .json {
      throw ValidationError("--json and --format \(format.rawValue) exclude each other.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let result = try await run.workspace().diff(from: older, to: newer)
    for warning in result.warnings { run.show(warning) }
    let chosen: DifferenceFormat = run.isJSON ? .json : format ?? .text
    switch chosen {
    case .text:
      let report = LockDifferenceReport(result.difference)
      for line in report.lines { run.print(line) }
      run.report(report.summary)
    case .json:
      let names: [(String, JSONValue)] = [("from", .text(result.older)), ("to", .text(result.newer))]
      run.print(.object(names + LockDifferenceListing(result.difference).fields))
    case .markdown: for line in LockDifferenceMarkdown(result).lines { run.print(line) }
    }
    // As in `git diff`; but 1 is what could not be done.
    if exitCode, result.difference.hasNews { throw NeuromapsFailure(.dataDiffers, []) }
  }
}

/// What a difference can be written as.
enum DifferenceFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
}
