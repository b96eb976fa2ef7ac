internal import ArgumentParser
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Project

/// `neuromaps tree`.
struct TreeCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "Show which line of neuromaps.yaml brings in which maps.",
    discussion: """
      What two lines bring in stands below both. Reads catalogs and lock, and changes nothing.

      Examples:
        neuromaps tree
        neuromaps tree --json
      """)

  @OptionGroup var global: GlobalOptions

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let tree = try await run.workspace().tree()
    for warning in tree.warnings { run.show(warning) }
    guard !run.isJSON else { return run.print(.list(tree.branches.map { $0.json(in: tree.lock) })) }
    var group: String?
    for branch in tree.branches {
      if branch.group != group, let name = branch.group { run.print("group \(name)") }
      group = branch.group
      run.print("\(branch.place)  \(branch.text)")
      for (index, item) in branch.items.enumerated() {
        let sign = index == branch.items.count - 1 ? "└─" : "├─"
        run.print("  \(sign) \(item)  \(tree.lock.size(of: item))")
      }
    }
    run.report("\(counted(tree.branches.count, "line")): \(tree.lock.contents)")
  }
}

extension ProjectTree.Branch {
  /// Where it stands, as compilers say it.
  var place: String { "\(location.file):\(location.span.start.line)" }

  /// An object of `tree` and `why`.
  func json(in lock: Lockfile) -> JSONValue {
    .object([
      ("file", .text(location.file)), ("line", .number(Int64(location.span.start.line))),
      ("column", .number(Int64(location.span.start.column))), ("group", .optional(group)), ("entry", .text(text)),
      ("items", .texts(items.map(\.description))),
    ])
  }
}

extension Lockfile {
  /// How much a map or an atlas is, for a person.
  func size(of item: DatasetItem) -> String {
    let files = files.filter { $0.item == item }
    let sizes = files.compactMap(\.checksums?.size)
    let count = counted(files.count, "file")
    return sizes.count == files.count ? "\(count), \(ByteCount(sizes.total))" : count
  }
}
