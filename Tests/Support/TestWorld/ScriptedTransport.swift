package import Effects
private import Synchronization

/// A network whose every answer is written down beforehand; it records what it is asked.
package final class ScriptedTransport: Transport {
  /// One answer.
  package struct Reply: Sendable {
    /// The status code; 0 when there is no answer but `failure`.
    package var status: Int
    /// Fields by lower-case name.
    package var headers: [String: String]
    /// The body in pieces.
    package var pieces: [[UInt8]]
    /// What goes wrong after the last piece.
    package var failure: TransportFailure?

    /// An answer with a body in pieces.
    package init(_ status: Int, headers: [String: String] = [:], pieces: [[UInt8]] = []) {
      self.status = status
      self.headers = headers
      self.pieces = pieces
    }

    /// These bytes.
    package static func bytes(_ bytes: [UInt8]) -> Reply {
      let half = bytes.count / 2
      return Reply(200, pieces: [Array(bytes[..<half]), Array(bytes[half...])])
    }

    /// A redirect.
    package static func redirect(to location: String) -> Reply { Reply(302, headers: ["location": location]) }

    /// No answer at all.
    package static func failure(_ failure: TransportFailure) -> Reply {
      var reply = Reply(0)
      reply.failure = failure
      return reply
    }
  }

  /// What answers: the request, and how often its address has been asked before.
  package typealias Script = @Sendable (_ request: TransportRequest, _ earlier: Int) async throws -> Reply

  private struct State {
    var requests: [TransportRequest] = []
    var pieces = 0
  }

  private let state = Mutex(State())
  private let script: Script

  /// A network that answers by a script.
  package init(_ script: @escaping Script) { self.script = script }

  /// A network without anyone.
  package static func silent() -> ScriptedTransport {
    ScriptedTransport { _, _ in .failure(.unreachable("nobody is there")) }
  }

  /// All requests, in the order in which they were made.
  package var requests: [TransportRequest] { state.withLock { $0.requests } }

  /// The addresses of all requests.
  package var urls: [String] { requests.map(\.url) }

  /// How many pieces of bodies have been taken.
  package var piecesTaken: Int { state.withLock { $0.pieces } }

  /// Forgets what was asked.
  package func forget() { state.withLock { $0 = State() } }

  package func send<Result: Sendable>(
    _ request: TransportRequest, _ receive: @Sendable (TransportResponse) async throws -> Result
  ) async throws -> Result {
    let earlier = state.withLock { state in
      defer { state.requests.append(request) }
      return state.requests.count { $0.url == request.url }
    }
    if Task.isCancelled { throw TransportFailure.cancelled }
    let reply = try await script(request, earlier)
    guard reply.status != 0 else { throw reply.failure ?? .broken("the script has no answer") }
    let body = Body(rest: reply.pieces, failure: reply.failure) { self.state.withLock { $0.pieces += 1 } }
    return try await receive(TransportResponse(status: reply.status, headers: reply.headers, pieces: body))
  }

  package func shutdown() async {}

  private struct Body: AsyncSequence, Sendable {
    typealias Element = BodyPiece
    typealias Failure = any Error

    let rest: [[UInt8]]
    let failure: TransportFailure?
    let onPiece: @Sendable () -> Void

    func makeAsyncIterator() -> Iterator { Iterator(rest: rest[...], failure: failure, onPiece: onPiece) }

    struct Iterator: AsyncIteratorProtocol {
      var rest: ArraySlice<[UInt8]>
      let failure: TransportFailure?
      let onPiece: @Sendable () -> Void

      mutating func next() async throws -> BodyPiece? {
        if let piece = rest.popFirst() {
          onPiece()
          return BodyPiece(piece)
        }
        if let failure { throw failure }
        return nil
      }
    }
  }
}
