import Catalog
import Dataset
import Testing

@Suite("A tuple with patterns")
struct MapPatternTests {
  @Test(
    "four parts are one, and print as they were read",
    arguments: ["a/b/c/d", "*/*/*/*", "margulies2016/fcgradient*/fsLR/32k", "all/b/c/1 mm", "ä/?/c/d"])
  func reads(_ text: String) {
    #expect(MapPattern(text)?.description == text)
    #expect(MapPattern(text)?.parts.map(\.text) == text.split(separator: "/").map(String.init))
  }

  @Test(
    "fewer, more or empty parts are none",
    arguments: ["", "a", "a/b/c", "a/b/c/d/e", "a//c/d", "/a/b/c", "a/b/c/", "///"])
  func refuses(_ text: String) {
    #expect(MapPattern(text) == nil)
  }

  @Test("parts of a list are taken as they are")
  func parts() {
    #expect(MapPattern(parts: ["a", "b", "c", "d"]) == MapPattern("a/b/c/d"))
    #expect(MapPattern(parts: ["a", "b", "c"]) == nil)
    #expect(MapPattern(parts: ["a", "b", "c", ""]) == nil)
  }

  @Test(
    "it names one map only when no part is a pattern",
    arguments: [
      ("a/b/c/10k", true), ("a/b/c/*", false), ("a/?/c/10k", false), ("all/b/c/10k", false), ("a b/b/c/10k", false),
    ])
  func names(text: String, isName: Bool) throws {
    let pattern = try #require(MapPattern(text))
    #expect(pattern.id == (isName ? AnnotationID(text) : nil))
    #expect((pattern.id != nil) == isName)
  }

  @Test(
    "every part must match",
    arguments: [
      ("a/b/c/10k", true), ("*/b/c/10k", true), ("a/b/c/1?k", true), ("all/all/all/all", true), ("x/b/c/10k", false),
      ("a/x/c/10k", false), ("a/b/x/10k", false), ("a/b/c/x", false), ("A/b/c/10k", false), ("a/b/c/10", false),
    ])
  func matches(text: String, matches: Bool) throws {
    let id = try #require(AnnotationID("a/b/c/10k"))
    #expect(try #require(MapPattern(text)).matches(id) == matches)
  }
}
