private import NIOPosix

/// Work that waits for the disk, done on threads that are there for waiting: those that tasks run on are as
/// few as the processors, and the network needs them.
package enum BlockingWork {
  /// Does something elsewhere and gives what came of it.
  package static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
    do {
      return try await NIOThreadPool.singleton.runIfActive(body)
    } catch {
      // Those threads are never shut down; if they were, it would still have to be done.
      return body()
    }
  }
}
