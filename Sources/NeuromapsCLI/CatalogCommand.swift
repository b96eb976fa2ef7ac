internal import ArgumentParser

/// `neuromaps catalog`.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Show catalogs, check them, and make them.",
    discussion: """
      A catalog is a list of maps with their files, checksums and origins. One is built in; a lab makes its own, and \
      names it in neuromaps.yaml.
      """,
    subcommands: [CatalogShowCommand.self, CatalogCheckCommand.self, CatalogImportCommand.self])
}
