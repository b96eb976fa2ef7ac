import NIOCore
import NIOHTTP1

/// One client's connection, from its first request to its end.
struct Connection: Conversation {
  /// The channel, with HTTP on it.
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  /// The channel.
  let channel: Channel

  /// The connection's number.
  let number: Int

  /// Which origin it is to.
  let origin: Origin

  /// The scheme of the origin's address.
  let scheme: String

  /// Who knows the answers.
  let site: any Site

  /// What is wrong with them.
  let lies: Lies

  /// The date that they tell.
  let date: ToldDate

  /// Where they are recorded.
  let log: RequestLog

  /// Answers each request in turn.
  func serve() async {
    let channel = channel.channel
    await withTaskCancellationHandler {
      do {
        try await self.channel.executeThenClose { inbound, _ in
          try await answerAll(inbound)
        }
      } catch {
        // A client that went away, or bytes that are no HTTP: the connection is over, the server is not.
        channel.close(promise: nil)
      }
    } onCancel: {
      channel.close(promise: nil)
    }
  }

  private func answerAll(_ inbound: NIOAsyncChannelInboundStream<HTTPServerRequestPart>) async throws {
    var head: HTTPRequestHead?
    for try await part in inbound {
      switch part {
      case .head(let request): head = request
      case .body: continue
      case .end:
        guard let request = head else { continue }
        head = nil
        guard try await answer(request) else { return }
      }
    }
  }

  private func answer(_ request: HTTPRequestHead) async throws -> Bool {
    var exchange = await site.exchange(for: request)
    exchange.scheme = scheme
    let fault = lies.next(for: exchange)
    var answer = fault?.answer(in: exchange) ?? exchange.answer
    if let date = date.value { answer.headers.replaceOrAdd(name: "Date", value: date) }
    let status = answer.hasHead ? answer.status : 0
    let place = log.begin { inFlight in
      RecordedRequest(
        origin: origin, method: request.method.rawValue, uri: request.uri,
        headers: request.headers.map { ($0.name, $0.value) }, status: status,
        fault: fault, connection: number, inFlight: inFlight, bodyBytes: 0, hasEnded: false)
    }
    defer {
      log.end(place)
      log.announce(place)
    }
    return try await Delivery(channel: channel.channel, log: log, number: place).send(answer, to: request)
  }
}
