/// What a server does with one client.
protocol Conversation: Sendable {
  /// Talks to the client till the connection is closed, by whomever. Cancelling closes it.
  func serve() async
}
