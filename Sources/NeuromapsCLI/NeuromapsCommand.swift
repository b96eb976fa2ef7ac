public import ArgumentParser

/// `neuromaps`.
public struct NeuromapsCommand: AsyncParsableCommand {
  /// Name, help and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "neuromaps",
    abstract: "Brain maps for research projects: declared in neuromaps.yaml, pinned in neuromaps.lock.",
    usage: "neuromaps <command> [options]",
    discussion: """
      Begin with `neuromaps init`, write the maps you need into neuromaps.yaml, and run `neuromaps sync`. \
      Commit neuromaps.yaml and neuromaps.lock; on any other machine `neuromaps sync --locked` brings the same bytes.

      Exit codes: 0 done, 1 could not (network, disk, checksum), 3 lock missing or stale, 4 data differs from \
      the lock, 5 manifest, lock or catalog is wrong, 6 token missing or refused, 64 wrong usage, 130 interrupted.
      """,
    version: programVersion,
    groupedSubcommands: [
      CommandGroup(
        name: "Project",
        subcommands: [
          InitCommand.self, AddCommand.self, RemoveCommand.self,
          LockCommand.self, SyncCommand.self, StatusCommand.self, VerifyCommand.self,
          DiffCommand.self,
          TreeCommand.self, WhyCommand.self,
          PathCommand.self, CiteCommand.self,
          ReportCommand.self, ViewCommand.self,
        ]),
      CommandGroup(
        name: "Catalog",
        subcommands: [ListCommand.self, TagsCommand.self, InfoCommand.self, FetchCommand.self, CatalogCommand.self]),
      CommandGroup(name: "Store", subcommands: [CacheCommand.self]),
      CommandGroup(name: "For tools", subcommands: [CompletionsCommand.self, SchemaCommand.self]),
    ])

  /// Made by the parser.
  public init() {}

  /// Reads the process's arguments, does what they say, and ends the process with its exit code.
  public static func start() async {
    guard await !PlainRun.succeeds(Array(CommandLine.arguments.dropFirst())) else { return }
    await main()
  }
}

/// The program's version, as `neuromaps --version` prints it.
let programVersion = "0.1.0"
