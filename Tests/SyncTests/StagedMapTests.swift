import Synchronization
import Testing

@testable import Sync

@Suite("Work in two stages")
struct StagedMapTests {
  /// Counts who is inside, and the most that ever were.
  private final class Gauge: Sendable {
    private let counts = Mutex((now: 0, most: 0))
    var most: Int { counts.withLock { $0.most } }

    func pass() async {
      counts.withLock { counts in
        counts.now += 1
        counts.most = max(counts.most, counts.now)
      }
      for _ in 0..<20 { await Task.yield() }
      counts.withLock { $0.now -= 1 }
    }
  }

  @Test("results come in the order of the items, and each item goes through both stages", arguments: [1, 3, 100])
  func order(_ limit: Int) async throws {
    let results = try await stagedMap(Array(0..<50), limit: limit, backlog: 5) { item in
      for _ in 0..<(50 - item) { await Task.yield() }
      return item * 10
    } then: {
      $0 + 1
    }
    #expect(results == (0..<50).map { $0 * 10 + 1 })
    #expect(
      try await stagedMap([Int](), limit: 3, backlog: 1) {
        $0
      } then: {
        $0
      } == [])
  }

  @Test("so many at the first stage, and no more than the backlog at the second")
  func limits() async throws {
    let (first, second) = (Gauge(), Gauge())
    _ = try await stagedMap(Array(0..<60), limit: 4, backlog: 6) { item in
      await first.pass()
      return item
    } then: { item in
      await second.pass()
      return item
    }
    #expect((1...4).contains(first.most))
    #expect((1...10).contains(second.most))
  }

  @Test("what throws ends all")
  func throwing() async {
    struct Enough: Error {}
    await #expect(throws: Enough.self) {
      _ = try await stagedMap(Array(0..<10), limit: 2, backlog: 2) {
        $0
      } then: { item in
        if item == 3 { throw Enough() }
        return item
      }
    }
  }
}
