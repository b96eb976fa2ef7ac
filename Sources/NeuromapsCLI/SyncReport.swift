internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Project
internal import Store
internal import Sync
internal import SystemPackage

/// How a sync or a fetch is told.
struct SyncReport {
  private let result: SyncResult

  init(_ result: SyncResult) { self.result = result }

  /// Prints what was done.
  func print(_ run: CommandRun) {
    for outcome in result.outcomes + result.metadata where outcome.fate.isArrival {
      run.tell("\(outcome.fate.rawValue) \(outcome.file.path)")
    }
    for warning in result.outcomeWarnings { run.show(warning) }
    if run.isJSON {
      run.print(json)
    } else {
      if result.wroteLock { run.report("wrote neuromaps.lock") }
      for line in fates { run.report(line) }
      run.report(summary)
    }
  }

  /// Prints what would be done.
  func printPlan(_ run: CommandRun) {
    let steps = result.plan.steps.compactMap { file, step in words(step).map { (file, $0.json, $0.text) } }
    if run.isJSON {
      return run.print(
        .object([
          (
            "plan",
            .list(
              steps.map { file, word, _ in
                .object(file.jsonFields + [("step", .text(word))])
              }
                + result.plan.removals.map { leftover in
                  .object([("path", .text(leftover.path.text)), ("step", .text("remove"))])
                })
          )
        ]))
    }
    var members: [DatasetItem: Int] = [:]
    for (file, _, _) in steps { members[file.item, default: 0] += 1 }
    for (file, word, words) in steps where word != "write" {
      guard word == "unpack" else {
        run.print("would \(words) \(file.path)\(file.checksums?.size.map { " (\(ByteCount($0)))" } ?? "")")
        continue
      }
      // An archive brings all its files at once.
      guard let count = members.removeValue(forKey: file.item) else { continue }
      let size = result.lock.atlases.first { .atlas($0.id) == file.item }?.checksums.size
      let archive = size.map { ", archive of \(ByteCount($0))" } ?? ""
      run.print("would get and unpack \(file.item) (\(counted(count, "file"))\(archive))")
    }
    let metadata = steps.count { $0.1 == "write" }
    if metadata > 0 { run.print("would write \(counted(metadata, "file")) of metadata") }
    for leftover in result.plan.removals {
      run.print("would remove \(leftover.path) (\(ByteCount(leftover.size)))")
    }
    let (changes, removals) = (steps.count { !$0.0.isMetadata }, result.plan.removals.count)
    if result.plan.isEmpty {
      run.report("nothing to do: \(inPlace)")
    } else if changes + removals > 0 {
      run.report(wouldDo(changes, removals: removals))
    }
  }

  private func wouldDo(_ changes: Int, removals: Int) -> String {
    let change = "would change \(changes) of \(counted(result.wanted.files.count, "file"))"
    if removals == 0 { return change }
    return changes == 0 ? "would remove \(counted(removals, "file"))" : "\(change), and remove \(removals)"
  }

  /// A step for a program and for a person; nil for one that does nothing.
  private func words(_ step: SyncPlan.Step) -> (json: String, text: String)? {
    switch step {
    case .keep, .accept: nil
    case .skip: ("skip", "leave out (restricted)")
    case .unpack: ("unpack", "unpack")
    case .place(_, setsAside: false): ("reuse", "copy from the store")
    case .place(_, setsAside: true): ("reuse", "replace from the store")
    case .download(setsAside: false): ("download", "download")
    case .download(setsAside: true): ("download", "replace by a download")
    case .leave: ("leave", "leave as it is")
    case .lack: ("fail", "lack (downloads are off)")
    case .write: ("write", "write")
    }
  }

  private func count(_ fate: SyncOutcome.Fate) -> Int { result.outcomes.count { $0.fate == fate } }

  /// Whatever somebody has to look at, in maps and metadata.
  private func countInAll(_ fate: SyncOutcome.Fate) -> JSONValue {
    .number(Int64((result.outcomes + result.metadata).count { $0.fate == fate }))
  }

  private var bytes: Int64 {
    result.outcomes.reduce(0) { $0 + $1.received }
  }

  private var inPlace: String { "\(result.wanted.contents) in place" }

  /// A line for each map that did not simply stay, in the order of the lock.
  private var fates: [String] {
    var lines: [(item: DatasetItem, fate: SyncOutcome.Fate, files: Int, bytes: Int64)] = []
    let metadata = result.metadata.filter { $0.fate != .written }
    for outcome in result.outcomes + metadata where outcome.fate != .unchanged {
      if lines.last?.item != outcome.file.item || lines.last?.fate != outcome.fate {
        lines.append((outcome.file.item, outcome.fate, 0, 0))
      }
      lines[lines.endIndex - 1].files += 1
      lines[lines.endIndex - 1].bytes += outcome.checksums?.size ?? 0
    }
    let removed = result.removed.map { "- \($0.path) removed (\(ByteCount($0.size)))" }
    return lines.map { item, fate, files, bytes in
      let size = bytes > 0 ? ", \(ByteCount(bytes))" : ""
      let sign = fate.isArrival ? "+" : fate == .skipped ? "-" : "!"
      return "\(sign) \(item) \(fate.rawValue) (\(counted(files, "file"))\(size))"
    } + removed
  }

  private var summary: String {
    let isChanged = (result.outcomes + result.metadata).contains { $0.fate != .unchanged }
    guard isChanged || !result.removed.isEmpty else {
      return "nothing to do: \(inPlace)"
    }
    var parts = SyncOutcome.Fate.allCases.compactMap { fate -> String? in
      guard count(fate) > 0 else { return nil }
      let size = fate == .downloaded ? " (\(ByteCount(bytes)))" : ""
      return "\(count(fate)) \(fate.rawValue)\(size)"
    }
    if !result.removed.isEmpty { parts.append("\(result.removed.count) removed") }
    let files = counted(result.wanted.files.count, "file") + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
    let metadata = SyncOutcome.Fate.allCases.compactMap { fate -> String? in
      let count = fate == .unchanged ? 0 : result.metadata.count { $0.fate == fate }
      return count > 0 ? "\(counted(count, "file")) of metadata \(fate.rawValue)" : nil
    }
    return ([files] + metadata).joined(separator: "; ")
  }

  private var json: JSONValue {
    .object([
      ("data_dir", .text(result.folder.string)), ("downloaded", .number(Int64(count(.downloaded)))),
      ("reused", .number(Int64(count(.reused)))), ("unchanged", .number(Int64(count(.unchanged)))),
      ("written", countInAll(.written)), ("removed", .number(Int64(result.removed.count))),
      ("different", countInAll(.different)), ("skipped", .number(Int64(count(.skipped)))),
      ("failed", countInAll(.failed)),
      ("bytes", .number(bytes)), ("lock_written", .bool(result.wroteLock)),
      ("files", .list((result.outcomes + result.metadata).map(row) + result.removed.map(row))),
    ])
  }

  private func row(_ removed: DataFolder.Leftover) -> JSONValue {
    .object([
      ("path", .text(removed.path.text)), ("result", .text("removed")), ("size", .number(removed.size)),
    ])
  }

  private func row(_ outcome: SyncOutcome) -> JSONValue {
    .object(
      outcome.file.jsonFields + [
        ("result", .text(outcome.fate.rawValue)),
        ("size", outcome.checksums?.size.map { .number($0) } ?? .null),
        ("sha256", .optional(outcome.checksums?.sha256?.hex)),
        ("code", .optional(outcome.diagnostic?.code.rawValue)), ("message", .optional(outcome.diagnostic?.message)),
      ])
  }
}
