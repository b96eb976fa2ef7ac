package import Dataset
internal import Diagnostics
package import Effects
package import Project
package import Store
internal import SystemPackage

/// Makes a data directory match a lock: looks, plans, performs.
package struct Synchronizer: Sendable {
  /// The data directory.
  package let folder: DataFolder
  let store: ObjectStore
  let unpacker: Unpacker
  let observer: @Sendable (SyncEvent) -> Void
  let downloader: Downloader
  let linkMode: LinkMode
  /// Whether the store keeps copies of what is downloaded; not where they would take the room of files.
  private(set) var keepsCopies = true
  private let files: any FileSystem
  private let jobs: Int

  /// How many that have come may wait for the disk.
  private static let backlog = 256

  /// - Parameters:
  ///   - files: where folder and store are.
  ///   - jobs: files worked on at a time.
  ///   - linkMode: how files are made of the store's.
  ///   - observer: told what happens, from any thread.
  package init(
    _ files: any FileSystem, _ folder: DataFolder, store: ObjectStore, downloader: Downloader, jobs: Int,
    linkMode: LinkMode = .auto, observer: @escaping @Sendable (SyncEvent) -> Void
  ) {
    self.files = files
    self.folder = folder
    self.store = store
    self.downloader = downloader
    unpacker = Unpacker(files, store: store, downloader: downloader)
    self.jobs = jobs
    self.linkMode = linkMode
    self.observer = observer
  }

  // MARK: Looking

  /// What is there of every file of a lock; the store is asked for what is missing.
  package func look(_ lock: Lockfile) async throws -> [SyncPlan.Found] {
    try await Self.observe(lock, in: folder, jobs: jobs).map { file, observation in
      if case .matches = observation {
        return SyncPlan.Found(file: file, observation: observation, object: nil)
      }
      let object = file.isMetadata ? nil : try file.checksums.flatMap { try store.object($0) }
      return SyncPlan.Found(file: file, observation: observation, object: object)
    }
  }

  /// The lock with what the store knows of archives that were unpacked before.
  package func completed(_ lock: Lockfile) throws -> Lockfile {
    guard !lock.atlases.isEmpty, lock.files.contains(where: { $0.checksums == nil }) else { return lock }
    var members: [DatasetPath: Checksums] = [:]
    var archives: [AtlasID: Checksums] = [:]
    for atlas in lock.atlases {
      guard let listing = try store.listing(of: atlas.checksums) else { continue }
      archives[atlas.id] = listing.archive
      // A file may have been another atlas's when that archive was unpacked.
      for file in lock.files where file.item == .atlas(atlas.id) { members[file.path] = listing.members[file.path] }
    }
    return lock.completed(with: members, archives: archives)
  }

  /// What to do about a lock, decided by what is there and what may be done.
  ///
  /// - Parameter whole: the lock that `lock` is the wanted part of: what it has beside is not removed either.
  package func plan(_ lock: Lockfile, of whole: Lockfile? = nil, _ policy: SyncPolicy) async throws -> SyncPlan {
    let restricted = lock.restricted
    let archives = Dictionary(lock.atlases.map { (DatasetItem.atlas($0.id), $0) }, uniquingKeysWith: { a, _ in a })
    let obtainable = try archives.mapValues { atlas in
      try store.object(atlas.checksums) != nil || downloader.isObtainable(Download(atlas))
    }
    var leftovers: [DataFolder.Leftover] = []
    if policy.prunes {
      let locked = Set((whole ?? lock).files.map(\.path))
      leftovers = try folder.leftovers { locked.contains($0) }
    }
    return SyncPlan(
      try await look(lock), leftovers: leftovers, policy, isRestricted: { restricted.contains($0.item) },
      isObtainable: { file in
        Download(file, isRestricted: false).map(downloader.isObtainable) ?? obtainable[file.item] ?? false
      })
  }

  /// What is at the path of every file of a lock, in its order.
  ///
  /// - Parameter observer: told how many have been hashed, if all are.
  package static func observe(
    _ lock: Lockfile, in folder: DataFolder, trustingIndex: Bool = true, jobs: Int,
    observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws -> [(LockedFile, Observation)] {
    let count = LookUpCount(lock.files.count)
    // Looking at one file is little work, so files go in bundles.
    let bundle = trustingIndex ? 64 : 1
    let starts = Array(stride(from: 0, to: lock.files.count, by: bundle))
    return try await boundedMap(starts, limit: jobs) { start in
      lock.files[start..<min(start + bundle, lock.files.count)].map { file in
        defer { if !trustingIndex { observer(count.next()) } }
        return (file, folder.observe(file.path, expecting: file.checksums, trustingIndex: trustingIndex))
      }
    }.flatMap { $0 }
  }

  // MARK: Performing

  /// What carrying a plan out came to.
  package struct Performance: Sendable {
    /// Each file's outcome, in the order of the plan.
    package let outcomes: [SyncOutcome]
    /// What was learned of archives.
    package let archives: [AtlasID: Checksums]
    /// What was removed, sorted.
    package let removed: [DataFolder.Leftover]
  }

  /// Carries a plan out; one file's trouble does not end the others.
  package func perform(
    _ plan: SyncPlan, for lock: Lockfile, _ policy: SyncPolicy
  ) async throws -> Performance {
    var outcomes: [DatasetPath: SyncOutcome] = [:]
    for (file, step) in plan.steps {
      if let outcome = SyncOutcome(settled: file, step, in: lock) { outcomes[file.path] = outcome }
    }
    let work = SyncWork.pieces(of: plan, for: lock)
    var copy = self
    copy.keepsCopies = try hasRoomForCopies(of: work)
    let worker = copy
    try folder.sweep()
    if !work.isEmpty {
      folder.begin(plan.placing)
      try store.note(user: folder.root)
      try store.sweep()
    }
    let downloads = work.filter(\.isDownload)
    observer(.planned(downloads: downloads.count, bytes: downloads.compactMap(\.size).total))
    let restricted = lock.restricted
    let commit = GroupCommit(files)
    let done = try await stagedMap(work, limit: jobs, backlog: Self.backlog) { piece in
      await worker.load(piece, of: lock, restricted, policy)
    } then: { shipment in
      let outcomes = await deliver(shipment, commit)
      for outcome in outcomes { observer(.finished(outcome)) }
      return (outcomes, shipment.archive)
    }
    for outcome in done.map(\.0).joined() { outcomes[outcome.file.path] = outcome }
    let archives = zip(work, done).compactMap { piece, done -> (AtlasID, Checksums)? in
      guard case .archive(let atlas, _) = piece, let checksums = done.1 else { return nil }
      return (atlas.id, checksums)
    }
    var removed: [DataFolder.Leftover] = []
    for leftover in plan.removals where try folder.remove(leftover) { removed.append(leftover) }
    return Performance(
      outcomes: plan.steps.compactMap { outcomes[$0.file.path] },
      archives: Dictionary(archives, uniquingKeysWith: { first, _ in first }), removed: removed)
  }

  /// Makes files of metadata what they should be.
  ///
  /// - Returns: each one's outcome, in their order.
  package func describe(_ metadata: [LockedFile], _ policy: SyncPolicy) async throws -> [SyncOutcome] {
    guard !metadata.isEmpty else { return [] }
    let lock = Lockfile(declarations: [], catalogs: [], maps: [], files: metadata)
    let plan = SyncPlan(try await look(lock), policy, isRestricted: { _ in false }, isObtainable: { _ in true })
    return try await perform(plan, for: lock, policy).outcomes
  }

  /// Whether there is room for all that is downloaded, and for the store's copies of it. What cannot fit is not
  /// begun. As sizes may not be known, it may turn out later all the same that the disk is full.
  private func hasRoomForCopies(of work: [SyncWork]) throws -> Bool {
    let needed = try work.filter(\.isDownload).map { piece in
      max(0, (piece.size ?? 0) - (try piece.checksums.flatMap { try store.partialSize(of: $0) } ?? 0))
    }.total
    for place in [folder.root, store.folder] {
      guard needed > 0, let room = files.room(at: place), needed > room else { continue }
      throw LackOfRoom(folder: place, needed: needed, room: room)
    }
    guard let room = files.room(at: folder.root), files.isOneFilesystem(folder.root, store.folder) else { return true }
    return needed <= room / 2
  }

  /// The first stage: brings bytes here.
  private func load(
    _ piece: SyncWork, of lock: Lockfile, _ restricted: Set<DatasetItem>, _ policy: SyncPolicy
  ) async -> Shipment {
    do throws(FileError) {
      for path in piece.paths(givingWay: policy) { try folder.keepEdit(at: path) }
    } catch {
      return Shipment(piece.files.map { SyncOutcome($0, .failed, diagnostic: error.diagnostic) })
    }
    switch piece {
    case .files(let bundle):
      guard case .atlas = bundle.files[0].file.item else { return await load(bundle, restricted) }
      return Shipment(await supplyMembers(bundle, of: lock, policy))
    case .archive(let atlas, let files):
      let (outcomes, archive) = await supply(files, of: atlas, in: lock, policy)
      return Shipment(outcomes, archive: archive)
    case .text(let file, let setsAside): return write(file, setsAside: setsAside)
    }
  }

  /// The outcome, or nil when the object turned out to be damaged or gone; then it is out of the store.
  func place(
    _ object: StoredObject, for file: LockedFile, setsAside: Bool, as fate: SyncOutcome.Fate,
    _ warning: Diagnostic? = nil, received: Int64 = 0
  ) -> SyncOutcome? {
    do throws(FileError) {
      let outcome = try placed(
        object, for: file, setsAside: setsAside, as: fate, warning, received: received)
      if outcome == nil { try store.remove(object) }
      return outcome
    } catch {
      return SyncOutcome(file, .failed, diagnostic: error.diagnostic)
    }
  }

  /// The outcome, or nil when the bytes are gone or not the wanted ones.
  func placed(
    _ object: StoredObject, for file: LockedFile, setsAside: Bool, as fate: SyncOutcome.Fate,
    _ warning: Diagnostic?, received: Int64
  ) throws(FileError) -> SyncOutcome? {
    let wanted = file.checksums ?? object.checksums
    do throws(FileError) {
      let placement = try folder.place(
        object, at: file.path, expecting: wanted, settingAside: setsAside, by: linkMode)
      return placement.map { placement in
        SyncOutcome(
          file, fate, entry: placement.entry, checksums: object.checksums.completed(by: wanted),
          diagnostic: placement.setAside.map { .setAside(file, at: $0.string) } ?? warning, received: received)
      }
    } catch {
      guard error.operation == .place, error.reason == .fileExists else { throw error }
      return outcome(ofRaceFor: file)
    }
  }

  /// Somebody else put a file there in the meantime: another sync, or the user.
  func outcome(ofRaceFor file: LockedFile) -> SyncOutcome {
    let observation = folder.observe(file.path, expecting: file.checksums)
    if case .matches(let entry) = observation { return SyncOutcome(file, .unchanged, entry: entry) }
    return SyncOutcome(notRight: file, observation)
  }
}

extension SyncOutcome {
  /// A file that stays as it is: another, or one that cannot be read.
  init(notRight file: LockedFile, _ observation: Observation, received: Int64 = 0) {
    let fate = if case .unreadable = observation { Fate.failed } else { Fate.different }
    self.init(file, fate, diagnostic: .difference(file, observation), received: received)
  }

  /// What needs no work; nil for steps that do.
  fileprivate init?(settled file: LockedFile, _ step: SyncPlan.Step, in lock: Lockfile) {
    switch step {
    case .keep(let entry): self.init(file, .unchanged, entry: entry)
    case .accept:
      var warning = Diagnostic.unverified(file)
      warning.severity = .warning
      self.init(file, .unchanged, diagnostic: warning)
    case .leave(let observation): self.init(notRight: file, observation)
    case .skip: self.init(file, .skipped)
    case .lack:
      let atlas = lock.atlases.first { .atlas($0.id) == file.item }
      let download = Download(file, isRestricted: false) ?? atlas.map(Download.init)
      self.init(file, .failed, diagnostic: download.map(DownloadFailure.offline.diagnostic))
    case .place, .download, .unpack, .write: return nil
    }
  }
}
