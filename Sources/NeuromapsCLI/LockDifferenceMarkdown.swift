internal import Dataset
internal import Neuromaps
internal import Project

/// What two locks differ in, as Markdown for a pull request: a table, and what changed to be unfolded below.
struct LockDifferenceMarkdown {
  private let result: DiffResult

  init(_ result: DiffResult) { self.result = result }

  /// The lines, without newlines.
  var lines: [String] {
    let summary = LockDifferenceReport(result.difference).summary
    let heading = "\(code(result.older)) → \(code(result.newer)): \(summary)"
    return [heading] + table + details
  }

  private var table: [String] {
    let items = [LockChange.added, .removed, .changed].flatMap { result.difference.only($0) }
    guard !items.isEmpty else { return [] }
    let rows = items.map { change in
      "| \(code(change.item.description)) | \(change.kind.rawValue) | \(files(change)) | \(size(change)) |"
    }
    return ["", "| map | change | files | size |", "|---|---|---|---|"] + rows
  }

  /// Of what changed, how many of them.
  private func files(_ change: LockItemChange) -> String {
    guard change.kind == .changed else { return "\((change.newer ?? change.older)?.fileCount ?? 0)" }
    let count = change.files.count { !$0.isArchive }
    let parts = [
      change.files.count > count ? "archive" : nil, count > 0 ? "\(count) of \(change.newer?.fileCount ?? 0)" : nil,
    ]
    let words = parts.compactMap { $0 }
    return words.isEmpty ? "none" : words.joined(separator: ", ")
  }

  private func size(_ change: LockItemChange) -> String {
    let (older, newer) = (change.older?.size, change.newer?.size)
    if let older, let newer, older != newer { return "\(ByteCount(older)) → \(ByteCount(newer))" }
    return (newer ?? older).map { ByteCount($0).description } ?? ""
  }

  private var details: [String] {
    let changed = result.difference.only(.changed).flatMap { change in
      ["- \(code(change.item.description))"] + details(of: change)
    }
    let catalogs = result.difference.catalogs.map { "- catalog \(code($0.name)): \(code($0.words))" }
    let metadata = result.difference.metadata.map { ["- \(LockDifferenceReport.metadata): \($0.rawValue)"] } ?? []
    guard !changed.isEmpty || !catalogs.isEmpty || !metadata.isEmpty else { return [] }
    // Without the empty lines it would be shown as it is written.
    return ["", "<details>", "<summary>What changed</summary>", ""] + changed + catalogs + metadata + [
      "", "</details>",
    ]
  }

  private func details(of change: LockItemChange) -> [String] {
    let files = change.files.flatMap { file in
      ["  - \(file.kind.rawValue) \(code(file.title))"] + file.facts.map { "    - \(code($0))" }
    }
    let facts = result.difference.facts(of: change).map {
      "  - \(name($0)): \(code($0.older)) → \(code($0.newer))"
    }
    return files + facts
  }

  private func name(_ fact: LockFact) -> String { fact.name + (fact.paper.map { " of \(code($0))" } ?? "") }

  private func code(_ text: String) -> String { MarkdownCode(text).description }
}
