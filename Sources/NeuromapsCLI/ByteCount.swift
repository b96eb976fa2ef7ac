internal import Project
internal import Store

/// A number of bytes as people say it: `8.1 MB`, in powers of a thousand.
struct ByteCount: CustomStringConvertible {
  private let bytes: Int64

  init(_ bytes: Int64) { self.bytes = bytes }

  var description: String {
    var value = Double(bytes)
    for unit in ["bytes", "kB", "MB", "GB"] {
      if value < 999.5 || unit == "GB" {
        if unit == "bytes" { return "\(bytes) \(bytes == 1 ? "byte" : "bytes")" }
        let tenths = Int64((value * 10).rounded())
        return value < 99.95 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int64(value.rounded())) \(unit)"
      }
      value /= 1000
    }
    return "\(bytes) bytes"
  }
}

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
