import NIOCore

/// Where HTTP meets the connection's bytes: records those that come, and sends bytes that are no HTTP.
final class ByteTap: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// The event that sends bytes as they are, past all that makes HTTP of them.
  struct Send: Sendable {
    /// The bytes.
    let bytes: [UInt8]
  }

  private let log: RawLog
  private let place: Int?

  /// Begins the record of a connection.
  init(log: RawLog) {
    self.log = log
    place = log.open()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    log.append(unwrapInboundIn(data).readableBytesView, to: place)
    context.fireChannelRead(data)
  }

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard let event = event as? Send else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: event.bytes)), promise: promise)
  }
}
