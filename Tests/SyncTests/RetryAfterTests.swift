import Effects
import Testing

@testable import Sync

@Suite("When a server asks to be left alone")
struct RetryAfterTests {
  private struct Nothing: AsyncSequence, AsyncIteratorProtocol, Sendable {
    typealias Element = BodyPiece
    func makeAsyncIterator() -> Nothing { self }
    mutating func next() async throws -> BodyPiece? { nil }
  }

  private func wait(_ headers: [String: String]) -> Duration? {
    RetryAfter.wait(TransportResponse(status: 429, headers: headers, pieces: Nothing()))
  }

  @Test("seconds are seconds, however many")
  func seconds() {
    #expect(wait(["retry-after": "0"]) == .zero)
    #expect(wait(["retry-after": "120"]) == .seconds(120))
    #expect(wait(["retry-after": "99999999999999999999999"]) == .seconds(1 << 40))
    #expect(wait([:]) == nil)
  }

  @Test(
    "a date counts from the server's own, in each of HTTP's forms",
    arguments: ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
  func dates(_ date: String) {
    #expect(RetryAfter.seconds(date) == 784_111_777)
    #expect(wait(["retry-after": date, "date": "Sun, 06 Nov 1994 08:49:00 GMT"]) == .seconds(37))
    #expect(wait(["retry-after": date, "date": "Sun, 06 Nov 1994 09:00:00 GMT"]) == .zero)
    #expect(wait(["retry-after": date]) == nil)
  }

  @Test("days are counted through leap years")
  func leapYears() {
    #expect(RetryAfter.seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(RetryAfter.seconds("Tue, 29 Feb 2000 12:00:00 GMT") == 951_825_600)
    #expect(RetryAfter.seconds("Fri, 27 Nov 2026 00:00:00 GMT") == 1_795_737_600)
    #expect(RetryAfter.seconds("Mon, 01 Mar 2100 00:00:00 GMT") == 4_107_542_400)
  }

  @Test(
    "what says nothing is nothing",
    arguments: [
      "", "-1", "1.5", "soon", "Sun, 06 Nov", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT",
      "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    ])
  func nothing(_ text: String) {
    #expect(wait(["retry-after": text, "date": "Sun, 06 Nov 1994 08:49:00 GMT"]) == nil)
  }
}
