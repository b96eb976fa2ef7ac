import NIOCore
import NIOPosix

/// A port of 127.0.0.1 where clients are served.
struct Listener<Inbound: Sendable, Outbound: Sendable>: Sendable {
  /// A client's connection.
  typealias Client = NIOAsyncChannel<Inbound, Outbound>

  private let channel: NIOAsyncChannel<Client, Never>

  /// The port.
  let port: Int

  /// Listens on `port`, or on any free one when it is 0; clients that come wait till `serve`. What is between their
  /// bytes and `Inbound` is put into each connection by `setUp`.
  init(port: Int, setUp: @escaping @Sendable (any Channel) throws -> Void) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: port) { child in
        child.eventLoop.makeCompletedFuture {
          try setUp(child)
          return try Client(wrappingChannelSynchronously: child)
        }
      }
    self.port = channel.channel.localAddress?.port ?? port
  }

  /// Serves every client until the task is cancelled; then all connections close.
  func serve(_ meet: @Sendable (Client) -> some Conversation) async throws {
    try await channel.executeThenClose { clients in
      try await withThrowingDiscardingTaskGroup { group in
        for try await client in clients {
          let conversation = meet(client)
          group.addTask { await conversation.serve() }
        }
      }
    }
  }

  /// Stops listening without having served.
  func close() async throws {
    try await channel.channel.close()
  }
}
