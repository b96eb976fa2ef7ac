import MarkedText
import Sync
import Synchronization
import Testing

@Suite("Many things, a few at a time")
struct BoundedMapTests {
  @Test("results are in the order of the items, whatever ends first", arguments: 1...10)
  func order(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let items = (0..<30).map { ($0, Int.random(in: 0...20, using: &generator)) }
    let results = try await boundedMap(items, limit: 4) { number, yields in
      for _ in 0..<yields { await Task.yield() }
      return number
    }
    #expect(results == Array(0..<30))
  }

  @Test("no more than the limit run at once, and as many as that do", arguments: [1, 3, 8, 100])
  func limit(_ limit: Int) async throws {
    let gate = Gate(min(limit, 8))
    let counts = try await boundedMap(Array(0..<8), limit: limit) { _ in await gate.pass() }
    #expect(counts.max() == min(limit, 8))
  }

  @Test("items start in their order")
  func startOrder() async throws {
    let started = Mutex<[Int]>([])
    _ = try await boundedMap(Array(0..<20), limit: 1) { item in started.withLock { $0.append(item) } }
    #expect(started.withLock { $0 } == Array(0..<20))
  }

  @Test("nothing gives nothing, and a limit below one is one", arguments: [0, -3])
  func edges(_ limit: Int) async throws {
    #expect(try await boundedMap([Int](), limit: limit) { $0 }.isEmpty)
    #expect(try await boundedMap([1, 2, 3], limit: limit) { $0 * 2 } == [2, 4, 6])
  }

  @Test("the first error cancels the others, and all are over when it comes", .timeLimit(.minutes(1)))
  func firstError() async throws {
    struct Trouble: Error, Equatable {}
    let begun = Mutex(0)
    let over = Mutex(0)
    await #expect(throws: Trouble()) {
      try await boundedMap(Array(0..<100), limit: 4) { item in
        begun.withLock { $0 += 1 }
        defer { over.withLock { $0 += 1 } }
        if item == 2 { throw Trouble() }
        // Waits for nothing but to be cancelled.
        while !Task.isCancelled { await Task.yield() }
        throw CancellationError()
      }
    }
    #expect(begun.withLock { $0 } == 4)
    #expect(over.withLock { $0 } == 4)
  }
}

/// Lets nobody pass before so many are there at once; tells each how many were.
private final class Gate: Sendable {
  private struct State {
    var inside = 0
    var hasOpened = false
    var most = 0
  }

  private let state = Mutex(State())
  private let wanted: Int

  init(_ wanted: Int) { self.wanted = wanted }

  func pass() async -> Int {
    state.withLock {
      $0.inside += 1
      $0.most = max($0.most, $0.inside)
      if $0.inside >= wanted { $0.hasOpened = true }
    }
    while !state.withLock(\.hasOpened) { await Task.yield() }
    // Whoever comes later finds the gate open; a few more turns let too many meet inside.
    for _ in 0..<50 { await Task.yield() }
    return state.withLock {
      $0.inside -= 1
      return $0.most
    }
  }
}
