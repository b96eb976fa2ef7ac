internal import Citations
internal import Neuromaps
internal import Project
internal import Sync

/// What `sync` and `fetch` say last: what to know of the maps that came, and what to cite for them.
struct CitationReminder {
  private let result: SyncResult
  private let command: String

  /// - Parameter command: what tells the papers.
  init(_ result: SyncResult, command: String) {
    self.result = result
    self.command = command
  }

  /// Says it on standard error; a catalog that cannot be had is no reason to fail.
  func say(in workspace: Workspace, _ run: CommandRun) async {
    guard !run.isQuiet else { return }
    let items = Set(result.outcomes.filter(\.isInPlace).map(\.file.item))
    var lock = result.lock
    lock.maps.removeAll { !items.contains(.map($0.id)) }
    guard !lock.maps.isEmpty else { return }
    do throws(NeuromapsFailure) {
      let bibliography = try await workspace.bibliography(of: lock)
      for note in bibliography.notes {
        let others = note.maps.count > 1 ? " and \(note.maps.count - 1) more" : ""
        run.say("note: \(note.maps.first?.description ?? "")\(others): \(note.text)")
      }
      if let line = bibliography.reminder(command: command) { run.say(line) }
    } catch {
      run.tell("cite: the catalogs that tell the papers cannot be had now")
    }
  }
}
