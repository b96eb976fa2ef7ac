internal import Dataset
public import Diagnostics

/// What both sides of a lock with git's conflict markers have pinned: what `lock` goes on from.
///
/// Entries of a side may be incomplete, as git merges line by line; which files a map has in the end is for the
/// resolver to say. Of what both sides have pinned to different bytes, ours stays.
public struct MergedLock: Sendable {
  /// The pins of both.
  public let lock: Lockfile
  /// That it was merged, as a person reads it: a warning.
  public let diagnostic: Diagnostic

  /// Nil for a text without conflict markers, or one of whose sides cannot be read at all.
  ///
  /// - Throws: that a side is of a format that only a later program knows.
  public init?(_ source: SourceText) throws(Findings) {
    guard let marker = source.conflictMarker, let texts = ConflictedText(source) else { return nil }
    // Both are looked at before either is given up: it may be of the future.
    let (above, below) = (try LockReader.readMerged(texts.ours), try LockReader.readMerged(texts.theirs))
    guard let above, let theirs = below else { return nil }
    let rivals = above.rivals(of: theirs)
    let ours = above.completed(by: theirs, except: rivals)
    // Which of two revisions a catalog is recorded with is for the resolver to say, which knows the catalog.
    let differing = Set(
      ours.catalogs.filter { own in theirs.catalogs.contains { $0.name == own.name && !$0.isState(of: own) } }
        .map(\.name))
    let (own, others) = (ours.noting(differing), theirs.noting(differing))
    lock = Lockfile(
      declarations: Self.joined(ours.declarations, theirs.declarations, by: \.self),
      catalogs: Self.joined(ours.catalogs, theirs.catalogs, by: \.name).filter { !differing.contains($0.name) },
      maps: Self.joined(own.maps, others.maps, by: \.id),
      atlases: Self.joined(own.atlases, others.atlases, by: \.id),
      files: Self.joined(ours.files, theirs.files.filter { !rivals.contains($0.item) }, by: \.path),
      // What only one side knows of its maps the resolver asks the catalogs for the rest.
      metadata: ours.metadata.flatMap { own in theirs.metadata.map { max(own, $0) } },
      references: Self.joined(own.references, others.references, by: \.name))
    diagnostic = Diagnostic(
      .lockConflictMarkers, "the lock has conflict markers of a merge", severity: .warning,
      at: source.location(marker),
      notes: rivals.sorted().map { "the two sides pin `\($0)` to different bytes; those above the `=======` stay" },
      hints: ["the pins of both sides were merged"])
  }

  /// Each once: a merge may have written something twice.
  /// What can be read of a lock without markers that is wrong all the same: git may have merged it line by line, and
  /// left out a line. Nil where no pin can be read.
  ///
  /// - Parameters:
  ///   - source: the lock's text.
  ///   - findings: what is wrong with it.
  /// - Throws: that it is of a format that only a later program knows.
  public init?(_ source: SourceText, _ findings: [Diagnostic]) throws(Findings) {
    guard source.conflictMarker == nil, var diagnostic = findings.first,
      let lock = try LockReader.readMerged(source), !lock.items.isEmpty
    else { return nil }
    diagnostic.severity = .warning
    diagnostic.hints = ["the lock is written anew, with the pins that could be read"]
    self.lock = lock
    self.diagnostic = diagnostic
  }

  private static func joined<Entry, Name: Hashable>(
    _ ours: [Entry], _ theirs: [Entry], by name: (Entry) -> Name
  ) -> [Entry] {
    var names: Set<Name> = []
    return (ours + theirs).filter { names.insert(name($0)).inserted }
  }
}

extension Lockfile {
  /// What another lock has pinned to other bytes.
  fileprivate func rivals(of other: Lockfile) -> Set<DatasetItem> {
    func differ(_ own: Checksums?, _ other: Checksums?) -> Bool {
      guard let own, let other else { return false }
      return !own.agrees(with: other)
    }
    let paths = Dictionary(other.files.map { ($0.path, $0.checksums) }, uniquingKeysWith: { first, _ in first })
    let archives = Dictionary(other.atlases.map { ($0.id, $0.checksums) }, uniquingKeysWith: { first, _ in first })
    return Set(files.filter { differ($0.checksums, paths[$0.path] ?? nil) }.map(\.item))
      .union(atlases.filter { differ($0.checksums, archives[$0.id]) }.map { DatasetItem.atlas($0.id) })
  }

  /// The same pins with what another lock has learned of the same bytes.
  fileprivate func completed(by other: Lockfile, except rivals: Set<DatasetItem>) -> Lockfile {
    let learned = other.files.filter { !rivals.contains($0.item) }.compactMap { file in
      file.checksums.map { (file.path, $0) }
    }
    return completed(
      with: Dictionary(learned, uniquingKeysWith: { first, _ in first }),
      archives: Dictionary(other.atlases.map { ($0.id, $0.checksums) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The same pins, each of some catalogs with the revision that this lock has of its catalog.
  fileprivate func noting(_ names: Set<String>) -> Lockfile {
    var copy = self
    func revision(_ own: String?, _ catalog: String) -> String? {
      names.contains(catalog) ? own ?? catalogs.first { $0.name == catalog }?.revision : own
    }
    copy.maps = maps.map { $0.pinned(from: revision($0.revision, $0.catalog), in: $0.groups) }
    copy.atlases = atlases.map { $0.pinned(from: revision($0.revision, $0.catalog), in: $0.groups) }
    copy.references = references.map { locked in
      LockedReference(
        catalog: locked.catalog, revision: revision(locked.revision, locked.catalog), locked.reference)
    }
    return copy
  }
}
