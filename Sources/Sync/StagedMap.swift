/// Does two things for every item: `first` for at most `limit` at a time, starting in the given order, then
/// `second` with what came of it, which no longer counts, so that the next item need not wait for it. The
/// results come in the given order.
///
/// - Parameter backlog: at most so many may be between the start of `first` and the end of `second`.
func stagedMap<Item: Sendable, Middle: Sendable, Result: Sendable>(
  _ items: [Item], limit: Int, backlog: Int, _ first: @escaping @Sendable (Item) async throws -> Middle,
  then second: @escaping @Sendable (Middle) async throws -> Result
) async throws -> [Result] {
  try await withThrowingTaskGroup(of: Stage<Middle, Result>.self) { group in
    var results = [Result?](repeating: nil, count: items.count)
    var (started, atFirst, open) = (0, 0, 0)
    func start() {
      while started < items.count, atFirst < max(1, limit), open < max(1, limit) + backlog {
        let (index, item) = (started, items[started])
        group.addTask { .middle(index, try await first(item)) }
        started += 1
        atFirst += 1
        open += 1
      }
    }
    start()
    while let stage = try await group.next() {
      switch stage {
      case .middle(let index, let middle):
        atFirst -= 1
        group.addTask { .end(index, try await second(middle)) }
      case .end(let index, let result):
        results[index] = result
        open -= 1
      }
      start()
    }
    return results.compactMap { $0 }
  }
}

/// How far an item has come.
private enum Stage<Middle: Sendable, Result: Sendable>: Sendable {
  case middle(Int, Middle)
  case end(Int, Result)
}
