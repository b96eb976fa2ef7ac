internal import ArgumentParser
internal import Neuromaps

/// The options that every command has.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of neuromaps.yaml; else the nearest one upwards.", valueName: "dir"),
    completion: .directory)
  var project: String?

  @Option(
    help: ArgumentHelp(
      "Where the files go; else $NEUROMAPS_DATA, the manifest's data_dir, ~/neuromaps-data.", valueName: "dir"),
    completion: .directory)
  var dataDir: String?

  @Option(
    help: ArgumentHelp("The store; else $NEUROMAPS_CACHE_DIR, else the user's cache folder.", valueName: "dir"),
    completion: .directory)
  var cacheDir: String?

  @Flag(help: "Make no request.")
  var offline = false

  @Option(help: ArgumentHelp("Files worked on at a time.", valueName: "n"))
  var jobs = 16

  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Say more.")
  var verbose = false

  @Option(help: "Color: auto, always or never.")
  var color = ColorChoice.auto

  @Flag(help: "Show no progress.")
  var noProgress = false

  mutating func validate() throws {
    guard (1...64).contains(jobs) else { throw ValidationError("--jobs takes a number from 1 to 64.") }
  }

  /// What of these concerns the work and not the talking.
  var settings: Settings {
    var settings = Settings()
    settings.project = project
    settings.dataDir = dataDir
    settings.cacheDir = cacheDir
    settings.isOffline = offline
    settings.jobs = jobs
    return settings
  }
}

/// When to use color.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never
}
