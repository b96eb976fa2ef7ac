internal import Dataset
package import Diagnostics
internal import Effects
package import Project
package import Store
package import Sync
package import SystemPackage

/// How a sync treats manifest, lock and files.
package struct SyncOptions: Sendable {
  /// What may happen to the lock.
  package enum Mode: Sendable {
    /// Locks first if the lock is missing or stale.
    case update
    /// Fails instead of changing the lock.
    case locked
    /// Takes the lock as it is, without comparing it with the manifest.
    case frozen
  }

  /// What may happen to the lock.
  package var mode = Mode.update
  /// Only make the plan.
  package var isDryRun = false
  /// What may be done where there is a choice.
  package var policy = SyncPolicy()

  /// Lock if needed, overwrite nothing.
  package init() {}
}

/// What a sync came to.
package struct SyncResult: Sendable {
  /// The lock that was answered.
  package let lock: Lockfile
  /// What was decided.
  package let plan: SyncPlan
  /// What became of each file, by path; empty for a dry run.
  package let outcomes: [SyncOutcome]
  /// What was removed, as nobody wants it any more.
  package let removed: [DataFolder.Leftover]
  /// The data directory.
  package let folder: FilePath
  /// Whether the lock's file has been written.
  package fileprivate(set) var wroteLock = false
  /// Why the lock could not be written, if it could not; the files may be in place all the same.
  fileprivate var lockFailure: NeuromapsFailure?
  /// What the person should know.
  package fileprivate(set) var warnings: [Diagnostic] = []

  /// Why the data directory does not answer the lock now; nil when it does, or for a dry run.
  package var failure: NeuromapsFailure? {
    let wrong = outcomes.filter { $0.fate == .failed || $0.fate == .different }
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
    return outcomes.compactMap(\.diagnostic).filter { $0.severity == .warning && seen.insert($0).inserted }
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
    var result = try await bring(
      lock, manifest, options.policy, isDryRun: options.isDryRun,
      as: .project(lockOnDisk: options.mode == .update ? nil : lock),
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
    /// For the project, all that its lock has. The lock as it stays on disk; nil if what was learned is written.
    case project(lockOnDisk: Lockfile?)
  }

  /// Makes the data directory match a lock, which need not be the project's; the result's lock has
  /// what was learned of the bytes.
  ///
  /// While something is to be changed there, nobody else changes the directory.
  ///
  /// - Parameter asksOSF: about which files OSF is asked if they are downloaded and not pinned wholly.
  func bring(
    _ lock: Lockfile, _ manifest: Manifest?, _ policy: SyncPolicy, isDryRun: Bool, as client: Client,
    asksOSF: (LockedFile) -> Bool,
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
        return (synchronizer, completed, try await synchronizer.plan(completed, policy))
      }
      var (synchronizer, lock, plan) = try await look()
      guard !isDryRun else { return SyncResult(lock: lock, plan: plan, outcomes: [], removed: [], folder: root) }
      let writer = plan.changesNothing ? nil : try await writerLock(of: synchronizer.folder, observer)
      defer { writer?.lock.release() }
      // Who had the directory before has changed it.
      if writer?.hasWaited == true { (synchronizer, lock, plan) = try await look() }
      let downloads = plan.downloads
      if !downloads.isEmpty {
        // What OSF does not tell now is learned from the bytes.
        let asked = { (file: LockedFile) in downloads.contains(file.path) && asksOSF(file) }
        lock = try await pinned(lock, asked, observer: { observer(.transfer($0)) }).lock
        plan = plan.updated(to: lock)
      }
      let performance = try await synchronizer.perform(plan, for: lock, policy)
      let outcomes = performance.outcomes
      let learned = Dictionary(
        outcomes.compactMap { outcome in outcome.checksums.map { (outcome.file.path, $0) } },
        uniquingKeysWith: { first, _ in first })
      var result = SyncResult(
        lock: lock.completed(with: learned, archives: performance.archives), plan: plan, outcomes: outcomes,
        removed: performance.removed, folder: root)
      let memory = Memory(folder: synchronizer.folder, store: store, holdsLock: writer != nil)
      result.warnings = downloader.warnings + (try await remember(result, for: client, memory))
      result.warnings += plan.leftovers.compactMap { .kept($0) }
      return result
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// The right to change a data directory; nil where the filesystem has no locks.
  private func writerLock(
    of folder: DataFolder, _ observer: @escaping @Sendable (SyncEvent) -> Void
  ) async throws -> (lock: WriterLock, hasWaited: Bool)? {
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

  /// Where what was done is written down.
  private struct Memory {
    let folder: DataFolder
    let store: ObjectStore
    /// Whether nobody else writes to the directory.
    let holdsLock: Bool
  }

  /// The index only saves time, so a data directory that cannot be written to does without, and one that somebody
  /// else writes to is not waited for.
  private func remember(_ result: SyncResult, for client: Client, _ memory: Memory) async throws -> [Diagnostic] {
    let (folder, outcomes) = (memory.folder, result.outcomes)
    let entries = Dictionary(
      outcomes.compactMap { outcome in outcome.entry.map { (outcome.file.path, $0) } },
      uniquingKeysWith: { first, _ in first })
    do {
      let news: DataIndex?
      switch client {
      case .fetch: news = try folder.news(entries)
      case .project(let lockOnDisk):
        let isWhole = outcomes.allSatisfy { $0.isInPlace && entries[$0.file.path]?.checksums.isComplete == true }
        let answer = isWhole ? IndexedAnswer(lockOnDisk ?? result.lock) : nil
        news = try folder.news(entries, answering: answer, isWhole: true)
      }
      guard let news else { return [] }
      var lock: WriterLock?
      if !memory.holdsLock {
        let patience = WriterLock.Patience(limit: .zero)
        lock = try await WriterLock.take(
          world.files, of: folder, holder: world.environment.process, patience: patience, clock: world.clock
        ) { _ in }?.lock
      }
      defer { lock?.release() }
      try await folder.remember(news, clock: world.clock)
      if memory.holdsLock { try memory.store.note(user: folder.root) }
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
    guard case .project = client, let project else { return "" }
    var rest = root
    guard rest.removePrefix(project) else { return project.string }
    return rest.isEmpty ? "." : rest.components.map { _ in ".." }.joined(separator: "/")
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
      let resolution = try await resolve(previous: earlier, lockOptions) { observer(.transfer($0)) }
      warnings += resolution.warnings
      return (resolution.lock, false)
    }
  }
}

extension LockedFile {
  /// What a message calls it: a member of an archive shares the fate of its atlas.
  fileprivate var name: String {
    switch content {
    case .download: path.text
    case .member: item.description
    }
  }

  /// Whether nothing but an MD5 binds it, as the catalog has it: OSF may have other bytes now, and these as an
  /// earlier version.
  var hasWeakPin: Bool { checksums?.sha256 == nil }
}

extension IndexedAnswer {
  /// That a data directory answers this lock.
  init(_ lock: Lockfile) {
    self.init(
      lock: ContentHasher.sha256(LockWriter.bytes(lock)), declarations: Self.digest(of: lock.declarations),
      files: lock.files.count, maps: lock.maps.count, atlases: lock.atlases.count)
  }
}
