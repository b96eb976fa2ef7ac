import Dataset
import Testing

@Suite("A file on OSF")
struct OSFFileTests {
  @Test("project and file with a slash between are one", arguments: ["4mw3a/60c2290118f70b01fca797eb", "a/b", "A1/Z9"])
  func reads(_ text: String) throws {
    let file = try #require(OSFFile(text))
    #expect(file.text == text)
    #expect(file.version == nil)
  }

  @Test(
    "ids of other than letters and digits are none, as they become part of an address",
    arguments: [
      "", "a", "/", "a/", "/b", "a/b/c", "a//b", "a/..", "../b", "a/b?x", "a/b#x", "a/b c", "a/é", "a/%2e", "a/b\n",
      "a/\u{301}b", "a/b_c", "a.b/c",
    ])
  func refuses(_ text: String) {
    #expect(OSFFile(text) == nil)
  }

  @Test("an id has at most 64 characters")
  func limit() {
    #expect(OSFFile(project: "a", file: String(repeating: "b", count: 64)) != nil)
    #expect(OSFFile(project: "a", file: String(repeating: "b", count: 65)) == nil)
  }

  @Test("versions count from 1", arguments: [(1, true), (7, true), (0, false), (-1, false)])
  func versions(version: Int, isOne: Bool) {
    #expect((OSFFile(project: "a", file: "b", version: version) != nil) == isOne)
  }
}
