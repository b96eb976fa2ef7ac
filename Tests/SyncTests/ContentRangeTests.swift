import Testing

@testable import Sync

@Suite("Parts of files")
struct ContentRangeTests {
  @Test("a range is read, with the size of the whole or without")
  func reads() throws {
    let range = try #require(ContentRange("bytes 500-999/1000"))
    #expect((range.first, range.last, range.total) == (500, 999, 1000))
    #expect(ContentRange("Bytes 0-0/*")?.total == nil)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "bytes", "bytes */1000", "bytes 5-4/10", "bytes 0-10/10", "bytes 0-9", "bytes a-b/c", "bytes 0-9/x",
      "items 0-9/10", "bytes 0-9/10 x", "bytes -5/10", "bytes 0-4,6-9/10", "bytes=0-9/10",
    ])
  func refuses(_ text: String) {
    #expect(ContentRange(text) == nil)
  }

  @Test("only the whole rest of a file of the right size goes on with it")
  func continues() throws {
    #expect(try #require(ContentRange("bytes 5-9/10")).continues(5, of: 10))
    #expect(try #require(ContentRange("bytes 5-9/10")).continues(5, of: nil))
    #expect(try #require(ContentRange("bytes 5-9/*")).continues(5, of: 10))
    #expect(try !#require(ContentRange("bytes 5-9/*")).continues(5, of: nil))
    #expect(try !#require(ContentRange("bytes 5-9/10")).continues(4, of: 10))
    #expect(try !#require(ContentRange("bytes 5-9/10")).continues(5, of: 11))
    #expect(try !#require(ContentRange("bytes 5-8/10")).continues(5, of: 10))
  }
}
