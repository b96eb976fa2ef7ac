import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Sends one answer over a connection: in chunks, each after the one before went out, with at most one in memory.
struct Delivery {
  private static let chunk = 256 * 1024

  /// The connection.
  let channel: any Channel

  /// Where sent bytes are counted.
  let log: RequestLog

  /// The answer's number in the log.
  let number: Int

  /// Sends `answer` and ends it the way it says; false when the connection is to be closed after.
  func send(_ answer: Answer, to request: HTTPRequestHead) async throws -> Bool {
    let isHead = request.method == .HEAD
    let source = try await source(of: answer, isHead: isHead)
    if let delay = answer.delay { try await Task.sleep(for: delay) }
    guard answer.hasHead else {
      try await sendWithoutHead(answer)
      return false
    }
    write(.head(head(of: answer, isHead: isHead, isKeptAlive: request.isKeepAlive)))
    let wanted = isHead ? 0 : answer.body.count
    switch answer.ending {
    case .complete:
      try await sendBody(of: answer, from: source, count: wanted)
      log.end(number)
      try await flush(.end(nil))
      return request.isKeepAlive
    case .close(let count):
      try await sendBody(of: answer, from: source, count: min(count, wanted))
      try await flushAll()
    case .reset(let count):
      try await sendBody(of: answer, from: source, count: min(count, wanted))
      try await flushAll()
      // A reset throws away what the kernel has not sent yet: let it go first.
      try await Task.sleep(for: .milliseconds(20))
      try await reset()
    case .stall(let count):
      try await sendBody(of: answer, from: source, count: min(count, wanted))
      try await flushAll()
      try await channel.closeFuture.get()
    }
    return false
  }

  private func sendWithoutHead(_ answer: Answer) async throws {
    if !answer.bytesInstead.isEmpty {
      try await channel.triggerUserOutboundEvent(ByteTap.Send(bytes: answer.bytesInstead))
    }
    switch answer.ending {
    case .complete, .close: return
    case .reset: try await reset()
    case .stall: try await channel.closeFuture.get()
    }
  }

  private func reset() async throws {
    if let socket = channel as? any SocketOptionProvider {
      try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    try await channel.triggerUserOutboundEvent(Breaker.Break())
  }

  private func head(of answer: Answer, isHead: Bool, isKeptAlive: Bool) -> HTTPResponseHead {
    var headers = answer.headers
    if let length = answer.length ?? (isHead ? answer.body.count : nil) {
      headers.replaceOrAdd(name: "Content-Length", value: String(length))
    }
    if !isKeptAlive { headers.replaceOrAdd(name: "Connection", value: "close") }
    return HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
  }

  /// Opens what the body comes from before anything is promised; nil for bytes in memory.
  private func source(of answer: Answer, isHead: Bool) async throws -> DiskFile? {
    guard !isHead, case .path(let path) = answer.body.content else { return nil }
    return try await NIOThreadPool.singleton.runIfActive { try DiskFile(path) }
  }

  private func sendBody(of answer: Answer, from file: DiskFile?, count: Int) async throws {
    let speed = answer.bytesPerSecond
    let step = speed.map { min(max($0 / 20, 1), Self.chunk) } ?? Self.chunk
    var sent = 0
    while sent < count {
      let piece = try await piece(of: answer.body, from: file, at: sent, count: min(step, count - sent))
      sent += piece.readableBytes
      log.count(piece.readableBytes, for: number)
      if let speed {
        try await flush(.body(.byteBuffer(piece)))
        try await Task.sleep(for: .nanoseconds(step * 1_000_000_000 / speed))
      } else if sent < count {
        try await flush(.body(.byteBuffer(piece)))
      } else {
        write(.body(.byteBuffer(piece)))
      }
    }
  }

  /// The bytes of `body` from `offset`: at least one, at most `count`.
  private func piece(
    of body: AnswerBody, from file: DiskFile?, at offset: Int, count: Int
  ) async throws -> ByteBuffer {
    guard offset < body.range.count else { return ByteBuffer(repeating: UInt8(ascii: "+"), count: count) }
    let start = body.range.lowerBound + offset
    let length = min(count, body.range.count - offset)
    var piece: ByteBuffer
    if let file {
      piece = try await NIOThreadPool.singleton.runIfActive { try file.read(at: start, count: length) }
      guard piece.readableBytes > 0 else { throw ChannelError.eof }
    } else if case .bytes(let bytes) = body.content {
      piece = ByteBuffer(bytes: bytes[start..<start + length])
    } else {
      throw ChannelError.eof
    }
    for place in body.flipped where start <= place && place < start + piece.readableBytes {
      let index = piece.readerIndex + place - start
      if let byte: UInt8 = piece.getInteger(at: index) { piece.setInteger(~byte, at: index) }
    }
    return piece
  }

  private func write(_ part: HTTPServerResponsePart) {
    channel.write(part, promise: nil)
  }

  private func flush(_ part: HTTPServerResponsePart) async throws {
    try await channel.writeAndFlush(part)
  }

  /// Flushes what was written, and waits till the kernel has it.
  private func flushAll() async throws {
    try await flush(.body(.byteBuffer(ByteBuffer())))
  }
}
