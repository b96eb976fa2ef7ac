/// A lie of the proxy about one request.
///
/// A client may ask again by itself when no tunnel came of it (AsyncHTTPClient does, till its connect timeout): a lie
/// that must be seen is told for ever, not once.
public enum ProxyFault: Sendable, Hashable {
  /// This status in place of a tunnel, such as 403 or 502.
  case refuse(status: Int)

  /// The connection closes without an answer.
  case hangUp

  /// The request is read and never answered; the connection stays open.
  case silence

  /// The answer is bytes that are no HTTP; then the connection closes.
  case notHTTP

  /// The tunnel closes after so many bytes to the client.
  case cut(after: Int)
}
