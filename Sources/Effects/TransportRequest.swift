/// One HTTP GET.
package struct TransportRequest: Hashable, Sendable {
  /// An absolute `https:` or `http:` address.
  package let url: String
  /// Header fields besides those that the transport adds itself.
  package let headers: [String: String]
  /// How long connection and head of the answer may take together; nil for the transport's own patience.
  package let limit: Duration?

  /// A request.
  package init(url: String, headers: [String: String] = [:], limit: Duration? = nil) {
    self.url = url
    self.headers = headers
    self.limit = limit
  }
}
