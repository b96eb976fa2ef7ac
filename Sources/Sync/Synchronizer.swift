internal import Dataset
internal import Diagnostics
internal import Effects
package import Project
package import Store
internal import SystemPackage

/// Makes a data directory match a lock: looks, plans, performs.
package struct Synchronizer: Sendable {
  private let folder: DataFolder
  private let store: ObjectStore
  private let downloader: Downloader
  private let jobs: Int
  private let observer: @Sendable (SyncEvent) -> Void

  /// - Parameters:
  ///   - jobs: files worked on at a time.
  ///   - observer: told what happens, from any thread.
  package init(
    _ folder: DataFolder, store: ObjectStore, downloader: Downloader, jobs: Int,
    observer: @escaping @Sendable (SyncEvent) -> Void
  ) {
    self.folder = folder
    self.store = store
    self.downloader = downloader
    self.jobs = jobs
    self.observer = observer
  }

  // MARK: Looking

  /// What is there of every file of a lock; the store is asked for what is missing.
  package func look(_ lock: Lockfile) async throws -> [SyncPlan.Found] {
    try await Self.observe(lock, in: folder, jobs: jobs).map { file, observation in
      if case .matches = observation {
        return SyncPlan.Found(file: file, observation: observation, object: nil)
      }
      return SyncPlan.Found(file: file, observation: observation, object: try store.object(file.checksums))
    }
  }

  /// What is at the path of every file of a lock, in its order.
  package static func observe(
    _ lock: Lockfile, in folder: DataFolder, trustingIndex: Bool = true, jobs: Int
  ) async throws -> [(LockedFile, Observation)] {
    // Looking at one file is little work, so files go in bundles.
    let bundle = trustingIndex ? 64 : 1
    let starts = Array(stride(from: 0, to: lock.files.count, by: bundle))
    return try await boundedMap(starts, limit: jobs) { start in
      lock.files[start..<min(start + bundle, lock.files.count)].map { file in
        (file, folder.observe(file.path, expecting: file.checksums, trustingIndex: trustingIndex))
      }
    }.flatMap { $0 }
  }

  // MARK: Performing

  /// Carries a plan out; one file's trouble does not end the others.
  ///
  /// - Returns: each file's outcome, in the order of the plan.
  package func perform(_ plan: SyncPlan, for lock: Lockfile) async throws -> [SyncOutcome] {
    let restricted = Set(lock.maps.filter(\.isRestricted).map(\.id))
    var outcomes: [DatasetPath: SyncOutcome] = [:]
    for (file, step) in plan.steps {
      if let outcome = SyncOutcome(settled: file, step) { outcomes[file.path] = outcome }
    }
    let work = Self.bundles(plan)
    try folder.sweep()
    if !work.isEmpty { try store.sweep() }
    let downloads = work.filter(\.isDownload)
    observer(
      .planned(downloads: downloads.count, bytes: downloads.reduce(0) { $0 + ($1.files[0].file.checksums.size ?? 0) }))
    let done = try await boundedMap(work, limit: jobs) { bundle in
      let outcomes = await supply(bundle, restricted)
      for outcome in outcomes { observer(.finished(outcome)) }
      return outcomes
    }
    for outcome in done.joined() { outcomes[outcome.file.path] = outcome }
    return plan.steps.compactMap { outcomes[$0.file.path] }
  }

  /// Files that are the same bytes, so that they are downloaded once.
  private struct Bundle: Sendable {
    var files: [(file: LockedFile, setsAside: Bool)]
    let object: StoredObject?
    var isDownload: Bool { object == nil }
    var size: Int64 { files[0].file.checksums.size ?? 0 }
  }

  /// What is to be done, biggest first, so that no big file is left alone at the end.
  private static func bundles(_ plan: SyncPlan) -> [Bundle] {
    var bundles: [Bundle] = []
    var byDigest: [String: Int] = [:]
    for (file, step) in plan.steps {
      let (object, setsAside): (StoredObject?, Bool)
      switch step {
      case .place(let stored, let aside): (object, setsAside) = (stored, aside)
      case .download(let aside): (object, setsAside) = (nil, aside)
      case .keep, .leave, .lack: continue
      }
      let key = file.checksums.sha256?.hex ?? file.checksums.md5?.hex ?? file.path.text
      if let index = byDigest[key] {
        bundles[index].files.append((file, setsAside))
      } else {
        byDigest[key] = bundles.count
        bundles.append(Bundle(files: [(file, setsAside)], object: object))
      }
    }
    return bundles.enumerated().sorted { a, b in
      a.element.size != b.element.size ? a.element.size > b.element.size : a.offset < b.offset
    }.map(\.element)
  }

  private func supply(_ bundle: Bundle, _ restricted: Set<AnnotationID>) async -> [SyncOutcome] {
    var outcomes: [SyncOutcome] = []
    var rest = bundle.files
    // The store is asked again: another sync may have downloaded it since the plan was made.
    var stored = bundle.object
    do throws(FileError) { if stored == nil { stored = try store.object(rest[0].file.checksums) } } catch {
      return rest.map { SyncOutcome($0.file, .failed, diagnostic: error.diagnostic) }
    }
    if let object = stored {
      rest = bundle.files.filter { file, setsAside in
        let outcome = place(object, for: file, setsAside: setsAside, as: .reused, verifying: true)
        if let outcome { outcomes.append(outcome) }
        return outcome == nil
      }
    }
    guard let first = rest.first?.file else { return outcomes }
    let warning = stored.map { _ in Diagnostic.damaged(first) }
    // Equal bytes may have several origins: each is tried, until one of them gives the bytes.
    var failures: [SyncOutcome] = []
    for (file, _) in rest {
      do throws(DownloadFailure) {
        let object = try await downloader.fetch(file, isRestricted: restricted.contains(file.map)) {
          observer(.received($0))
        }
        return outcomes
          + rest.map { file, setsAside in
            place(object, for: file, setsAside: setsAside, as: .downloaded, verifying: false, warning)
              ?? SyncOutcome(file, .failed, diagnostic: .vanished(file))
          }
      } catch {
        failures.append(
          SyncOutcome(file, .failed, diagnostic: error.diagnostic(for: file), lacksToken: error.isAboutToken))
      }
    }
    return outcomes + failures
  }

  /// The outcome, or nil when the object turned out to be damaged or gone; then it is out of the store.
  private func place(
    _ object: StoredObject, for file: LockedFile, setsAside: Bool, as fate: SyncOutcome.Fate, verifying: Bool,
    _ warning: Diagnostic? = nil
  ) -> SyncOutcome? {
    do throws(FileError) {
      let placement = try folder.place(
        object, at: file.path, expecting: file.checksums, settingAside: setsAside, verifying: verifying)
      guard let placement else {
        try store.remove(object)
        return nil
      }
      return SyncOutcome(
        file, fate, entry: placement.entry, checksums: object.checksums.completed(by: file.checksums),
        diagnostic: placement.setAside.map { .setAside(file, at: $0.string) } ?? warning)
    } catch {
      guard error.operation == .place, error.reason == .fileExists else {
        return SyncOutcome(file, .failed, diagnostic: error.diagnostic)
      }
      return outcome(ofRaceFor: file)
    }
  }

  /// Somebody else put a file there in the meantime: another sync, or the user.
  private func outcome(ofRaceFor file: LockedFile) -> SyncOutcome {
    let observation = folder.observe(file.path, expecting: file.checksums)
    if case .matches(let entry) = observation { return SyncOutcome(file, .unchanged, entry: entry) }
    return SyncOutcome(notRight: file, observation)
  }
}

extension SyncOutcome {
  /// A file that stays as it is: another, or one that cannot be read.
  fileprivate init(notRight file: LockedFile, _ observation: Observation) {
    let fate = if case .unreadable = observation { Fate.failed } else { Fate.different }
    self.init(file, fate, diagnostic: .difference(file, observation))
  }

  /// What needs no work; nil for steps that do.
  fileprivate init?(settled file: LockedFile, _ step: SyncPlan.Step) {
    switch step {
    case .keep(let entry): self.init(file, .unchanged, entry: entry)
    case .leave(let observation): self.init(notRight: file, observation)
    case .lack: self.init(file, .failed, diagnostic: DownloadFailure.offline.diagnostic(for: file))
    case .place, .download: return nil
    }
  }
}
