import NIOHTTP1

/// One origin: it knows the honest answer to each request.
protocol Site: Sendable {
  /// The request with its honest answer.
  func exchange(for request: HTTPRequestHead) async -> Exchange
}
