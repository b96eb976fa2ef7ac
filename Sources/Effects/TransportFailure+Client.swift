internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SystemPackage

extension TransportFailure {
  /// What an error of the HTTP client means; nil for an error that is not the network's.
  ///
  /// - Parameter proxyHost: the proxy that the request went through, if any.
  init?(_ error: any Error, proxyHost: String?) {
    switch error {
    case let failure as TransportFailure: self = failure
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError: self = Self.failure(error, proxyHost)
    case let error as NIOConnectionError:
      let isProxy = error.host == proxyHost
      self = isProxy ? .proxyFailed("cannot reach it: \(Self.words(error))") : .unreachable(Self.words(error))
    case let error as IOError: self = Self.failure(Errno(rawValue: error.errnoCode))
    case ChannelError.connectTimeout: self = .unreachable(Self.noConnection)
    case is ChannelError: self = .broken("the connection closed")
    case HTTPParserError.invalidEOFState: self = .broken("the connection ended early")
    case is HTTPParserError: self = .broken("what came is not HTTP")
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      self = .insecure("its certificate is for another host")
    case NIOSSLError.uncleanShutdown: self = .broken("the connection ended early")
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .insecure(Self.words(tls: error))
    default: return nil
    }
  }

  private static let noConnection = "no connection in time"

  private static func failure(_ error: HTTPClientError, _ proxyHost: String?) -> TransportFailure {
    switch error {
    case .cancelled: .cancelled
    case .connectTimeout where proxyHost != nil: .proxyFailed(noConnection)
    case .connectTimeout: .unreachable(noConnection)
    case .tlsHandshakeTimeout: .timedOut("TLS was not set up in time")
    case .readTimeout: .timedOut("nothing came for too long")
    case .deadlineExceeded: .timedOut("no answer in time")
    case .remoteConnectionClosed: .broken("the server closed the connection")
    case .proxyAuthenticationRequired: .proxyFailed("it wants another user and password")
    case .invalidProxyResponse: .proxyFailed("it refuses to connect to the server")
    case .httpProxyHandshakeTimeout: .proxyFailed("no answer in time")
    // The payload of these errors may be what was sent, a token say.
    default: .broken(error.shortDescription)
    }
  }

  private static func words(_ error: NIOConnectionError) -> String {
    guard let first = error.connectionErrors.first?.error else { return "no such host `\(error.host)`" }
    if case ChannelError.connectTimeout = first { return noConnection }
    return (first as? IOError).map { Errno(rawValue: $0.errnoCode).description } ?? "\(first)"
  }

  /// What BoringSSL says holds numbers and paths of its sources.
  private static func words(tls error: any Error) -> String {
    "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
      ? "its certificate has expired, or nobody that this machine trusts has signed it" : "TLS could not be set up"
  }

  private static func failure(_ reason: Errno) -> TransportFailure {
    let isNoConnection = [
      .connectionRefused, .noRouteToHost, .networkUnreachable, .addressNotAvailable, .hostIsDown,
    ].contains(reason)
    return isNoConnection ? .unreachable(reason.description) : .broken(reason.description)
  }
}
