import Testing

@testable import Sync

@Suite("Waits between tries")
struct RetryPolicyTests {
  @Test("they double up to half a minute, and are drawn from all of it")
  func doubles() {
    let longest = RetryPolicy { 1 }
    let waits = (1...10).map { longest.wait(after: $0, floor: nil, waited: .zero) }
    #expect(waits.prefix(4) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
    #expect(waits.suffix(3).allSatisfy { $0 == .seconds(30) })
    #expect(RetryPolicy { 0 }.wait(after: 5, floor: nil, waited: .zero) == .zero)
    #expect(RetryPolicy { 0.25 }.wait(after: 3, floor: nil, waited: .zero) == .milliseconds(500))
    let drawn = (0..<200).compactMap { _ in RetryPolicy().wait(after: 3, floor: nil, waited: .zero) }
    #expect(drawn.allSatisfy { $0 >= .zero && $0 <= .seconds(2) })
    #expect(Set(drawn).count > 100)
  }

  @Test("what a server asks for is waited at least, as far as patience goes")
  func floor() {
    let shortest = RetryPolicy { 0 }
    #expect(shortest.wait(after: 1, floor: .seconds(20), waited: .zero) == .seconds(20))
    #expect(shortest.wait(after: 1, floor: .seconds(301), waited: .zero) == nil)
    #expect(shortest.wait(after: 1, floor: .seconds(20), waited: .seconds(281)) == nil)
  }
}
