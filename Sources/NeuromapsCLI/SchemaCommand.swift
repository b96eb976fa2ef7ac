internal import ArgumentParser
internal import Diagnostics
internal import Effects
internal import Neuromaps

/// `neuromaps schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a manifest, a lock or a catalog, for editors.",
    discussion: """
      With it an editor offers the keys, says what each means, and marks mistakes as you type.

      VS Code, with the YAML extension: print the schema beside neuromaps.yaml, and name it in its first line:
        neuromaps schema manifest > neuromaps.schema.json
        # yaml-language-server: $schema=neuromaps.schema.json

      JetBrains: choose the file in Settings, Languages & Frameworks, Schemas and DTDs, JSON Schema Mappings.

      Examples:
        neuromaps schema manifest
        neuromaps schema catalog > lab/catalog.schema.json
      """)

  @Argument(help: ArgumentHelp("The kind of file.", valueName: "file"))
  var schema: FileSchema

  mutating func run() throws {
    let console = Console()
    console.write(schema.text, to: .output)
    guard let reason = console.failure else { return }
    let problem = Diagnostic(.fileFailed, "cannot write the schema", causes: ["\(reason)"])
    console.write(DiagnosticRenderer(isColored: false).render(problem), to: .error)
    throw ExitCode(NeuromapsFailure.Reason.couldNot.exitCode)
  }
}
