internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store
package import Sync
internal import SystemPackage

extension Workspace {
  /// Locks if needed, then makes the data directory match the lock.
  ///
  /// Throws for what ends the whole run; what befell single files is in the result.
  package func sync(
    _ options: SyncOptions, observer: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> SyncResult {
    let manifest = try manifest(for: options.mode)
    var warnings: [Diagnostic] = []
    let (lock, isWritten) = try await lock(for: options, manifest, &warnings, observer)
    try checkGroups(of: options.selection.groups, in: lock, manifest)
    let wrong = options.selection.patterns.filter { pattern in !lock.items.contains { pattern.matches($0) } }
    guard wrong.isEmpty else { throw NeuromapsFailure(.couldNot, wrong.map { notLocked($0, lock.items) }) }
    var result = try await bring(
      lock, options.selection, manifest, options.policy, isDryRun: options.isDryRun,
      as: .project(
        lockOnDisk: options.mode == .update ? nil : lock,
        groups: groupNames(options.selection.groups, in: lock, manifest)),
      asksOSF: { file in
        // A lock that was made just now has asked; one that is not written again need not know all.
        isWritten && (options.mode == .update || file.hasWeakPin)
      }, observer: observer)
    result.warnings += warnings
    if options.mode == .update, !options.isDryRun, !isWritten || result.lock != lock {
      do throws(NeuromapsFailure) { result.wroteLock = try write(result.lock) } catch { result.lockFailure = error }
    }
    return result
  }

  /// For whom files are brought.
  enum Client {
    /// For somebody who asks for these alone.
    case fetch
    /// For the project, all that its lock has for these groups. The lock as it stays on disk; nil if what was learned
    /// is written.
    case project(lockOnDisk: Lockfile?, groups: Set<String>)
  }

  /// Makes the data directory match the wanted part of a lock, which need not be the project's; the result's lock has
  /// what was learned of the bytes.
  ///
  /// While something is to be changed there, nobody else changes the directory.
  ///
  /// - Parameter asksOSF: about which files OSF is asked if they are downloaded and not pinned wholly.
  func bring(
    _ lock: Lockfile, _ selection: LockSelection, _ manifest: Manifest?, _ policy: SyncPolicy, isDryRun: Bool,
    as client: Client, asksOSF: (LockedFile) -> Bool,
    observer: @escaping @Sendable (SyncEvent) -> Void
  ) async throws(NeuromapsFailure) -> SyncResult {
    do {
      let root = try dataPath(manifest)
      let (downloader, store) = (try downloader(origins(manifest)), try store())
      func look() async throws -> (Synchronizer, Lockfile, SyncPlan) {
        let folder = DataFolder(world.files, at: root, for: indexName(of: client, root))
        let synchronizer = Synchronizer(
          world.files, folder, store: store, downloader: downloader, jobs: settings.jobs,
          linkMode: settings.linkMode, observer: observer)
        let completed = try synchronizer.completed(lock)
        let (whole, metadata) = described(completed, manifest, for: client, in: folder)
        let selected = completed.selecting(selection)
        let wanted = selected.described(by: metadata.describing(selected))
        return (synchronizer, completed, try await synchronizer.plan(wanted, of: whole, policy))
      }
      let before = try world.files.status(DataFolder.lockPath(in: root))
      var (synchronizer, lock, plan) = try await look()
      guard !isDryRun else {
        var result = SyncResult(
          lock: lock, wanted: lock.selecting(selection), plan: plan, outcomes: [], metadata: [], removed: [],
          folder: root)
        result.warnings = plan.leftovers.compactMap { .kept($0) }
        return result
      }
      var writer = plan.changesNothing ? nil : try await writerLock(of: synchronizer.folder, observer)
      defer { writer?.release() }
      // Who had the directory in the meantime has changed it.
      if writer?.isNews(since: before) == true { (synchronizer, lock, plan) = try await look() }
      let downloads = plan.downloads
      if !downloads.isEmpty {
        // What OSF does not tell now is learned from the bytes.
        let asked = { (file: LockedFile) in downloads.contains(file.path) && asksOSF(file) }
        lock = try await pinned(lock, asked, observer: { observer(.transfer($0)) }).lock
        plan = plan.updated(to: lock)
      }
      let performance = try await synchronizer.perform(plan.withoutMetadata, for: lock, policy)
      let outcomes = performance.outcomes
      let learned = Dictionary(
        outcomes.compactMap { outcome in outcome.checksums.map { (outcome.file.path, $0) } },
        uniquingKeysWith: { first, _ in first })
      lock = lock.completed(with: learned, archives: performance.archives)
      // Only now is all known that the metadata tells, and that may be news where nothing else was to be done.
      let wanted = lock.selecting(selection)
      var (whole, metadata) = described(lock, manifest, for: client, in: synchronizer.folder)
      if writer == nil, metadata.describing(wanted) != plan.metadata {
        writer = try await writerLock(of: synchronizer.folder, observer)
        synchronizer = try await look().0
        (whole, metadata) = described(lock, manifest, for: client, in: synchronizer.folder)
      }
      let written = try await synchronizer.describe(metadata.describing(wanted), policy)
      var result = SyncResult(
        lock: lock, wanted: wanted, plan: plan, outcomes: outcomes, metadata: written,
        removed: performance.removed, folder: root)
      result.warnings =
        downloader.warnings
        + (try await remember(
          result, manifest, described: whole, of: selection, for: client, in: synchronizer.folder,
          holdsLock: writer != nil))
      result.warnings += plan.leftovers.compactMap { .kept($0) }
      return result
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// With `--frozen` the manifest only says where things are; what it wants, and what is wrong with
  /// it, do not matter, as long as it can be read that far.
  func manifest(for mode: SyncOptions.Mode) throws(NeuromapsFailure) -> Manifest? {
    guard mode == .frozen else { return try manifest() }
    guard let source = try source(.manifest) else { return nil }
    let (manifest, findings) = ManifestReader.readAll(source)
    // A mistake may be in the very line that says where the files are.
    let saysWhere = settings.dataDir != nil || world.environment["NEUROMAPS_DATA"] != nil || manifest?.dataDir != nil
    guard saysWhere || findings.isEmpty else { throw NeuromapsFailure(.wrongInput, findings) }
    return manifest
  }

  /// The lock to answer, and whether it is the one on disk.
  private func lock(
    for options: SyncOptions, _ manifest: Manifest?, _ warnings: inout [Diagnostic],
    _ observer: @escaping @Sendable (SyncEvent) -> Void
  ) async throws(NeuromapsFailure) -> (lock: Lockfile, isWritten: Bool) {
    switch options.mode {
    case .frozen: return (try requiredLock(), true)
    case .locked: return (try checkedLock(), true)
    case .update:
      let earlier = try lock()
      if let earlier, let manifest, earlier.answers(manifest) { return (earlier, true) }
      var lockOptions = LockOptions()
      lockOptions.asksOrigins = !options.isDryRun
      let resolution = try await resolve(requiredManifest(), previous: earlier, lockOptions) { observer(.transfer($0)) }
      warnings += resolution.warnings
      return (resolution.lock, false)
    }
  }
}
