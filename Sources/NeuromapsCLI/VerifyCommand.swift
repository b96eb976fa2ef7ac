internal import ArgumentParser
internal import Dataset
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
      The digest is the SHA-256 of what `sha256sum` prints for the files in the order of the lock, so two labs \
      can compare it, and check it with other tools. Exit 4 if any file is not the locked one.

      Examples:
        neuromaps verify
        neuromaps verify --json
      """)

  @OptionGroup var groups: GroupOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let result = try await workspace.verify(groups.selection)
    let wrong = result.files.filter { !$0.isRight }
    if run.isJSON {
      run.print(
        .object([
          ("data_dir", .text(result.folder.string)), ("tree_sha256", .optional(result.treeDigest?.hex)),
          ("files", .list(result.files.map(\.json))),
        ]))
    } else if let digest = result.treeDigest {
      run.print("sha256:\(digest)")
      let metadata = result.files.count { $0.file.isMetadata }
      let files = counted(result.files.count - metadata, "file") + (metadata > 0 ? " and \(metadata) of metadata" : "")
      run.report("\(files) verified in \(workspace.shown(result.folder))")
    }
    guard wrong.isEmpty else {
      throw NeuromapsFailure(.dataDiffers, wrong.map { .difference($0.file, $0.observation) })
    }
  }
}
