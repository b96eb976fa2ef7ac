/// How long a server is waited for. A transfer that moves is never cut off, however slow it is.
package struct Patience: Hashable, Sendable {
  /// For a connection, TLS and proxies included.
  package var connect: Duration
  /// For the next byte, the first of the answer included.
  package var silence: Duration

  /// So long.
  package init(connect: Duration = .seconds(10), silence: Duration = .seconds(30)) {
    self.connect = connect
    self.silence = silence
  }
}
