internal import Catalog
public import Dataset
internal import Diagnostics
internal import Effects
public import Project
internal import Sync
internal import SystemPackage

/// A research project with its neuromaps.yaml, for programs: what the commands of that name do.
///
/// A value: two of the same folder may be used at once, by any number of processes.
public struct NeuromapsProject: Sendable {
  /// How a sync treats the lock.
  public enum LockUse: Sendable {
    /// Locks first if the lock is missing or does not answer the manifest.
    case update
    /// Fails instead of changing the lock.
    case locked
    /// Takes the lock as it is, without comparing it with the manifest.
    case frozen
  }

  /// The folder of neuromaps.yaml, absolute.
  public let folder: String
  /// The data directory; nil for `$NEUROMAPS_DATA`, else what the manifest says.
  public var dataDir: String?
  /// The store; nil for `$NEUROMAPS_CACHE_DIR`, else the user's cache folder.
  public var cacheDir: String?
  /// An OSF personal access token for restricted maps; nil for `$NEUROMAPS_OSF_TOKEN`.
  public var token: String?
  /// Whether no request may be made.
  public var isOffline = false
  /// Files worked on at a time.
  public var jobs = 16

  /// Finds a project.
  ///
  /// - Parameter folder: the folder of neuromaps.yaml; nil for the nearest one from the current folder
  ///   upwards.
  /// - Throws: ``NeuromapsFailure`` when there is none.
  public init(at folder: String? = nil) throws(NeuromapsFailure) {
    var settings = Settings()
    settings.project = folder
    self.folder = try Workspace(try .realOrFailure(), settings).requiredProject().string
  }

  /// What the project wants.
  ///
  /// - Throws: ``NeuromapsFailure`` with everything that is wrong with the manifest.
  public func manifest() throws(NeuromapsFailure) -> Manifest { try workspace(try .realOrFailure()).manifest() }

  /// The exact files that answer it; nil before it has been locked.
  ///
  /// - Throws: ``NeuromapsFailure`` with everything that is wrong with the lock.
  public func lockfile() throws(NeuromapsFailure) -> Lockfile? { try workspace(try .realOrFailure()).lock() }

  /// Resolves the manifest and writes neuromaps.lock if its bytes change; pins that still answer stay.
  ///
  /// OSF is asked what it knows of files that are new in the lock; where it cannot be asked, they are pinned by
  /// what the catalog knows.
  ///
  /// - Parameters:
  ///   - upgradesAll: whether all maps get new pins.
  ///   - upgrades: names or patterns of maps and atlases that get new pins.
  /// - Throws: ``NeuromapsFailure``.
  @discardableResult
  public func lock(upgradesAll: Bool = false, upgrades: [String] = []) async throws(NeuromapsFailure) -> Lockfile {
    var options = LockOptions()
    options.upgradesAll = upgradesAll
    for name in upgrades { options.upgrades.append(try Self.pattern(name)) }
    return try await withWorkspace { workspace throws(NeuromapsFailure) in try await workspace.lock(options).lock }
  }

  /// Makes the data directory match the lock.
  ///
  /// - Parameters:
  ///   - use: what may happen to the lock.
  ///   - repairs: whether files with other bytes are set aside, and the locked ones brought.
  ///   - prunes: whether files go that this project has placed for earlier locks, that are as they were, and that
  ///     no other project wants.
  ///   - skipsRestricted: whether restricted maps that are not there are left out.
  /// - Throws: ``NeuromapsFailure`` for what could not be done; what was done stays.
  @discardableResult
  public func sync(
    _ use: LockUse = .update, repairs: Bool = false, prunes: Bool = false, skipsRestricted: Bool = false
  ) async throws(NeuromapsFailure) -> SyncSummary {
    var options = SyncOptions()
    options.mode =
      switch use {
      case .update: .update
      case .locked: .locked
      case .frozen: .frozen
      }
    options.policy.repairs = repairs
    options.policy.prunes = prunes
    options.policy.skipsRestricted = skipsRestricted
    return try await withWorkspace { workspace throws(NeuromapsFailure) in
      let result = try await workspace.sync(options)
      if let failure = result.failure { throw failure }
      return SyncSummary(result)
    }
  }

  /// Hashes every locked file.
  ///
  /// - Returns: one digest of them all, which two labs can compare: the SHA-256 of what `sha256sum`
  ///   prints for the files of the lock and their metadata, sorted by path.
  /// - Throws: ``NeuromapsFailure``: `dataDiffers` names every file that is not the locked one.
  public func verify() async throws(NeuromapsFailure) -> SHA256Digest {
    try await withWorkspace { workspace throws(NeuromapsFailure) in
      let result = try await workspace.verify()
      guard let digest = result.treeDigest else {
        throw NeuromapsFailure(
          .dataDiffers, result.files.filter { !$0.isRight }.map { .difference($0.file, $0.observation) })
      }
      return digest
    }
  }

  /// Absolute paths of the files of a locked map or atlas, left before right.
  ///
  /// - Parameter name: `abagen/genepc1/fsaverage/10k`, `fsLR/32k`; parts may be patterns.
  /// - Throws: ``NeuromapsFailure`` if the lock has none such, or a file is missing.
  public func paths(_ name: String) throws(NeuromapsFailure) -> [String] {
    let (found, problems) = try workspace(try .realOrFailure()).paths([try Self.pattern(name)])
    guard problems.isEmpty else {
      throw NeuromapsFailure(found.isEmpty ? .couldNot : .dataDiffers, problems)
    }
    return found.flatMap(\.paths)
  }

  private static func pattern(_ name: String) throws(NeuromapsFailure) -> ItemPattern {
    if let pattern = ItemPattern(name) { return pattern }
    throw NeuromapsFailure(.wrongUsage, [Diagnostic(.noSuchMap, "`\(name)` is no name of a map or an atlas")])
  }

  // MARK: The workspace behind it

  private func workspace(_ world: World) throws(NeuromapsFailure) -> Workspace {
    var settings = Settings()
    settings.dataDir = dataDir
    settings.cacheDir = cacheDir
    settings.token = token
    settings.isOffline = isOffline
    settings.jobs = jobs
    return Workspace(world, settings, project: FilePath(folder))
  }

  private func withWorkspace<Result: Sendable>(
    _ body: (Workspace) async throws(NeuromapsFailure) -> Result
  ) async throws(NeuromapsFailure) -> Result {
    try await World.whileOpen { world throws(NeuromapsFailure) in try await body(try workspace(world)) }
  }
}
