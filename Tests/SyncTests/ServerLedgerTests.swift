import Diagnostics
import Effects
import TestWorld
import Testing

@testable import Sync

@Suite("What a run knows of servers")
struct ServerLedgerTests {
  private let clock = RecordingClock()

  private func server(_ url: String) throws -> WebAddress.Server { try #require(WebAddress(url)).server }

  @Test("tries run out, and files that arrive bring them back")
  func tries() {
    let ledger = ServerLedger(clock)
    for _ in 0..<ServerLedger.retryLimit { #expect(ledger.takeRetry()) }
    #expect(!ledger.takeRetry())
    ledger.noteArrival()
    #expect(ledger.takeRetry())
    #expect(!ledger.takeRetry())
    for _ in 0..<1000 { ledger.noteArrival() }
    for _ in 0..<ServerLedger.retryLimit { #expect(ledger.takeRetry()) }
    #expect(!ledger.takeRetry())
  }

  @Test("a server that asked for rest is left alone by all, and others are not")
  func rest() async throws {
    let ledger = ServerLedger(clock)
    let (one, two) = (try server("https://one.example.org"), try server("https://two.example.org"))
    ledger.noteRest(of: one, for: .seconds(10))
    ledger.noteRest(of: one, for: .seconds(5))
    #expect(ledger.rest(of: one) == .seconds(10))
    #expect(ledger.rest(of: two) == .zero)
    try await clock.sleep(for: .seconds(7))
    #expect(ledger.rest(of: one) == .seconds(3))
    try await clock.sleep(for: .seconds(7))
    #expect(ledger.rest(of: one) == .zero)
  }

  @Test("who never answers is down, a mirror sooner, until it answers")
  func down() throws {
    let ledger = ServerLedger(clock)
    let one = try server("https://one.example.org")
    for _ in 0..<4 { ledger.noteContact(with: one, succeeded: false) }
    #expect(ledger.isDown(one, isMirror: true))
    #expect(!ledger.isDown(one, isMirror: false))
    for _ in 0..<20 { ledger.noteContact(with: one, succeeded: false) }
    #expect(ledger.isDown(one, isMirror: false))
    ledger.noteContact(with: one, succeeded: true)
    #expect(!ledger.isDown(one, isMirror: true))
  }

  @Test("each kind of a mirror's trouble is said once, with how many files it befell")
  func mirrors() {
    let ledger = ServerLedger(clock)
    for name in ["a", "b", "c"] { ledger.note(.status(404, host: "m"), of: "https://m", for: name) }
    ledger.note(.page(host: "m"), of: "https://m", for: "d")
    ledger.note(.status(500, host: "n"), of: "https://n", for: "a")
    #expect(
      ledger.warnings.map(\.message) == [
        "the mirror `https://m` does not give every file", "the mirror `https://m` has other bytes",
        "the mirror `https://n` does not give every file",
      ])
    #expect(ledger.warnings[0].notes == ["for `a` and 2 more; the next place was asked"])
    #expect(ledger.warnings.allSatisfy { $0.severity == .warning && $0.code == .mirrorFellShort })
  }
}
