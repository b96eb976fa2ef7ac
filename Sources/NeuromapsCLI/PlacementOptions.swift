internal import ArgumentParser
internal import Effects

/// How commands that bring files make them of the store's.
struct PlacementOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      How files are made of the store's: auto (a reflink where the filesystem has them, else a copy), reflink, \
      hardlink, copy, symlink. Links are read-only.
      """, valueName: "mode"))
  var linkMode = LinkMode.auto
}

extension LinkMode: ExpressibleByArgument {}
