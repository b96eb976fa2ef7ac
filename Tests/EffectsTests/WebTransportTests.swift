import Effects
import LoopbackOSF
import TestWorld
import Testing

@Suite("HTTP over a real connection")
struct WebTransportTests {
  private let file = MadeFile("lab/alpha/MNI152/2mm", size: 700_000)

  /// What an answer came to.
  private struct Answer: Sendable {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]
    let pieces: Int
  }

  private func get(_ url: String, _ transport: WebTransport, _ headers: [String: String] = [:]) async throws -> Answer {
    try await transport.send(TransportRequest(url: url, headers: headers)) { response in
      var body: [UInt8] = []
      var pieces = 0
      for try await piece in response.pieces {
        body += piece.bytes
        pieces += 1
      }
      return Answer(status: response.status, headers: response.headers, body: body, pieces: pieces)
    }
  }

  private func withTransport(_ body: (WebTransport, LoopbackOSF) async throws -> Void) async throws {
    try await LoopbackOSF.serving([file.served]) { server in
      let transport = WebTransport()
      do { try await body(transport, server) } catch {
        await transport.shutdown()
        throw error
      }
      await transport.shutdown()
    }
  }

  @Test("a redirect comes back as it is and is not followed")
  func redirect() async throws {
    try await withTransport { transport, server in
      let answer = try await get(server.url(of: file.served), transport)
      #expect(answer.status == 302)
      #expect(answer.headers["location"]?.hasPrefix(server.storageURL) == true)
      #expect(server.requests(to: .storage).isEmpty)
      #expect(server.requests().count == 1)
    }
  }

  @Test("status, headers by lower-case name, and the body in pieces")
  func body() async throws {
    try await withTransport { transport, server in
      let location = try #require(try await get(server.url(of: file.served), transport).headers["location"])
      let answer = try await get(location, transport, ["X-Probe": "here"])
      #expect(answer.status == 200)
      #expect(answer.headers["content-length"] == "\(file.bytes.count)")
      #expect(answer.headers["content-type"] == "application/octet-stream")
      #expect(answer.body == file.bytes)
      #expect(answer.pieces > 1)
      #expect(server.requests(to: .storage).first?.header("x-probe") == "here")
      #expect(server.requests(to: .storage).first?.header("user-agent") == "neuromaps")
      #expect(server.requests().allSatisfy { $0.header("authorization") == nil && $0.method == "GET" })
    }
  }

  @Test("an error status is an answer too")
  func refusal() async throws {
    try await withTransport { transport, server in
      let answer = try await get("\(server.url)/nothing/here", transport)
      #expect(answer.status == 404)
      #expect(!answer.body.isEmpty)
    }
  }

  @Test("a refused connection is told at once", .timeLimit(.minutes(1)))
  func unreachable() async throws {
    let transport = WebTransport()
    let start = ContinuousClock.now
    // Nothing listens at port 1; a port that a server had may be another's by now.
    await #expect { try await get("http://127.0.0.1:1/a", transport) } throws: { error in
      if case TransportFailure.unreachable? = error as? TransportFailure { true } else { false }
    }
    #expect(ContinuousClock.now - start < .seconds(9))
    await transport.shutdown()
  }

  @Test(
    "a connection that ends too early is a broken one",
    arguments: [Fault.cut(after: 1000), .reset(after: 1000), .hangUp()])
  func broken(_ fault: Fault) async throws {
    try await withTransport { transport, server in
      let location = try #require(try await get(server.url(of: file.served), transport).headers["location"])
      server.lie(fault)
      await #expect { try await get(location, transport) } throws: { error in
        if case TransportFailure.broken? = error as? TransportFailure { true } else { false }
      }
    }
  }

  @Test("what the receiver throws passes through, and the next request works")
  func receiverThrows() async throws {
    struct Enough: Error {}
    try await withTransport { transport, server in
      let location = try #require(try await get(server.url(of: file.served), transport).headers["location"])
      await #expect(throws: Enough.self) {
        try await transport.send(TransportRequest(url: location)) { response in
          for try await _ in response.pieces { throw Enough() }
        }
      }
      #expect(try await get(location, transport).body == file.bytes)
    }
  }

  @Test("a cancelled request is told as such")
  func cancelled() async throws {
    try await withTransport { transport, server in
      server.lie(.silence(on: .front))
      let url = server.url(of: file.served)
      let task = Task { try await get(url, transport) }
      _ = await server.firstRequest { _ in true }
      task.cancel()
      await #expect(throws: TransportFailure.cancelled) { try await task.value }
    }
  }

  @Test("no header's value stands in an error")
  func headerInError() async throws {
    try await withTransport { transport, server in
      let error = await #expect(throws: (any Error).self) {
        try await get("\(server.url)/a", transport, ["Authorization": "Bearer s3cret\nword"])
      }
      #expect(error.map { "\($0)".contains("s3cret") } == false)
      #expect(server.requests().isEmpty)
    }
  }

  @Test("what is no address of a server is an error and no crash", arguments: ["", "nowhere", "ftp://127.0.0.1/a"])
  func noAddress(_ url: String) async throws {
    let transport = WebTransport()
    await #expect(throws: TransportFailure.self) { try await get(url, transport) }
    await transport.shutdown()
  }
}
