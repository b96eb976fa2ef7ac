internal import Dataset
package import Diagnostics
package import Project
package import Store
package import Sync
package import SystemPackage

/// What a sync came to.
package struct SyncResult: Sendable {
  /// The lock, with what was learned.
  package let lock: Lockfile
  /// What of it was wanted.
  package let wanted: Lockfile
  /// What was decided.
  package let plan: SyncPlan
  /// What became of each file of a map or an atlas, by path; empty for a dry run.
  package let outcomes: [SyncOutcome]
  /// What became of each file of metadata, by path; empty for a dry run.
  package let metadata: [SyncOutcome]
  /// What was removed, as nobody wants it any more.
  package let removed: [DataFolder.Leftover]
  /// The data directory.
  package let folder: FilePath
  /// Whether the lock's file has been written.
  package internal(set) var wroteLock = false
  /// Why the lock could not be written, if it could not; the files may be in place all the same.
  var lockFailure: NeuromapsFailure?
  /// What the person should know.
  package internal(set) var warnings: [Diagnostic] = []

  /// Why the data directory does not answer the lock now; nil when it does, or for a dry run.
  package var failure: NeuromapsFailure? {
    let wrong = (outcomes + metadata).filter { $0.fate == .failed || $0.fate == .different }
    guard !wrong.isEmpty else { return lockFailure }
    let reason: NeuromapsFailure.Reason =
      if wrong.contains(where: { $0.fate == .failed && !$0.lacksToken }) {
        .couldNot
      } else if wrong.contains(where: { $0.fate == .failed }) { .tokenNeeded } else { .dataDiffers }
    return NeuromapsFailure(lockFailure?.reason ?? reason, Self.grouped(wrong) + (lockFailure?.diagnostics ?? []))
  }

  /// Absolute paths of every map and atlas all of whose files are in place, left before right.
  package var paths: [DatasetItem: [String]] {
    let missing = Set(outcomes.filter { !$0.isInPlace }.map(\.file.item))
    return Dictionary(grouping: lock.files, by: \.item).filter { !missing.contains($0.key) }
      .mapValues { files in files.map { folder.pushing(FilePath($0.path.text)).string } }
  }

  /// What the person should know of files that are in place, each thing once.
  package var outcomeWarnings: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return (outcomes + metadata).compactMap(\.diagnostic).filter { $0.severity == .warning && seen.insert($0).inserted }
  }

  /// Files that failed alike for the same cause are told of together.
  private static func grouped(_ outcomes: [SyncOutcome]) -> [Diagnostic] {
    var groups: [(diagnostic: Diagnostic, others: [SyncOutcome])] = []
    for outcome in outcomes {
      guard let diagnostic = outcome.diagnostic else { continue }
      // An archive's trouble is told once for all its files.
      guard !groups.contains(where: { $0.diagnostic == diagnostic }) else { continue }
      let twin = groups.firstIndex { group in
        !diagnostic.causes.isEmpty && group.diagnostic.code == diagnostic.code
          && group.diagnostic.causes == diagnostic.causes
      }
      if let twin { groups[twin].others.append(outcome) } else { groups.append((diagnostic, [])) }
    }
    return groups.map { diagnostic, others in
      var diagnostic = diagnostic
      diagnostic.notes += others.prefix(10).map { other in
        "the same for `\(other.file.name)`" + (other.tries > 1 ? ", tried \(other.tries) times" : "")
      }
      if others.count > 10 { diagnostic.notes.append("and for \(others.count - 10) more files") }
      return diagnostic
    }
  }
}

extension LockedFile {
  /// What a message calls it: a member of an archive shares the fate of its atlas.
  fileprivate var name: String {
    switch content {
    case .download, .text: path.text
    case .member: item.description
    }
  }

  /// Whether nothing but an MD5 binds it, as the catalog has it: OSF may have other bytes now, and these as an
  /// earlier version.
  var hasWeakPin: Bool { checksums?.sha256 == nil }
}
