/// Why an exchange with a server did not come to an end.
package enum TransportFailure: Error, Hashable, Sendable {
  /// No connection: refused, no such host, no route.
  case unreachable(String)
  /// Nothing came for too long.
  case timedOut(String)
  /// The server's certificate was not accepted, or TLS failed otherwise.
  case insecure(String)
  /// The connection broke, or what came was not HTTP.
  case broken(String)
  /// The proxy could not be reached, or would not connect to the server.
  case proxyFailed(String)
  /// What a variable of the environment says of the network cannot be used; the same for every request.
  case misconfigured(variable: String, String)
  /// The task was cancelled.
  case cancelled
}
