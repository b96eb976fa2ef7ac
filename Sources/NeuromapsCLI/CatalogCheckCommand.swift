internal import ArgumentParser
internal import Catalog
internal import JSON
internal import Neuromaps
internal import Sync

/// `neuromaps catalog check`.
struct CatalogCheckCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell what is wrong with a catalog, and what people will miss in it.",
    discussion: """
      Without a file the catalogs that the project names are checked, or else the built-in one. What is wrong ends \
      with exit 5; what is missing is a warning. With --online the origin of each file is asked whether it has it; \
      nothing is downloaded. Exit 1 if one does not have it, has other bytes, or cannot be asked.

      Examples:
        neuromaps catalog check
        neuromaps catalog check lab/catalog.yaml
        neuromaps catalog check --online lab/catalog.yaml
      """)

  @Argument(help: ArgumentHelp("Catalog files; else those of the project.", valueName: "path"), completion: .file())
  var paths: [String] = []

  @Flag(help: "Ask the origins whether they have every file, with the right checksum.")
  var online = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if online, global.offline { throw ValidationError("--online and --offline exclude each other.") }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    var reports: [JSONValue] = []
    var findings: [OriginFinding] = []
    for survey in try await workspace.surveys(ofFilesAt: paths) {
      let asked = try await ask(survey, workspace, run)
      findings += asked ?? []
      guard !run.isJSON else {
        reports.append(json(survey, asked))
        continue
      }
      for warning in survey.gaps + (asked?.warnings ?? []) { run.show(warning) }
      run.report("\(survey.origin): \(survey.catalog.name), revision \(survey.catalog.revision): \(survey.contents)")
      if let asked { run.report("  \(told(asked))") }
    }
    if run.isJSON { run.print(.list(reports)) }
    guard findings.problems.isEmpty else { throw NeuromapsFailure(.couldNot, findings.problems) }
  }

  private func ask(
    _ survey: CatalogSurvey, _ workspace: Workspace, _ run: CommandRun
  ) async throws(NeuromapsFailure) -> [OriginFinding]? {
    guard online else { return nil }
    return try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.askOrigins(of: survey) { observer(.transfer($0)) }
    }
  }

  private func told(_ findings: [OriginFinding]) -> String {
    let right = findings.count { $0.answer == .right }
    let there = findings.count { $0.answer == .sizeOnly || $0.answer == .unmeasured }
    let more = there == 0 ? "" : ", \(there) there but not compared"
    return "\(right) of \(counted(findings.count, "file")) with the right checksum at the origin\(more)"
  }

  private func json(_ survey: CatalogSurvey, _ asked: [OriginFinding]?) -> JSONValue {
    .object(
      survey.fields + [
        ("warnings", .list((survey.gaps + (asked?.warnings ?? [])).map(\.json))),
        ("origins", asked.map { JSONValue.list($0.map(\.json)) } ?? .null),
      ])
  }
}
