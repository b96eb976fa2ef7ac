import NIOCore
import NIOHTTP1
import NIOPosix

/// A port of 127.0.0.1 where one origin is served.
struct Listener: Sendable {
  private let channel: NIOAsyncChannel<Connection.Channel, Never>

  /// The port.
  let port: Int

  /// Listens on `port`, or on any free one when it is 0; clients that come wait till `serve`.
  init(port: Int) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: port) { child in
        child.eventLoop.makeCompletedFuture {
          try child.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
          return try Connection.Channel(wrappingChannelSynchronously: child)
        }
      }
    self.port = channel.channel.localAddress?.port ?? port
  }

  /// The origin's address, without a slash at the end.
  var url: String { "http://127.0.0.1:\(port)" }

  /// Serves every client until the task is cancelled; then all connections close.
  func serve(_ connection: @escaping @Sendable (Connection.Channel) -> Connection) async throws {
    try await channel.executeThenClose { clients in
      try await withThrowingDiscardingTaskGroup { group in
        for try await client in clients {
          let connection = connection(client)
          group.addTask { await connection.serve() }
        }
      }
    }
  }

  /// Stops listening without having served.
  func close() async throws {
    try await channel.channel.close()
  }
}
