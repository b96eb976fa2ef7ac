import NIOCore
import NIOHTTP1
import NIOSSL

/// The port of one origin: HTTP, over TLS when there is a certificate, with a record of the bytes that come.
struct Gate: Sendable {
  private let listener: Listener<HTTPServerRequestPart, HTTPServerResponsePart>

  /// What clients sent, TLS taken off.
  let bytes: RawLog

  /// `http` or `https`.
  let scheme: String

  /// The origin's address as it is told to clients, without a slash at the end.
  let url: String

  /// Listens on `port` of 127.0.0.1, or on any free one when it is 0; clients are told of `host`.
  init(port: Int, tls: LoopbackTLS?, host: String) async throws {
    let bytes = RawLog()
    let context = try tls?.context()
    listener = try await Listener(port: port) { child in
      let pipeline = child.pipeline.syncOperations
      try pipeline.addHandler(Breaker())
      if let context { try pipeline.addHandler(NIOSSLServerHandler(context: context)) }
      try pipeline.addHandler(ByteTap(log: bytes))
      try pipeline.configureHTTPServerPipeline(withErrorHandling: true)
    }
    self.bytes = bytes
    scheme = tls == nil ? "http" : "https"
    url = "\(scheme)://\(host):\(listener.port)"
  }

  /// Serves every client until the task is cancelled; then all connections close.
  func serve(_ meet: @Sendable (Connection.Channel) -> Connection) async throws {
    try await listener.serve(meet)
  }

  /// Stops listening without having served.
  func close() async throws {
    try await listener.close()
  }
}
