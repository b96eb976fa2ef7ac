package import Effects
package import Project
package import Store
package import Sync
package import SystemPackage

/// A data directory and a store on a bench, with a network: everything that a sync of a lock needs.
package struct SyncPlace: Sendable {
  /// Where the files are.
  package var files: any FileSystem
  /// The network.
  package var transport: any Transport
  /// The clock that retries and the index wait by.
  package var clock: any Clock<Duration>
  /// The data directory.
  package var data: FilePath
  /// The store.
  package var cache: FilePath
  /// Mirrors, in order.
  package var mirrors: [String] = []
  /// Where OSF is.
  package var osfURL = OriginMap.osf
  /// The token.
  package var token: String?
  /// Files worked on at a time.
  package var jobs = 4
  /// Whether the network may not be used.
  package var isOffline = false

  /// A place below `root`, in `data` and `cache`.
  package init(
    _ files: any FileSystem, _ root: FilePath, _ transport: any Transport,
    clock: any Clock<Duration> = RecordingClock()
  ) {
    self.files = files
    self.transport = transport
    self.clock = clock
    data = root.appending("data")
    cache = root.appending("cache")
  }

  /// The store.
  package var store: ObjectStore { ObjectStore(files, at: cache) }

  /// Where origins are.
  package var origins: OriginMap {
    OriginMap(osfURL: osfURL, folder: data.removingLastComponent(), mirrors: mirrors, isOffline: isOffline)
  }

  /// A downloader into the store; its waits are as long as they can be.
  package var downloader: Downloader {
    Downloader(
      World(files: files, transport: transport, clock: clock, environment: Environment([:], currentFolder: "/")),
      store: store, origins: origins, token: token, policy: RetryPolicy { 1 })
  }

  /// Looks, plans and performs.
  package func sync(
    _ lock: Lockfile, repairing: Bool = false, observer: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws -> [SyncOutcome] {
    var policy = SyncPolicy()
    policy.repairs = repairing
    return try await sync(lock, policy, observer: observer).outcomes
  }

  /// Looks, plans and performs, as a policy says.
  package func sync(
    _ lock: Lockfile, _ policy: SyncPolicy, observer: @escaping @Sendable (SyncEvent) -> Void = { _ in }
  ) async throws -> Synchronizer.Performance {
    let synchronizer = Synchronizer(
      files, DataFolder(files, at: data), store: store, downloader: downloader, jobs: jobs, observer: observer)
    let lock = try synchronizer.completed(lock)
    return try await synchronizer.perform(try await synchronizer.plan(lock, policy), for: lock, policy)
  }
}
