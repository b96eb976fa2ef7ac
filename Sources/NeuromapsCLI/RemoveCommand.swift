internal import ArgumentParser
internal import Neuromaps
internal import Project

/// `neuromaps remove`.
struct RemoveCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Want less: take entries out of neuromaps.yaml, then lock and sync.",
    discussion: """
      Takes out the entry that is written so; for a pattern that is not, all names that it matches. Keeps comments, \
      order and layout of the file. The files stay; `neuromaps sync --prune` takes them away.

      Examples:
        neuromaps remove abagen/genepc1/fsaverage/10k
        neuromaps remove 'abagen/*/*/*'
        neuromaps remove --tag PET --space MNI152     # the selector that has just these
        neuromaps remove --group figures hcps1200/myelinmap/fsLR/32k
      """)

  @Argument(
    help: ArgumentHelp("source/desc/space/den-or-res, or atlas/den-or-res; parts may be patterns.", valueName: "tuple"),
    completion: .lockedItems)
  var tuples: [String] = []

  @OptionGroup var edit: EditOptions

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws { try edit.check(tuples) }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) { try await edit.perform(.remove, tuples, run) }
}
