internal import Effects
internal import Neuromaps
internal import Store
internal import Sync

/// `neuromaps sync`, `sync --locked`, `sync --frozen` and `status` when there is nothing to do: what is run again
/// and again, by people and by machines, so it is not even made to wait for the parser of all other arguments.
enum PlainRun {
  /// Says that there is nothing to do; false if it cannot, and everything is still to be done.
  static func succeeds(_ arguments: [String]) async -> Bool {
    let isStatus = arguments == ["status"]
    guard let mode = isStatus ? SyncOptions.Mode.locked : mode(arguments) else { return false }
    var options = SyncOptions()
    options.mode = mode
    do {
      let workspace = try Workspace(.real(), Settings())
      let found = isStatus ? try await workspace.cleanStanding() : try await workspace.standing(options)
      guard let standing = found else { return false }
      let console = Console()
      let line = isStatus ? standing.statusLine(in: workspace) : standing.syncLine
      console.write("\(line)\n", to: .output)
      return console.failure == nil
    } catch {
      // It is told of by who does everything.
      return false
    }
  }

  private static func mode(_ arguments: [String]) -> SyncOptions.Mode? {
    switch arguments {
    case ["sync"]: .update
    case ["sync", "--locked"]: .locked
    case ["sync", "--frozen"]: .frozen
    default: nil
    }
  }
}

extension Standing {
  /// What `sync` says.
  var syncLine: String { "nothing to do: \(answer.contents) in place" }

  /// What `status` says.
  func statusLine(in workspace: Workspace) -> String {
    "\(answer.files) of \(counted(answer.files, "file")) in place in \(workspace.shown(folder))".printable
  }
}
