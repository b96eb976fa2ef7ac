private import AsyncHTTPClient
private import NIOCore
private import NIOHTTP1
private import NIOSSL
private import Synchronization
private import SystemPackage

/// HTTP over the network, through async-http-client; started by the first request.
///
/// Certificates are checked against the system's roots, and those in the file that `SSL_CERT_FILE` names.
package final class WebTransport: Transport {
  private let patience: Patience
  private let proxies: ProxySettings
  private let authorities: String?
  /// One for each proxy, and one for none.
  private let clients = Mutex<[ProxySettings.Proxy?: HTTPClient]>([:])

  /// As many connections as `--jobs` may ask for.
  private static let connectionsPerHost = 64

  /// Nothing is opened until something is sent.
  ///
  /// - Parameter environment: says what proxies and certificate authorities there are.
  package init(_ environment: Environment = .empty, patience: Patience = Patience()) {
    self.patience = patience
    proxies = ProxySettings(environment)
    authorities = environment["SSL_CERT_FILE"]
  }

  package func send<Result: Sendable>(
    _ request: TransportRequest,
    _ receive: @Sendable (TransportResponse) async throws -> Result
  ) async throws -> Result {
    var message = HTTPClientRequest(url: request.url)
    for (name, value) in request.headers { message.headers.replaceOrAdd(name: name, value: value) }
    if !message.headers.contains(name: "User-Agent") { message.headers.add(name: "User-Agent", value: "neuromaps") }
    do {
      // What the client itself limits is the silence; this is for what it forgets.
      let limit = request.limit ?? patience.connect + patience.silence * 2
      let response = try await client(for: request).execute(message, deadline: .now() + TimeAmount(limit))
      let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
      return try await receive(
        TransportResponse(
          status: Int(response.status.code), headers: Dictionary(fields, uniquingKeysWith: { _, last in last }),
          pieces: response.body.map { BodyPiece($0) }))
    } catch {
      // What `receive` throws of its own passes through.
      throw TransportFailure(error, proxyHost: proxyHost(for: request)) ?? error
    }
  }

  package func shutdown() async {
    for client in clients.withLock({ clients in Array(clients.values) }) {
      do {
        try await client.shutdown()
      } catch {
        // Nothing is lost by a connection that does not close in order.
      }
    }
    clients.withLock { $0 = [:] }
  }

  // MARK: Clients

  private func proxy(for request: TransportRequest) throws(TransportFailure) -> ProxySettings.Proxy? {
    guard let server = WebAddress(request.url)?.server else { return nil }
    return try proxies.proxy(for: server)
  }

  /// Nil also for a proxy that cannot be used: then nothing was sent.
  private func proxyHost(for request: TransportRequest) -> String? {
    do throws(TransportFailure) { return try proxy(for: request)?.host } catch { return nil }
  }

  private func client(for request: TransportRequest) throws -> HTTPClient {
    let proxy = try proxy(for: request)
    return try clients.withLock { clients in
      if let client = clients[proxy] { return client }
      let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: try configuration(proxy))
      clients[proxy] = client
      return client
    }
  }

  private func configuration(_ proxy: ProxySettings.Proxy?) throws -> HTTPClient.Configuration {
    var settings = HTTPClient.Configuration(redirectConfiguration: .disallow)
    settings.timeout.connect = TimeAmount(patience.connect)
    settings.timeout.read = TimeAmount(patience.silence)
    // Else a refused connection or a bad certificate takes ten seconds to be told.
    settings.connectionPool.retryConnectionEstablishment = false
    settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Self.connectionsPerHost
    settings.httpVersion = .http1Only
    // Fewer and larger pieces of large bodies.
    settings.http1_1ConnectionDebugInitializer = { channel in
      channel.setOption(
        ChannelOptions.recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(minimum: 2048, initial: 65_536, maximum: 1 << 18))
    }
    if let proxy {
      settings.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.credentials.map { .basic(username: $0.user, password: $0.password) })
    }
    if let authorities { settings.tlsConfiguration = try Self.trusting(authorities) }
    return settings
  }

  private static func trusting(_ path: String) throws(TransportFailure) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    do {
      let certificates = try NIOSSLCertificate.fromPEMFile(path)
      guard !certificates.isEmpty else { throw NIOSSLError.failedToLoadCertificate }
      configuration.additionalTrustRoots = [.certificates(certificates)]
    } catch {
      throw .misconfigured(variable: "SSL_CERT_FILE", "`\(path)` cannot be read as certificates in PEM form")
    }
    return configuration
  }
}

extension TimeAmount {
  fileprivate init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
