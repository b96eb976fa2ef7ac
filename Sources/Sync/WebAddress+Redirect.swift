internal import Effects

extension WebAddress {
  /// Where a redirect from here leads, if it may be followed: to a web address, and never from https to http.
  func followed(to location: String?) throws(DownloadFailure) -> WebAddress {
    guard let location, let next = redirected(to: location) else {
      throw .redirect(.nowhere, host: server.host)
    }
    guard next.server.scheme == "https" || server.scheme == "http" else {
      throw .redirect(.downgrade, host: server.host)
    }
    return next
  }
}

extension TransportResponse {
  /// Whether it sends the asker elsewhere.
  var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }
}
