internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps

/// `neuromaps path`.
struct PathCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "Print the absolute paths of locked maps and atlases, for scripts.",
    discussion: """
      One path a line, left hemisphere first. Exit 4 if a file is missing.

      Examples:
        neuromaps path abagen/genepc1/fsaverage/10k
        neuromaps path --json 'margulies2016/*/fsLR/32k'
        neuromaps path fsLR/32k
      """)

  @Argument(
    help: ArgumentHelp("source/desc/space/den-or-res, or atlas/den-or-res; parts may be patterns.", valueName: "tuple"),
    completion: .lockedItems)
  var tuples: [String]

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws { _ = try itemPatterns(tuples) }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let (found, problems) = try run.workspace().paths(tuples.compactMap { ItemPattern($0) })
    if let unknown = problems.first(where: { $0.code == .noSuchMap }) { throw NeuromapsFailure(.couldNot, [unknown]) }
    if run.isJSON {
      run.print(.object(found.map { ($0.item.description, .texts($0.paths)) }))
    } else {
      for path in found.flatMap(\.paths) { run.print(path) }
    }
    if !problems.isEmpty { throw NeuromapsFailure(.dataDiffers, problems) }
  }
}
