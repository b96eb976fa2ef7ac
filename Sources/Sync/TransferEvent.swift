/// Something that happened on the way of bytes from a server, for whoever shows progress.
package enum TransferEvent: Sendable {
  /// A download begins; of so many bytes, where that is known.
  case began(String, size: Int64?)
  /// More bytes of it have come, or turned out to be here; fewer, when some were no good.
  case received(String, Int64)
  /// It waits before it tries again, for this reason.
  case waits(String, Duration, reason: String)
  /// Another process downloads it, and is waited for.
  case isElsewhere(String)
  /// It has come to its end, whichever.
  case ended(String)
  /// A server was asked; what it answered, or why it did not.
  case asked(Exchange)
  /// So many of so many files have been looked up at their origin, or looked at here.
  case lookedUp(Int, of: Int)

  /// A request with its answer, without secrets.
  package struct Exchange: Hashable, Sendable {
    /// The address, without its query.
    package let address: String
    /// The first byte that was asked for; nil for the whole.
    package let start: Int64?
    /// The status, or what went wrong, and where a redirect leads.
    package let answer: String
    /// How long it took to the head of the answer.
    package let duration: Duration
  }
}
