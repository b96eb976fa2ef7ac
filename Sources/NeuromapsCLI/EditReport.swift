internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps
internal import Project

/// How an edit of the manifest is told.
struct EditReport {
  private let result: EditResult
  private let group: String?
  private let isDryRun: Bool
  private let isSynced: Bool

  /// - Parameter isSynced: whether a report of what arrived follows.
  init(_ result: EditResult, in group: String?, isDryRun: Bool, isSynced: Bool) {
    self.result = result
    self.group = group
    self.isDryRun = isDryRun
    self.isSynced = isSynced
  }

  /// Prints what was, or would be, changed.
  func print(_ run: CommandRun) {
    guard !run.isJSON else { return run.print(json) }
    let edit = result.edit
    let place = (group.map { "the group \($0) of " } ?? "") + edit.text.name
    for item in edit.added { run.report("\(isDryRun ? "would add" : "added") \(item) to \(place)") }
    for item in edit.removed { run.report("\(isDryRun ? "would remove" : "removed") \(item) from \(place)") }
    for entry in edit.unchanged { run.report("`\(entry.item)` is wanted already, by line \(entry.line)") }
    if isDryRun { for line in result.lines { run.report("  \(line)") } }
    printLock(run)
  }

  private func printLock(_ run: CommandRun) {
    let difference = result.lock.difference
    // What arrives is told by the sync.
    let added = isSynced && !isDryRun ? [] : difference.added
    for (sign, items) in [("+", added), ("-", difference.removed), ("~", difference.changed)] {
      for item in items { run.report("\(sign) \(item)") }
    }
    let total = result.lock.lock.contents
    switch (result.lock.isNew, isDryRun) {
    case (false, _): run.report("neuromaps.lock is up to date: \(total)")
    case (true, true): run.report("would write neuromaps.lock: \(total)")
    case (true, false): run.report("wrote neuromaps.lock: \(total)")
    }
  }

  private var json: JSONValue {
    let (edit, lock) = (result.edit, result.lock)
    func texts(_ items: [ManifestItem]) -> JSONValue { .texts(items.map(\.description)) }
    func ids(_ items: [DatasetItem]) -> JSONValue { .texts(items.map(\.description)) }
    return .object([
      ("added", texts(edit.added)), ("removed", texts(edit.removed)),
      ("unchanged", texts(edit.unchanged.map(\.item))), ("written", .bool(result.isWritten)),
      (
        "lock",
        .object([
          ("written", .bool(lock.isNew && !isDryRun)), ("maps", .number(Int64(lock.lock.maps.count))),
          ("atlases", .number(Int64(lock.lock.atlases.count))), ("files", .number(Int64(lock.lock.files.count))),
          ("added", ids(lock.difference.added)), ("removed", ids(lock.difference.removed)),
          ("changed", ids(lock.difference.changed)),
        ])
      ),
    ])
  }
}
