import NIOCore

/// Closes a connection below TLS, which else would say goodbye first.
final class Breaker: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer

  /// The event that closes.
  struct Break: Sendable {}

  func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
    guard event is Break else {
      context.triggerUserOutboundEvent(event, promise: promise)
      return
    }
    context.close(promise: promise)
  }
}
