internal import ArgumentParser
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Project
internal import Sync
internal import SystemPackage

/// `neuromaps verify`.
struct VerifyCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Hash every locked file and print one digest of them all.",
    discussion: """
      The digest is the SHA-256 of what `sha256sum` prints for the files and their metadata, sorted by path, so two \
      labs can compare it, and check it with other tools. Exit 4 if any file is not the locked one.

      With --deep the images are read, too: number of vertices against den, size of voxels against res, hemisphere, \
      and values that no map should have. What is found are warnings, and with -v what is known of a map as well; an \
      image that cannot be read is an error, exit 4.

      Examples:
        neuromaps verify
        neuromaps verify --deep
        neuromaps verify --json
      """)

  @Flag(help: "Read the images, and compare each with its name.")
  var deep = false

  @OptionGroup var groups: GroupOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let (result, look) = try await run.showingProgress { observer throws(NeuromapsFailure) in
      let result = try await workspace.verify(groups.selection) { observer(.transfer($0)) }
      return (result, deep ? try await workspace.lookInto(result) { observer(.transfer($0)) } : nil)
    }
    if run.isJSON {
      run.print(
        .object(
          [
            ("data_dir", .text(result.folder.string)), ("tree_sha256", .optional(result.treeDigest?.hex)),
            ("files", .list(result.files.map(\.json))),
          ] + (look?.fields ?? [])))
    } else if let digest = result.treeDigest {
      run.print("sha256:\(digest)")
      let metadata = result.files.count { $0.file.isMetadata }
      let files = counted(result.files.count - metadata, "file") + (metadata > 0 ? " and \(metadata) of metadata" : "")
      run.report("\(files) verified in \(workspace.shown(result.folder))")
    }
    if let look { tell(look, run) }
    let wrong = result.files.filter { !$0.isRight }.map { Diagnostic.difference($0.file, $0.observation) }
    // As with a sync: what the disk refused goes before what is not as it should be.
    let obstacles = look?.obstacles ?? []
    let problems = wrong + (look?.errors ?? []) + obstacles
    if !problems.isEmpty { throw NeuromapsFailure(obstacles.isEmpty ? .dataDiffers : .couldNot, problems) }
  }

  private func tell(_ look: DeepResult, _ run: CommandRun) {
    if !run.isJSON { run.report(look.line) }
    for warning in look.surprises + (run.isVerbose ? look.knowledge : []) { run.show(warning) }
  }
}
