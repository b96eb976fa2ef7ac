/// One HTTP GET.
package struct TransportRequest: Hashable, Sendable {
  /// An absolute `https:` or `http:` address.
  package let url: String
  /// Header fields besides those that the transport adds itself.
  package let headers: [String: String]

  /// A request.
  package init(url: String, headers: [String: String] = [:]) {
    self.url = url
    self.headers = headers
  }
}
