internal import ArgumentParser
internal import Neuromaps
internal import Project

/// `neuromaps add`.
struct AddCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Want more: write maps, atlases or a selector into neuromaps.yaml, then lock and sync.",
    discussion: """
      Keeps comments, order and layout of the file. If the maps cannot be locked, nothing is written.

      Examples:
        neuromaps add abagen/genepc1/fsaverage/10k
        neuromaps add 'margulies2016/fcgradient*/fsLR/32k' fsLR/32k
        neuromaps add --tag PET --tag receptors --space MNI152 --exclude 'spreng/*/*/*'
        neuromaps add --group figures hcps1200/myelinmap/fsLR/32k
        neuromaps add --dry-run abagen/genepc1/fsaverage/10k
      """)

  @Argument(
    help: ArgumentHelp("source/desc/space/den-or-res, or atlas/den-or-res; parts may be patterns.", valueName: "tuple"),
    completion: .catalogItems)
  var tuples: [String] = []

  @OptionGroup var edit: EditOptions

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws { try edit.check(tuples) }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) { try await edit.perform(.add, tuples, run) }
}
