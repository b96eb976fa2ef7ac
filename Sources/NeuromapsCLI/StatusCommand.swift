internal import ArgumentParser
internal import Dataset
internal import JSON
internal import Neuromaps
internal import Project
internal import Store
internal import SystemPackage

/// `neuromaps status`.
struct StatusCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell what is missing, changed and extra in the data directory.",
    discussion: """
      Hashes only what has changed on disk since it was last hashed. Exit 4 if there is anything to tell, 3 if \
      the lock does not answer the manifest.

      Examples:
        neuromaps status
        neuromaps status --json
      """)

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let result = try await workspace.status()
    run.isJSON ? run.print(json(result)) : report(result, in: workspace.shown(result.folder), run)
    if !result.isClean { throw NeuromapsFailure(.dataDiffers, result.staleness.map { [$0] } ?? []) }
    if let staleness = result.staleness { throw NeuromapsFailure(.lockStale, [staleness]) }
  }

  private func report(_ result: StatusResult, in folder: String, _ run: CommandRun) {
    for state in result.files where !state.isRight { run.print("\(state.word)\t\(state.file.path)") }
    for path in result.extra { run.print("extra\t\(path.printable)") }
    if run.isVerbose {
      for state in result.files where state.isRight { run.print("\(state.word)\t\(state.file.path)") }
    }
    let right = result.files.count(where: \.isRight)
    run.report("\(right) of \(counted(result.files.count, "file")) in place in \(folder)")
  }

  private func json(_ result: StatusResult) -> JSONValue {
    .object([
      ("data_dir", .text(result.folder.string)), ("clean", .bool(result.isClean)),
      ("lock_current", .bool(result.staleness == nil)), ("files", .list(result.files.map(\.json))),
      ("extra", .texts(result.extra)),
    ])
  }
}

extension FileState {
  /// How it stands, in a word.
  var word: String {
    switch observation {
    case .matches: "ok"
    case .missing: "missing"
    case .differs, .notAFile: "changed"
    case .unverified: "unverified"
    case .unreadable: "unreadable"
    }
  }

  /// A row of `status` and `verify`.
  var json: JSONValue {
    .object([
      ("path", .text(file.path.text)), (file.item.kind, .text(file.item.description)), ("state", .text(word)),
    ])
  }
}
