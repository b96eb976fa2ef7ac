package import Dataset
package import Effects

/// Why a file could not be had.
package enum DownloadFailure: Error, Hashable, Sendable {
  /// The exchange with the server failed.
  case transport(TransportFailure, host: String)
  /// The server said no.
  case status(Int, host: String)
  /// Fewer or more bytes than there should be.
  case wrongLength(expected: Int64, received: Int64, host: String)
  /// The bytes are others than the lock's.
  case wrongBytes(expected: Checksums, received: Checksums, host: String, isPage: Bool)
  /// More bytes than any map has, of a file whose size nobody knows.
  case endless(limit: Int64, host: String)
  /// A redirect that must not be followed.
  case redirect(RedirectProblem, host: String)
  /// A restricted file, and no token is set.
  case tokenMissing
  /// A restricted file, and the token has no access.
  case tokenRefused(Int)
  /// A server that asks for the token and may not see it.
  case tokenWithheld(host: String)
  /// A token with characters that no token has.
  case tokenMalformed
  /// No place to ask: the origin is no address.
  case nowhere
  /// A local file that serves as origin is not there.
  case originMissing(String)
  /// The disk failed.
  case file(FileError)
  /// A download is needed and none is allowed.
  case offline

  /// What is wrong with a redirect.
  package enum RedirectProblem: Hashable, Sendable {
    /// Too many in a row.
    case loop
    /// From TLS to a connection that anyone can read.
    case downgrade
    /// To something that is no web address.
    case nowhere
  }

  /// Whether the same request may well succeed a little later.
  package var isTransient: Bool {
    switch self {
    case .transport(.cancelled, _), .transport(.insecure, _): false
    case .transport, .wrongLength, .wrongBytes: true
    case .status(let code, _): [408, 425, 429, 500, 502, 503, 504].contains(code)
    default: false
    }
  }

  /// Whether a token would have helped.
  package var isAboutToken: Bool {
    switch self {
    case .tokenMissing, .tokenRefused, .tokenMalformed, .tokenWithheld: true
    default: false
    }
  }
}
