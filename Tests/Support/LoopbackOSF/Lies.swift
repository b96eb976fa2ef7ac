import Synchronization

/// The lies still to be told, in order. Anyone may call at once.
final class Lies: Sendable {
  private struct Lie {
    let fault: Fault
    let subject: String?
    /// How many times more; nil for ever.
    var left: Int?
  }

  private let queue = Mutex<[Lie]>([])

  /// Puts a lie at the end.
  func append(_ fault: Fault, about subject: String?, times: Int?) {
    if let times, times <= 0 { return }
    queue.withLock { $0.append(Lie(fault: fault, subject: subject, left: times)) }
  }

  /// Forgets all lies.
  func removeAll() {
    queue.withLock { $0 = [] }
  }

  /// The lie to tell in this exchange, told once more by that: the first that suits of those about its file, else
  /// of those about all files.
  func next(for exchange: Exchange) -> Fault? {
    guard exchange.kind != .other, exchange.answer.status < 400 else { return nil }
    return queue.withLock { queue in
      let first =
        queue.firstIndex { Self.names($0.subject, exchange.subject) && $0.fault.suits(exchange) }
        ?? queue.firstIndex {
          $0.subject == nil && !exchange.subject.hasPrefix("/") && $0.fault.suits(exchange)
        }
      guard let first else { return nil }
      let fault = queue[first].fault
      if let left = queue[first].left {
        queue[first].left = left - 1
        if left == 1 { queue.remove(at: first) }
      }
      return fault
    }
  }

  /// Whether a lie about `named` is about `subject`; a static folder's name stands for all that is in it.
  private static func names(_ named: String?, _ subject: String) -> Bool {
    guard let named else { return false }
    if named == subject { return true }
    return named.hasPrefix("/") && subject.hasPrefix(named.hasSuffix("/") ? named : named + "/")
  }
}
