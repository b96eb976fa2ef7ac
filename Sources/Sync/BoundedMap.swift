/// Does `body` for every item, at most `limit` at a time, starting in the given order; the results
/// come in that order too. When one throws, the others are cancelled and waited for.
package func boundedMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], limit: Int, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: (Int, Result).self) { group in
    var results = [Result?](repeating: nil, count: items.count)
    var started = 0
    func start() {
      guard started < items.count else { return }
      let (index, item) = (started, items[started])
      group.addTask { (index, try await body(item)) }
      started += 1
    }
    for _ in 0..<max(1, limit) { start() }
    while let (index, result) = try await group.next() {
      results[index] = result
      start()
    }
    return results.compactMap { $0 }
  }
}
