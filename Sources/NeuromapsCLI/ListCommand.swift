internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import JSON
internal import Neuromaps

/// `neuromaps list`.
struct ListCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the maps of the catalogs, or the atlases.",
    discussion: """
      Keywords are those of the toolbox's available_annotations; each may be given several times. Values are \
      exact; `*` and `?` match as in file names. In a project its own catalogs are listed too.

      Examples:
        neuromaps list
        neuromaps list --tag PET --space MNI152
        neuromaps list --source 'beliveau*' --den 164k --json
        neuromaps list --atlases
      """)

  @OptionGroup var keywords: QueryOptions

  @Flag(help: "List the atlases instead: templates, as surfaces or volumes.")
  var atlases = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if atlases, !keywords.query.patterns.isEmpty {
      throw ValidationError("--atlases and the keywords, which are of maps, exclude each other.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    guard !atlases else { return listAtlases(try await workspace.atlases(), run) }
    let matches = try await workspace.maps(keywords.query)
    if matches.isEmpty {
      for warning in try await workspace.reasonsForNothing(in: keywords.query) { run.show(warning) }
    }
    guard !run.isJSON else { return run.print(.list(matches.map { MapDescription($0).json })) }
    var table = TextTable(Self.columns)
    for match in matches {
      table.add(
        match.map.id.parts + [match.map.format.rawValue, match.map.tags.joined(separator: ",")],
        mark: match.map.isRestricted ? "restricted" : nil)
    }
    run.print(table)
    let sources = Set(matches.map(\.map.id.source)).count
    run.summarize("\(counted(matches.count, "map")), \(counted(sources, "source"))")
  }

  private func listAtlases(_ atlases: [(catalog: String, atlas: CatalogAtlas)], _ run: CommandRun) {
    guard !run.isJSON else { return run.print(.list(atlases.map { AtlasDescription($0, $1).json })) }
    run.print(AtlasDescription.table(atlases))
    run.summarize(
      "\(counted(atlases.count, "atlas")), \(counted(atlases.reduce(0) { $0 + $1.atlas.members.count }, "file"))")
  }

  private static let columns = [
    TextTable.Column(name: "source", style: .bold), TextTable.Column(name: "desc"),
    TextTable.Column(name: "space", style: .cyan), TextTable.Column(name: "den/res", style: .cyan),
    TextTable.Column(name: "format", style: .dim), TextTable.Column(name: "tags", style: .dim),
  ]
}
