import Synchronization

/// The record of all requests on both origins, in the order they came. Anyone may call at once.
final class RequestLog: Sendable {
  private struct Entries {
    var records: [RecordedRequest] = []
    /// How many records were forgotten: the number of `records[0]`.
    var forgotten = 0
    /// The numbers of the answers under way.
    var inFlight: Set<Int> = []
    var watchers: [Int: AsyncStream<Void>.Continuation] = [:]
    var nextWatcher = 0
    var isClosed = false
  }

  private let entries = Mutex(Entries())
  private let onRequest: (@Sendable (RecordedRequest) -> Void)?

  /// Takes what to call with each finished record.
  init(onRequest: (@Sendable (RecordedRequest) -> Void)?) {
    self.onRequest = onRequest
  }

  /// All records since the last `forget`.
  var records: [RecordedRequest] { entries.withLock { $0.records } }

  /// Empties the record; answers still under way are no longer counted.
  func forget() {
    entries.withLock {
      $0.forgotten += $0.records.count
      $0.records = []
    }
  }

  /// Adds the record made from the count of requests in flight, and gives its number.
  func begin(_ record: (_ inFlight: Int) -> RecordedRequest) -> Int {
    entries.withLock {
      let number = $0.forgotten + $0.records.count
      $0.inFlight.insert(number)
      $0.records.append(record($0.inFlight.count))
      for watcher in $0.watchers.values { watcher.yield() }
      return number
    }
  }

  /// Counts bytes of the body of answer `number`.
  func count(_ bytes: Int, for number: Int) {
    change(number) { $0.bodyBytes += bytes }
  }

  /// Marks answer `number` as over; a second time changes nothing.
  func end(_ number: Int) {
    entries.withLock { _ = $0.inFlight.remove(number) }
    change(number) { $0.hasEnded = true }
  }

  /// Calls `onRequest` with the record of answer `number`, unless it was forgotten.
  func announce(_ number: Int) {
    guard let onRequest else { return }
    let record = entries.withLock { entries -> RecordedRequest? in
      let place = number - entries.forgotten
      return entries.records.indices.contains(place) ? entries.records[place] : nil
    }
    if let record { onRequest(record) }
  }

  /// Waits for a record that `isMatch` accepts; nil when the task is cancelled or the log closed first.
  func first(where isMatch: @Sendable (RecordedRequest) -> Bool) async -> RecordedRequest? {
    let (changes, watcher) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    let key = entries.withLock { entries in
      entries.nextWatcher += 1
      entries.watchers[entries.nextWatcher] = watcher
      if entries.isClosed { watcher.finish() }
      return entries.nextWatcher
    }
    defer { entries.withLock { _ = $0.watchers.removeValue(forKey: key) } }
    if let match = records.first(where: isMatch) { return match }
    for await _ in changes {
      if let match = records.first(where: isMatch) { return match }
    }
    return nil
  }

  /// Ends every wait, now and later.
  func close() {
    entries.withLock {
      $0.isClosed = true
      for watcher in $0.watchers.values { watcher.finish() }
    }
  }

  private func change(_ number: Int, _ edit: (inout RecordedRequest) -> Void) {
    entries.withLock {
      let place = number - $0.forgotten
      guard $0.records.indices.contains(place) else { return }
      edit(&$0.records[place])
      for watcher in $0.watchers.values { watcher.yield() }
    }
  }
}
