internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Effects
internal import JSON
internal import Neuromaps
internal import Sync

/// `neuromaps catalog import`.
struct CatalogImportCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a catalog from a folder of files, or from the Python toolbox's own.",
    discussion: """
      Files are taken that are called as files of maps are, in any folder below: \
      source-…_desc-…_space-…_den-…_hemi-L_feature.func.gii, or …_res-…_feature.nii.gz. What is missing is asked for \
      in comments.

      With --toolbox osf.json and meta.json are read, from neuromaps/datasets/data of the Python toolbox. What they do \
      not tell is taken from the built-in catalog.

      Examples:
        neuromaps catalog import lab/maps -o lab/catalog.yaml
        neuromaps catalog import lab/maps -o lab/catalog.yaml --base-url https://lab.example.org/maps
        neuromaps catalog import lab/maps -o lab/catalog.yaml --facts lab/catalog.yaml --force
        neuromaps catalog import --toolbox osf.json meta.json -o toolbox.yaml
      """)

  @Argument(
    help: ArgumentHelp("The folder; with --toolbox osf.json and meta.json.", valueName: "path"), completion: .file())
  var paths: [String]

  @Flag(help: "Read the files of the Python toolbox.")
  var toolbox = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write; else standard output.", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp("What manifests and locks call the catalog; else what the files suggest.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("What you call this state of it.", valueName: "text"))
  var revision: String?

  @Option(
    help: ArgumentHelp("Where the folder is on the web; else origins are relative to the catalog.", valueName: "url"))
  var baseUrl: String?

  @Option(
    help: ArgumentHelp("An earlier catalog, to take titles, licenses, papers and the like from.", valueName: "file"),
    completion: .file())
  var facts: String?

  @Flag(help: "Write over a file that is there.")
  var force = false

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    if toolbox, paths.count != 2 { throw ValidationError("--toolbox takes two files: osf.json and meta.json.") }
    if toolbox, baseUrl != nil { throw ValidationError("--toolbox and --base-url exclude each other.") }
    if !toolbox, paths.count != 1 { throw ValidationError("One folder is imported at a time.") }
    if force, output == nil { throw ValidationError("--force goes with --output.") }
    if let name, !CatalogReader.isName(name) {
      throw ValidationError("`\(name)` is no name of a catalog: lower-case letters, digits and hyphens, 64 at most.")
    }
    if let baseUrl, Origin.address(baseUrl) == nil || baseUrl.contains(where: { $0 == "?" || $0 == "#" }) {
      throw ValidationError("`\(baseUrl)` is no address; write it with https:// before it, without `?` and `#`.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    var order = CatalogImport(toolbox ? .toolbox(osf: paths[0], meta: paths[1]) : .folder(paths[0]))
    order.output = output
    order.name = name
    order.revision = revision
    order.baseURL = baseUrl
    order.facts = facts
    order.replaces = force
    let wanted = order
    let workspace = try run.workspace()
    let result = try await run.showingProgress { observer throws(NeuromapsFailure) in
      try await workspace.importCatalog(
        wanted, looksIntoImages: true, observer: { observer(.transfer($0)) })
    }
    for warning in result.warnings { run.show(warning) }
    guard !run.isJSON else { return run.print(json(result)) }
    guard let place = result.place else { return run.print(document: result.bytes) }
    let catalog = result.catalog
    let held = contents(maps: catalog.maps.count, atlases: catalog.atlases.count, files: result.files)
    run.report("wrote \(place): \(catalog.name), revision \(catalog.revision): \(held)")
  }

  private func json(_ result: ImportedCatalog) -> JSONValue {
    let catalog = result.catalog
    // What is on standard output instead of in a file.
    let text: JSONValue = result.place == nil ? .text(String(decoding: result.bytes, as: UTF8.self)) : .null
    let names: [(String, JSONValue)] = [
      ("written", .optional(result.place)), ("name", .text(catalog.name)), ("revision", .text(catalog.revision)),
      ("sha256", .text(catalog.digest.hex)),
    ]
    let counts: [(String, JSONValue)] = [
      ("maps", .number(Int64(catalog.maps.count))), ("atlases", .number(Int64(catalog.atlases.count))),
      ("files", .number(Int64(result.files))),
    ]
    return .object(names + counts + [("warnings", .list(result.warnings.map(\.json))), ("text", text)])
  }
}
