internal import ArgumentParser
internal import Dataset
internal import JSON
internal import Neuromaps
internal import Project
internal import SystemPackage

/// `neuromaps report`.
struct ReportCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about the locked maps: pictures, facts, checksums, what to cite.",
    discussion: """
      One file of HTML that needs nothing else, no network either. Maps whose files are missing or changed are on it \
      without a picture. The same lock and files give the same bytes. A page that this command has written is \
      replaced; of other files nothing is overwritten without --force.

      Examples:
        neuromaps report                         # neuromaps-report.html, beside neuromaps.yaml
        neuromaps report -o public/index.html --title 'Receptors, 2026'
        neuromaps report --all-groups -o - | less
      """)

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file, or a folder for it; - for standard output.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: String?

  @Option(help: ArgumentHelp("What the page is called; else as the project's folder.", valueName: "text"))
  var title: String?

  @Flag(help: "Draw no maps, and read none of their files.")
  var noPictures = false

  @Flag(help: "Overwrite a file that is no page of this command.")
  var force = false

  @OptionGroup var groups: GroupOptions

  @OptionGroup var global: GlobalOptions

  private var isForOutput: Bool { output == "-" }

  mutating func validate() throws {
    if isForOutput, global.json { throw ValidationError("--json and -o - exclude each other.") }
  }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let workspace = try run.workspace()
    // What cannot be written is told before anything is drawn.
    let file = isForOutput ? nil : try workspace.reportFile(output, overwriting: force)
    var options = ReportOptions()
    options.groups = groups.selection
    options.title = title
    options.program = "neuromaps \(programVersion)"
    options.drawsMaps = !noPictures
    let result = try await workspace.report(options)
    for warning in result.warnings { run.show(warning) }
    guard let file else { return run.print(document: result.page) }
    let isWritten = try workspace.write(result.page, to: file)
    guard !run.isJSON else { return run.print(json(of: result, file, isWritten)) }
    let pictures = noPictures ? "" : ", \(counted(result.pictures, "picture"))"
    let all = contents(maps: result.maps, atlases: result.atlases, files: result.files) + pictures
    let name = workspace.shown(file.path)
    run.report(isWritten ? "wrote \(name): \(all)" : "\(name) is up to date: \(all)")
  }

  private func json(of result: ReportResult, _ file: OutputFile, _ isWritten: Bool) -> JSONValue {
    .object([
      ("path", .text(file.path.string)), ("written", .bool(isWritten)), ("bytes", .number(Int64(result.page.count))),
      ("tree_sha256", .optional(result.treeDigest?.hex)), ("maps", .number(Int64(result.maps))),
      ("atlases", .number(Int64(result.atlases))), ("files", .number(Int64(result.files))),
      ("pictures", .number(Int64(result.pictures))),
      (
        "without_picture",
        .list(
          result.undrawn.map {
            .object([("map", .text($0.map.description)), ("reason", .text($0.reason))])
          })
      ),
    ])
  }
}
