package import Dataset
package import Effects

/// Why a file could not be had.
package enum DownloadFailure: Error, Hashable, Sendable {
  /// The exchange with the server failed.
  case transport(TransportFailure, host: String)
  /// The server said no.
  case status(Int, host: String)
  /// Where a redirect led said no: its address is good for a short time only.
  case refusedAfterRedirect(Int, host: String)
  /// The rest of a file was asked for, and something else came.
  case wrongRange(host: String)
  /// What should tell of a file on OSF does not.
  case notMetadata(host: String)
  /// Nothing was asked: the server has answered nobody in this run.
  case serverDown(host: String)
  /// Fewer or more bytes than there should be.
  case wrongLength(expected: Int64, received: Int64, host: String)
  /// The bytes are others than the lock's.
  case wrongBytes(expected: Checksums, received: Checksums, host: String)
  /// A web page came in place of a file.
  case page(host: String)
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

  /// How often the same place is worth asking when it fails so; 1 for what is final.
  package var worthwhileTries: Int {
    switch self {
    case .transport(.cancelled, _), .transport(.insecure, _), .transport(.misconfigured, _): 1
    case .transport, .wrongRange: RetryPolicy.originTries
    case .status(let code, _): Self.isPassing(code) ? RetryPolicy.originTries : 1
    case .refusedAfterRedirect(let code, _):
      Self.isPassing(code) ? RetryPolicy.originTries : [400, 403, 404].contains(code) ? 3 : 1
    case .wrongLength(let expected, let received, _): received < expected ? RetryPolicy.originTries : 2
    case .wrongBytes, .page, .endless: 2
    case .redirect, .tokenMissing, .tokenRefused, .tokenWithheld, .tokenMalformed, .nowhere, .originMissing, .file,
      .offline, .serverDown, .notMetadata:
      1
    }
  }

  private static func isPassing(_ status: Int) -> Bool { [408, 425, 429].contains(status) || 500...599 ~= status }

  /// Whether there was no connection to the server, by no fault of the request.
  var isSilence: Bool {
    switch self {
    case .transport(.unreachable, _), .transport(.timedOut, _), .transport(.proxyFailed, _): true
    default: false
    }
  }

  /// Whether what came is not what is wanted, and more of it would not help.
  var isAboutBytes: Bool {
    switch self {
    case .wrongBytes, .page, .endless: true
    case .wrongLength(let expected, let received, _): received > expected
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
