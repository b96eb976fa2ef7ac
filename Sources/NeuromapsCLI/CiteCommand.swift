internal import ArgumentParser
internal import Catalog
internal import Citations
internal import Diagnostics
internal import JSON
internal import Neuromaps

/// `neuromaps cite`.
struct CiteCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite",
    abstract: "Tell which papers to cite.",
    discussion: """
      For the locked maps of the project, for maps of the catalogs, or for what is in the data directory, which is \
      also what is meant outside of a project. Each paper is named once, with the maps it is cited for.

      Examples:
        neuromaps cite
        neuromaps cite --format bibtex > maps.bib
        neuromaps cite 'margulies2016/*/fsLR/32k' --format markdown
        neuromaps cite --in-data-dir --data-dir ~/neuromaps-data
      """)

  @Argument(
    help: ArgumentHelp("source/desc/space/den-or-res; parts may be patterns.", valueName: "tuple"),
    completion: .catalogMaps)
  var tuples: [String] = []

  @Flag(help: "Cite every map that has a file in the data directory, locked or not.")
  var inDataDir = false

  @Option(help: ArgumentHelp("text (the default), markdown, bibtex or csl-json.", valueName: "format"))
  var format: BibliographyFormat?

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws {
    _ = try mapPatterns(tuples)
    if inDataDir, !tuples.isEmpty { throw ValidationError("--in-data-dir and tuples exclude each other.") }
    if global.json, format != nil {
      throw ValidationError("--json and --format exclude each other; CSL-JSON is `--format csl-json`.")
    }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let patterns = tuples.compactMap { MapPattern($0) }
    let maps: CitedMaps = inDataDir ? .inDataFolder : patterns.isEmpty ? .ofProject : .matching(patterns)
    let (bibliography, warnings) = try await run.workspace().bibliography(of: maps)
    for warning in warnings { run.show(warning) }
    guard !run.isJSON else { return run.print(BibliographyListing(bibliography).json) }
    let format = format ?? .text
    let lines = format.lines(of: bibliography, listsAll: run.isVerbose)
    if lines.isEmpty { run.say("no maps, so nothing to cite") }
    for line in lines {
      if format == .text { run.print(WrappedLine(line)) } else { run.print(line) }
    }
  }
}

extension BibliographyFormat: ExpressibleByArgument {}
