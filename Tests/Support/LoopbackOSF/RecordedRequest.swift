/// A request that came, and how it was answered so far.
///
/// The record is made before the first byte of the answer leaves, and counts bytes before they leave: a client
/// that holds an answer finds it recorded.
public struct RecordedRequest: Sendable {
  /// The origin that was asked.
  public let origin: Origin

  /// The method, such as `GET`.
  public let method: String

  /// The request target as sent: path and query.
  public let uri: String

  /// Every header, as sent and in order.
  public let headers: [(name: String, value: String)]

  /// The status answered.
  public let status: Int

  /// The lie told in the answer, nil for an honest one.
  public let fault: Fault?

  /// The connection it came on, counted from 1 over both origins: equal numbers were kept alive.
  public let connection: Int

  /// How many requests were being answered at this one's arrival, itself included.
  public let inFlight: Int

  /// The bytes of the answer's body handed to the connection so far.
  public internal(set) var bodyBytes: Int

  /// Whether the answer is over, or its connection is.
  public internal(set) var hasEnded: Bool

  /// The first header of that name, in any case; nil when there is none.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}
