internal import NIOCore

/// An HTTP proxy on 127.0.0.1 that makes tunnels (CONNECT) to this machine and nowhere else, records what it is
/// asked, and lies when told to. Anyone may call at once; the proxy ends with `stop`, or with the value.
///
/// Names that it is told of lead to loopback servers: a client that asks for `files.osf.io:443` speaks to one of
/// them and knows nothing of it. A place that is not on this machine and that it was not told of is refused (502).
public final class LoopbackProxy: Sendable {
  /// The port.
  public let port: Int

  private let desk: ProxyDesk
  private let service: Service

  /// Starts a proxy.
  ///
  /// - Parameters:
  ///   - routes: where a name leads: `host:port`, as clients ask for it, to `127.0.0.1:port`.
  ///   - user: the only user who may pass, by basic authentication; anyone may when it is nil.
  ///   - password: that user's password.
  ///   - port: any free one when it is 0.
  public static func start(
    routes: [String: String] = [:], user: String? = nil, password: String = "", port: Int = 0
  ) async throws -> LoopbackProxy {
    let listener = try await Listener<ByteBuffer, ByteBuffer>(port: port) { _ in }
    return LoopbackProxy(listener, ProxyDesk(routes: routes, user: user, password: password))
  }

  /// Starts a proxy, hands it to `body`, and stops it whatever happens.
  public static func serving<Result>(
    routes: [String: String] = [:], user: String? = nil, password: String = "",
    isolation: isolated (any Actor)? = #isolation, _ body: (LoopbackProxy) async throws -> Result
  ) async throws -> Result {
    let proxy = try await start(routes: routes, user: user, password: password)
    let result: Result
    do {
      result = try await body(proxy)
    } catch {
      try await proxy.stop()
      throw error
    }
    try await proxy.stop()
    return result
  }

  private init(_ listener: Listener<ByteBuffer, ByteBuffer>, _ desk: ProxyDesk) {
    port = listener.port
    self.desk = desk
    service = Service {
      try await listener.serve { ProxyConnection(client: $0, desk: desk) }
    }
  }

  /// The proxy's address, such as `http://127.0.0.1:4711`, without a slash at the end and without a user.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Closes the port and every tunnel.
  public func stop() async throws { try await service.stop() }

  /// Leads a name, `host:port`, to `127.0.0.1:port` from now on.
  public func route(_ name: String, to place: String) { desk.route(name, to: place) }

  /// All requests to the proxy itself, in the order in which they were answered.
  public func requests() -> [ProxyRequest] { desk.requests }

  /// All bytes that clients sent to the proxy itself: one array a connection in the order they came, of each the
  /// first MiB.
  public func rawBytes() -> [[UInt8]] { desk.bytes.bytes }

  /// All bytes that clients sent into their tunnels, connection by connection as in `rawBytes`; empty for one
  /// without a tunnel.
  public func tunnelBytes() -> [[UInt8]] { desk.tunneled.bytes }

  /// Tells a lie about the next requests, after the lies already queued; `times` is nil for ever, or until
  /// `stopLying`.
  public func lie(_ fault: ProxyFault, times: Int? = nil) { desk.append(fault, times: times) }

  /// Forgets all lies still to be told.
  public func stopLying() { desk.removeLies() }
}
