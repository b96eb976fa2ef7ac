internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Neuromaps
internal import Project
internal import Store
internal import Sync
internal import SystemPackage

/// `neuromaps fetch`.
struct FetchCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Bring maps into the data directory without a project, and print their paths.",
    discussion: """
      The toolbox's fetch_annotation. At least one keyword is needed; `--source all` means every map. Prints the \
      paths of a single map, one a line; of several maps a table. Within a project the project's data directory is \
      meant; `status` calls files there that are not locked extra.

      Examples:
        neuromaps fetch --source abagen
        neuromaps fetch --tag genetics --data-dir maps
        neuromaps fetch --source neurosynth --json
      """)

  @OptionGroup var keywords: QueryOptions

  @Flag(help: "Set aside files with other bytes, and bring the catalog's.")
  var repair = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    guard !keywords.query.patterns.isEmpty else {
      throw ValidationError("At least one keyword is needed, such as --source abagen; --source all means every map.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let progress = run.progress()
    defer { progress?.clear() }
    let workspace = try run.workspace()
    let result: SyncResult
    do throws(NeuromapsFailure) {
      result = try await workspace.fetch(keywords.query, repairs: repair) { progress?.update($0) }
    } catch {
      if keywords.query.id == nil, error.diagnostics.contains(where: { $0.code == .noSuchMap }) {
        for warning in try await workspace.reasonsForNothing(in: keywords.query) { run.show(warning) }
      }
      throw error
    }
    for outcome in result.outcomes {
      run.tell("\(outcome.fate.rawValue) \(outcome.file.path)")
      if let warning = outcome.diagnostic, warning.severity == .warning { run.show(warning) }
    }
    printPaths(result, run)
    if let failure = result.failure { throw failure }
  }

  /// Only of maps all of whose files are there.
  private func printPaths(_ result: SyncResult, _ run: CommandRun) {
    let missing = Set(result.outcomes.filter { $0.checksums == nil }.map(\.file.map))
    let maps = result.lock.maps.map(\.id).filter { !missing.contains($0) }
    let paths = maps.map { id in
      (id, result.lock.files.filter { $0.map == id }.map { result.folder.pushing(FilePath($0.path.text)).string })
    }
    if run.isJSON {
      run.print(.object(paths.map { ($0.0.description, .texts($0.1)) }))
    } else if result.lock.maps.count == 1 {
      for path in paths.flatMap(\.1) { run.print(path) }
    } else {
      var table = TextTable(["map", "path"])
      for (id, files) in paths { for path in files { table.add([id.description, path]) } }
      run.print(table)
    }
  }
}
