internal import ArgumentParser
internal import Catalog
internal import Neuromaps
internal import Project

/// `neuromaps tags`.
struct TagsCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags",
    abstract: "List the tags of the catalogs and how many maps have each.",
    discussion: """
      Examples:
        neuromaps tags
        neuromaps tags --restricted --json
      """)

  @Flag(help: "Count restricted maps too.")
  var restricted = false

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let catalogs = CatalogSet(try await run.workspace().catalogs().map(\.catalog))
    let counts = catalogs.tagCounts(includingRestricted: restricted)
    guard !run.isJSON else { return run.print(.object(counts.map { ($0.tag, .number(Int64($0.maps))) })) }
    var table = TextTable(["tag", "maps"])
    for (tag, maps) in counts { table.add([tag, String(maps)]) }
    run.print(table)
  }
}
