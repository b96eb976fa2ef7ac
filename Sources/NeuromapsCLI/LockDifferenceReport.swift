internal import Dataset
internal import Project

/// What two locks differ in, for people: a line for each map and atlas, and below those that changed what did.
struct LockDifferenceReport {
  private let difference: LockDifference

  init(_ difference: LockDifference) { self.difference = difference }

  /// What was added, what was removed, what changed, and the catalogs that moved.
  var lines: [[TextSpan]] {
    let whole = (difference.only(.added) + difference.only(.removed)).map { change in
      line(change.kind, "\(change.item) (\(change.extent))")
    }
    let changed = difference.only(.changed).flatMap { change in
      [line(change.kind, change.item.description)] + details(of: change)
    }
    let catalogs = difference.catalogs.map { line(.changed, "catalog \($0.name): \($0.words)") }
    return whole + changed + catalogs + (difference.metadata.map { [line($0, Self.metadata)] } ?? [])
  }

  /// What a line calls all that a lock knows of its maps, and the papers that they cite.
  static let metadata = "what is known of the maps"

  /// How much that is: `3 added, 1 removed, 2 changed`.
  var summary: String {
    let counts: [(Int, String)] = [
      (difference.only(.added).count, "added"), (difference.only(.removed).count, "removed"),
      (difference.only(.changed).count, "changed"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    guard parts.isEmpty else { return parts.joined(separator: ", ") }
    return !difference.hasNews ? "the locks hold the same" : "the locks hold the same maps and files"
  }

  private func details(of change: LockItemChange) -> [[TextSpan]] {
    let files = change.files.flatMap { file in
      [line(file.kind, file.title, indent: "  ")] + file.facts.map { [TextSpan("      \($0)")] }
    }
    return files + difference.facts(of: change).map { [TextSpan("  \($0)")] }
  }

  private func line(_ kind: LockChange, _ text: String, indent: String = "") -> [TextSpan] {
    [TextSpan(indent), kind.sign, TextSpan(" \(text)")]
  }
}

extension LockChange {
  /// The sign before a line.
  fileprivate var sign: TextSpan {
    switch self {
    case .added: TextSpan("+", .green)
    case .removed: TextSpan("-", .red)
    case .changed: TextSpan("~", .yellow)
    }
  }
}
