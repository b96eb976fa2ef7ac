private import AsyncHTTPClient
private import NIOCore
private import NIOHTTP1
private import NIOPosix
private import NIOSSL
private import Synchronization
private import SystemPackage

/// HTTP over the network, through async-http-client; started by the first request.
package final class WebTransport: Transport {
  private let client = Mutex<HTTPClient?>(nil)

  /// Nothing is opened until something is sent.
  package init() {}

  package func send<Result: Sendable>(
    _ request: TransportRequest,
    _ receive: @Sendable (TransportResponse) async throws -> Result
  ) async throws -> Result {
    var message = HTTPClientRequest(url: request.url)
    for (name, value) in request.headers { message.headers.replaceOrAdd(name: name, value: value) }
    if !message.headers.contains(name: "User-Agent") { message.headers.add(name: "User-Agent", value: "neuromaps") }
    do {
      let response = try await started().execute(message, deadline: .now() + .seconds(60))
      let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
      return try await receive(
        TransportResponse(
          status: Int(response.status.code), headers: Dictionary(fields, uniquingKeysWith: { _, last in last }),
          pieces: response.body.map { Array($0.readableBytesView) }))
    } catch {
      // What `receive` throws of its own passes through.
      throw TransportFailure(error) ?? error
    }
  }

  package func shutdown() async {
    guard let client = client.withLock({ client in client.take() }) else { return }
    do {
      try await client.shutdown()
    } catch {
      // Nothing is lost by a connection that does not close in order.
    }
  }

  private func started() -> HTTPClient {
    client.withLock { client in
      if let client { return client }
      var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
      settings.timeout.connect = .seconds(10)
      settings.timeout.read = .seconds(30)
      // Else a refused connection or a bad certificate takes ten seconds to be told.
      settings.connectionPool.retryConnectionEstablishment = false
      settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 16
      settings.httpVersion = .http1Only
      let made = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
      client = made
      return made
    }
  }
}

extension TransportFailure {
  /// Nil for an error that is not the network's.
  fileprivate init?(_ error: any Error) {
    switch error {
    case is CancellationError: self = .cancelled
    case let error as HTTPClientError where error == .cancelled: self = .cancelled
    case let error as HTTPClientError where error == .connectTimeout: self = .unreachable("no answer in 10 seconds")
    case let error as HTTPClientError where error == .readTimeout: self = .timedOut("nothing came for 30 seconds")
    case let error as HTTPClientError where error == .deadlineExceeded:
      self = .timedOut("no answer in 60 seconds")
    case let error as HTTPClientError where error == .remoteConnectionClosed:
      self = .broken("the server closed the connection")
    case let error as NIOConnectionError: self = .unreachable(Self.words(error))
    case let error as IOError: self = Self.failure(Errno(rawValue: error.errnoCode))
    case is ChannelError: self = .broken("the connection closed")
    // The payload of these errors may be what was sent, a token say.
    case let error as HTTPClientError: self = .broken(error.shortDescription)
    case HTTPParserError.invalidEOFState: self = .broken("the connection ended early")
    case is HTTPParserError: self = .broken("what came is not HTTP")
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .insecure("\(error)")
    default: return nil
    }
  }

  private static func words(_ error: NIOConnectionError) -> String {
    guard let first = error.connectionErrors.first?.error else { return "no such host `\(error.host)`" }
    return (first as? IOError).map { Errno(rawValue: $0.errnoCode).description } ?? "\(first)"
  }

  private static func failure(_ reason: Errno) -> TransportFailure {
    let isNoConnection = [
      .connectionRefused, .noRouteToHost, .networkUnreachable, .addressNotAvailable, .hostIsDown,
    ].contains(reason)
    return isNoConnection ? .unreachable(reason.description) : .broken(reason.description)
  }
}
