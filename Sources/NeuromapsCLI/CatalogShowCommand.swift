internal import ArgumentParser
internal import Catalog
internal import JSON
internal import Neuromaps

/// `neuromaps catalog show`.
struct CatalogShowCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "List the catalogs at hand, or tell more of one.",
    discussion: """
      At hand are those that the project uses; without a project the built-in one.

      Examples:
        neuromaps catalog show
        neuromaps catalog show neuromaps
        neuromaps catalog show lab/catalog.yaml
      """)

  @Argument(help: ArgumentHelp("A catalog's name, or its file.", valueName: "catalog"), completion: .file())
  var catalog: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    guard let catalog else {
      let all = try await workspace.surveys()
      return run.isJSON ? run.print(.list(all.map { .object($0.fields) })) : run.print(CatalogSurvey.table(all))
    }
    let survey = try await workspace.survey(catalog)
    guard !run.isJSON else { return run.print(.list([.object(survey.fields)])) }
    run.print(survey.catalog.name)
    for (name, fact) in survey.facts {
      guard let fact else { continue }
      let column = name + String(repeating: " ", count: max(1, 12 - name.utf8.count))
      run.print(WrappedLine("  \(column)\(fact)", hanging: 14))
    }
  }
}
