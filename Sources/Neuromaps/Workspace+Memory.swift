internal import Dataset
internal import Diagnostics
internal import Effects
internal import Metadata
internal import Project
internal import Store
internal import Sync
internal import SystemPackage

/// What is known of a data directory from sync to sync, and who may change it.
extension Workspace {
  /// The right to change a data directory; nil where the filesystem has no locks.
  func writerLock(
    of folder: DataFolder, _ observer: @escaping @Sendable (SyncEvent) -> Void
  ) async throws -> WriterLock? {
    try await WriterLock.take(
      world.files, of: folder, holder: world.environment.process, patience: try lockPatience(), clock: world.clock
    ) { holder in observer(.isBusy(folder: shown(folder.root), holder: holder)) }
  }

  private func lockPatience() throws(NeuromapsFailure) -> WriterLock.Patience {
    guard let text = world.environment["NEUROMAPS_LOCK_TIMEOUT"] else { return WriterLock.Patience() }
    guard let seconds = Int64(text), (0...1_000_000).contains(seconds) else {
      throw NeuromapsFailure(
        .wrongUsage, [Diagnostic(.badAddress, "`\(text)` in $NEUROMAPS_LOCK_TIMEOUT is no number of seconds")])
    }
    return WriterLock.Patience(limit: .seconds(seconds))
  }

  /// The index only saves time, so a data directory that cannot be written to does without, and one that somebody
  /// else writes to is not waited for.
  ///
  /// - Parameter described: the result's lock with the metadata that comes with it in that directory.
  func remember(
    _ result: SyncResult, _ manifest: Manifest?, described: Lockfile, of selection: LockSelection, for client: Client,
    in folder: DataFolder, holdsLock: Bool
  ) async throws -> [Diagnostic] {
    let outcomes = result.outcomes + result.metadata
    let entries = Dictionary(
      outcomes.compactMap { outcome in outcome.entry.map { (outcome.file.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    do {
      func news(for folder: DataFolder, _ described: Lockfile) throws(FileError) -> DataIndex? {
        guard case .project(let lockOnDisk, let groups) = client, selection.patterns.isEmpty else {
          return try folder.news(entries)
        }
        let lock = lockOnDisk ?? result.lock
        // What is left as another project has it is missing here once that is gone.
        let isAnswer =
          described.files.count(where: \.isMetadata) == DatasetMetadata.count(of: lock)
          && outcomes.allSatisfy { $0.isInPlace && entries[$0.file.path]?.checksums.isComplete == true }
        func answer(_ groups: Set<String>) -> IndexedAnswer {
          IndexedAnswer(lock.selecting(LockSelection(groups: .named(groups))), of: lock, groups)
        }
        let locked = Set(described.files.map(\.path))
        return try folder.news(entries, answering: isAnswer ? answer(groups) : nil, together: answer) {
          locked.contains($0)
        }
      }
      guard let known = try news(for: folder, described) else { return [] }
      guard !holdsLock else {
        try await folder.remember(known, clock: world.clock)
        return []
      }
      let patience = WriterLock.Patience(limit: .zero)
      let lock = try await WriterLock.take(
        world.files, of: folder, holder: world.environment.process, patience: patience, clock: world.clock
      ) { _ in }
      defer { lock?.release() }
      // Somebody else may have written it since it was read.
      let now = DataFolder(world.files, at: folder.root, for: indexName(of: client, folder.root))
      let describedNow = self.described(result.lock, manifest, for: client, in: now).whole
      if let news = try news(for: now, describedNow) { try await now.remember(news, clock: world.clock) }
    } catch is WriterLock.Busy {
      return []
    } catch let error as FileError {
      guard ![.readOnlyFileSystem, .permissionDenied].contains(error.reason) else { return [] }
      var warning = error.diagnostic
      warning.severity = .warning
      return [warning]
    }
    return []
  }

  /// Under which name it is kept what was brought for whom: one that a project keeps when it is moved together with
  /// its data directory.
  func indexName(of client: Client, _ root: FilePath) -> String {
    guard case .project = client else { return "" }
    return indexName(ofProjectAt: root)
  }

  /// The name of the project around, in its data directory.
  func indexName(ofProjectAt root: FilePath) -> String {
    guard let project else { return "" }
    var rest = root
    guard rest.removePrefix(project) else { return project.string }
    return rest.isEmpty ? "." : rest.components.map { _ in ".." }.joined(separator: "/")
  }
}

extension IndexedAnswer {
  /// That a data directory answers what of a lock is wanted for some groups.
  init(_ wanted: Lockfile, of lock: Lockfile, _ groups: Set<String>) {
    self.init(
      lock: ContentHasher.sha256(LockWriter.bytes(lock)), declarations: Self.digest(of: lock.declarations),
      files: wanted.files.count, maps: wanted.maps.count, atlases: wanted.atlases.count, groups: groups)
  }
}
