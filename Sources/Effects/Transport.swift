/// Sends HTTP requests. Follows no redirect and adds no credentials: that is for who asks.
package protocol Transport: Sendable {
  /// Sends one request and hands the answer to `receive`; the connection is given back when it returns.
  func send<Result: Sendable>(
    _ request: TransportRequest,
    _ receive: @Sendable (TransportResponse) async throws -> Result
  ) async throws -> Result

  /// Closes what is open; nothing may be sent afterwards.
  func shutdown() async
}
