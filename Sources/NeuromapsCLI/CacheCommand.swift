internal import ArgumentParser
internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Store
internal import SystemPackage

/// `neuromaps cache`.
struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Look at the store that all projects share, and make it smaller.",
    discussion: """
      The store only saves downloads: whatever is removed from it comes again when it is needed. Files in data \
      directories stay, but for links made with `--link-mode symlink`.
      """,
    subcommands: [Dir.self, Size.self, Verify.self, Prune.self, Clean.self])

  /// `neuromaps cache dir`.
  struct Dir: ProjectCommand {
    static let configuration = CommandConfiguration(commandName: "dir", abstract: "Print where it is.")

    @OptionGroup var global: GlobalOptions

    func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
      let path = try run.workspace().cachePath().string
      run.isJSON ? run.print(.object([("cache_dir", .text(path))])) : run.print(path)
    }
  }

  /// `neuromaps cache size`.
  struct Size: ProjectCommand {
    static let configuration = CommandConfiguration(commandName: "size", abstract: "Print how much it holds.")

    @OptionGroup var global: GlobalOptions

    func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
      let size = try run.workspace().cacheSize()
      guard !run.isJSON else {
        return run.print(
          .object([
            ("objects", .number(Int64(size.objects))), ("bytes", .number(size.bytes)),
            ("unfinished", .number(Int64(size.partials))), ("unfinished_bytes", .number(size.partialBytes)),
          ]))
      }
      run.print("\(counted(size.objects, "object")), \(ByteCount(size.bytes))")
      if size.partials > 0 {
        run.print("\(counted(size.partials, "unfinished download")), \(ByteCount(size.partialBytes))")
      }
    }
  }

  /// `neuromaps cache verify`.
  struct Verify: ProjectCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Hash everything in it, and remove what is damaged.",
      discussion: "Exit 1 if anything was; the next sync downloads it again.")

    @OptionGroup var global: GlobalOptions

    func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
      let (damaged, count) = try await run.workspace().verifyCache()
      if run.isJSON {
        run.print(
          .object([("objects", .number(Int64(count))), ("damaged", .texts(damaged.map(\.digest.hex)))]))
      } else {
        run.report("\(count - damaged.count) of \(counted(count, "object")) whole")
      }
      guard damaged.isEmpty else {
        throw NeuromapsFailure(
          .couldNot,
          damaged.map { item in
            Diagnostic(
              .storeDamaged, "the object `\(item.digest)` was damaged", notes: ["it has been removed"],
              hints: ["`neuromaps sync` downloads it again where it is needed"])
          })
      }
    }
  }

  /// `neuromaps cache prune`.
  struct Prune: ProjectCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune", abstract: "Remove what no data directory of this user holds.",
      discussion: "Unfinished downloads stay for two weeks after they were last written to.")

    @Flag(help: "Remove nothing; say what would be.")
    var dryRun = false

    @OptionGroup var global: GlobalOptions

    func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
      let cleaning = try run.workspace().pruneCache(isDryRun: dryRun)
      run.print(cleaning, isDryRun: dryRun)
    }
  }

  /// `neuromaps cache clean`.
  struct Clean: ProjectCommand {
    static let configuration = CommandConfiguration(
      commandName: "clean", abstract: "Remove everything from it.")

    @OptionGroup var global: GlobalOptions

    func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
      run.print(try run.workspace().cleanCache(), isDryRun: false)
    }
  }
}

extension CommandRun {
  fileprivate func print(_ cleaning: CacheCleaning, isDryRun: Bool) {
    for object in cleaning.objects { tell("\(object.digest)  \(ByteCount(object.size))") }
    if isJSON {
      print(
        .object([
          (isDryRun ? "would_remove" : "removed", .number(Int64(cleaning.objects.count))),
          ("bytes", .number(cleaning.bytes)),
        ]))
    } else {
      report(
        "\(isDryRun ? "would remove" : "removed") \(counted(cleaning.objects.count, "object")), "
          + "\(ByteCount(cleaning.bytes))")
    }
  }
}
