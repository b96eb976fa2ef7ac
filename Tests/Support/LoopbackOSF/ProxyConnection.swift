import NIOCore
import NIOPosix

/// One client's connection to the proxy: a request, then a tunnel or a refusal.
struct ProxyConnection: Conversation {
  /// The channel, of bytes.
  typealias Channel = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  private typealias Pieces = NIOAsyncChannelInboundStream<ByteBuffer>

  private static let longestHead = 64 * 1024

  /// The channel.
  let client: Channel

  /// Who decides and records.
  let desk: ProxyDesk

  /// The connection's place in the record of bytes to the proxy.
  let place: Int?

  /// The connection's place in the record of bytes through tunnels.
  let tunnelPlace: Int?

  /// Begins the record of a connection.
  init(client: Channel, desk: ProxyDesk) {
    self.client = client
    self.desk = desk
    place = desk.bytes.open()
    tunnelPlace = desk.tunneled.open()
  }

  /// Answers the first request, and no other.
  func serve() async {
    let channel = client.channel
    await withTaskCancellationHandler {
      do {
        try await client.executeThenClose { inbound, _ in
          try await answer(inbound)
        }
      } catch {
        // One of the two ends went away: the connection is over, the proxy is not.
        channel.close(promise: nil)
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  private func answer(_ inbound: Pieces) async throws {
    var pieces = inbound.makeAsyncIterator()
    guard let (head, rest) = try await head(from: &pieces) else { return }
    guard let request = ProxyRequest(head: head) else {
      desk.bytes.append(rest, to: place)
      try await send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
      return
    }
    switch desk.decide(about: request) {
    case .tunnel(let target, let cut):
      guard let far = await connected(to: target) else {
        try await refuse(request, 502, rest)
        return
      }
      record(request, 200, rest)
      try await tunnel(to: far, rest, &pieces, cut: cut)
    case .refusal(let status): try await refuse(request, status, rest)
    case .hangUp: record(request, 0, rest)
    case .silence:
      record(request, 0, rest)
      while let piece = try await pieces.next() { desk.bytes.append(piece.readableBytesView, to: place) }
    case .notHTTP:
      record(request, 0, rest)
      try await send("SSH-2.0-OpenSSH_9.9\r\n")
    }
  }

  /// The first head with its empty line, and what came right behind it; nil when the client left before its end, or
  /// sent one that is too long.
  private func head(from pieces: inout Pieces.AsyncIterator) async throws -> (head: [UInt8], rest: [UInt8])? {
    let end = Array("\r\n\r\n".utf8)
    var head: [UInt8] = []
    while head.count < Self.longestHead, let piece = try await pieces.next() {
      let known = head.count
      head += piece.readableBytesView
      let found = (max(known - 3, 0)..<max(head.count - 3, 0)).first { head[$0..<$0 + 4].elementsEqual(end) }
      guard let found else {
        desk.bytes.append(head[known...], to: place)
        continue
      }
      let rest = Array(head[(found + 4)...])
      head.removeSubrange((found + 4)...)
      desk.bytes.append(head[min(known, head.count)...], to: place)
      return (head, rest)
    }
    return nil
  }

  private func connected(to target: ProxyPlace) async -> Channel? {
    do {
      return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: target.host, port: target.port) { channel in
          channel.eventLoop.makeCompletedFuture { try Channel(wrappingChannelSynchronously: channel) }
        }
    } catch {
      // Nobody listens there: the client is told so by its refusal.
      return nil
    }
  }

  /// Carries bytes both ways till either end closes; then both do.
  private func tunnel(
    to far: Channel, _ first: [UInt8], _ pieces: inout Pieces.AsyncIterator, cut: Int?
  ) async throws {
    try await far.executeThenClose { down, _ in
      try await send("HTTP/1.1 200 Connection established\r\n\r\n")
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          // Ends the way up too, which waits for the client.
          defer { client.channel.close(promise: nil) }
          try await carryDown(down, cut: cut)
        }
        try await carryUp(ByteBuffer(bytes: first), to: far)
        while let piece = try await pieces.next() { try await carryUp(piece, to: far) }
        far.channel.close(promise: nil)
        try await group.waitForAll()
      }
    }
  }

  private func carryUp(_ piece: ByteBuffer, to far: Channel) async throws {
    guard piece.readableBytes > 0 else { return }
    desk.tunneled.append(piece.readableBytesView, to: tunnelPlace)
    try await far.channel.writeAndFlush(piece)
  }

  private func carryDown(_ pieces: Pieces, cut: Int?) async throws {
    var left = cut ?? .max
    guard left > 0 else { return }
    for try await piece in pieces {
      let part = ByteBuffer(piece.readableBytesView.prefix(left))
      left -= part.readableBytes
      try await client.channel.writeAndFlush(part)
      if left == 0 { return }
    }
  }

  /// Adds a request to the record; what came behind it went to the proxy too, unless there is a tunnel.
  private func record(_ request: ProxyRequest, _ status: Int, _ rest: [UInt8]) {
    desk.record(request, status: status)
    if status != 200 { desk.bytes.append(rest, to: place) }
  }

  private func refuse(_ request: ProxyRequest, _ status: Int, _ rest: [UInt8]) async throws {
    record(request, status, rest)
    let challenge = status == 407 ? "Proxy-Authenticate: Basic realm=\"loopback\"\r\n" : ""
    try await send("HTTP/1.1 \(status) Refused\r\n\(challenge)Content-Length: 0\r\nConnection: close\r\n\r\n")
  }

  private func send(_ text: String) async throws {
    try await client.channel.writeAndFlush(ByteBuffer(string: text))
  }
}
