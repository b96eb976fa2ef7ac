internal import Project
internal import Store

/// `1 file`, `2 files`, `2 atlases`.
func counted(_ count: Int, _ noun: String) -> String {
  count == 1 ? "1 \(noun)" : "\(count) \(noun)\(noun.hasSuffix("s") ? "es" : "s")"
}

/// What a lock holds: `12 maps, 1 atlas, 30 files`.
func contents(maps: Int, atlases: Int, files: Int) -> String {
  let counts = [
    maps == 0 && atlases > 0 ? nil : counted(maps, "map"), atlases == 0 ? nil : counted(atlases, "atlas"),
    counted(files, "file"),
  ]
  return counts.compactMap { $0 }.joined(separator: ", ")
}

extension IndexedAnswer {
  /// What the lock holds, counted.
  var contents: String { NeuromapsCLI.contents(maps: maps, atlases: atlases, files: files) }
}

extension Lockfile {
  /// What it holds, counted.
  var contents: String {
    NeuromapsCLI.contents(maps: maps.count, atlases: atlases.count, files: files.count)
  }
}
