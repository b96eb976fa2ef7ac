internal import ArgumentParser
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps

/// `neuromaps why`.
struct WhyCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Tell which line of neuromaps.yaml brings in a file or a map.",
    discussion: """
      Examples:
        neuromaps why abagen/genepc1/fsaverage/10k
        neuromaps why data/annotations/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_*_hemi-L_feature.func.gii
      """)

  @Argument(
    help: ArgumentHelp("A file of the data directory, a map, or an atlas.", valueName: "file"),
    completion: .lockedItemsAndFiles)
  var names: [String]

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let tree = try await workspace.tree()
    for warning in tree.warnings { run.show(warning) }
    var items: [DatasetItem] = []
    for name in names {
      for item in try workspace.items(name, in: tree) where !items.contains(item) { items.append(item) }
    }
    guard !run.isJSON else {
      return run.print(
        .object(
          items.map { item in
            (item.description, .list(tree.branches(with: item).map { $0.json(in: tree.lock) }))
          }))
    }
    for item in items {
      run.print("\(item)  \(tree.lock.size(of: item))")
      for branch in tree.branches(with: item) {
        run.print("  \(branch.place)  \(branch.text)\(branch.group.map { "  (group \($0))" } ?? "")")
      }
    }
  }
}
