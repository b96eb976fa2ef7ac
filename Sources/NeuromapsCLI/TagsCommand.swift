internal import ArgumentParser
internal import Catalog
internal import JSON
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
    var table = TextTable(Self.columns)
    let most = counts.map(\.maps).max() ?? 0
    for (tag, maps) in counts { table.add([tag, String(maps), Self.bar(maps, of: most)]) }
    run.print(table)
    run.summarize(counted(counts.count, "tag"))
  }

  private static let columns = [
    TextTable.Column(name: "tag"), TextTable.Column(name: "maps", isRightAligned: true),
    TextTable.Column(name: "", style: .dim, isForPeopleOnly: true),
  ]

  /// A bar of at most 20 columns, in eighths of one; never shorter than an eighth.
  private static func bar(_ count: Int, of most: Int) -> String {
    let eighths = most > 0 ? max(1, count * 20 * 8 / most) : 0
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    return String(repeating: "█", count: eighths / 8) + rest
  }
}
