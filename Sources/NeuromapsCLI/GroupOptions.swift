internal import ArgumentParser
internal import Project

/// The options of commands that look at some of a project's sets.
struct GroupOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Of the manifest's groups this one too.", valueName: "name"), completion: .groups)
  var group: [String] = []

  @Flag(help: "All of the manifest's groups too.")
  var allGroups = false

  /// What is meant.
  var selection: GroupSelection { allGroups ? .all : .named(Set(group)) }
}
