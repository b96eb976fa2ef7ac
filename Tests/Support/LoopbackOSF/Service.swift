/// A server's work in the background, ended by `stop` or with the value.
///
/// Its task is the one that is not structured: all listeners and connections are its children.
final class Service: Sendable {
  private let task: Task<Void, any Error>

  /// Starts the work.
  init(_ work: @escaping @Sendable () async throws -> Void) {
    // Ahead of the tests that share its threads, so that nobody takes it for silent.
    task = Task(priority: .high) { try await work() }
  }

  deinit {
    task.cancel()
  }

  /// Ends the work, and waits till it has ended.
  func stop() async throws {
    task.cancel()
    do {
      try await task.value
    } catch is CancellationError {
      return
    }
  }
}
