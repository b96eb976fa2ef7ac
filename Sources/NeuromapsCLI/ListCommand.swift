internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Neuromaps

/// `neuromaps list`.
struct ListCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the maps of the catalogs.",
    discussion: """
      Keywords are those of the toolbox's available_annotations; each may be given several times. Values are \
      exact; `*` and `?` match as in file names. In a project its own catalogs are listed too.

      Examples:
        neuromaps list
        neuromaps list --tag PET --space MNI152
        neuromaps list --source 'beliveau*' --den 164k --json
      """)

  @OptionGroup var keywords: QueryOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    let matches = try await workspace.maps(keywords.query)
    if matches.isEmpty {
      for warning in try await workspace.reasonsForNothing(in: keywords.query) { run.show(warning) }
    }
    guard !run.isJSON else { return run.print(.list(matches.map { MapDescription($0).json })) }
    var table = TextTable(["source", "desc", "space", "den/res", "format", "tags"])
    for match in matches {
      table.add(match.map.id.parts + [match.map.format.rawValue, match.map.tags.joined(separator: ",")])
    }
    run.print(table)
  }
}
