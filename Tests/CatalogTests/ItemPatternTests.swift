import Catalog
import Dataset
import Testing

@Suite("A name of a map or an atlas with patterns")
struct ItemPatternTests {
  @Test(
    "four parts are of maps, one or two of atlases, and both print as they were read",
    arguments: [
      ("a/b/c/d", true), ("*/b/c?/all", true), ("fsLR/32k", false), ("regfusion", false), ("*", false), ("all", false),
      ("fsLR/*", false), ("é/1 mm", false),
    ])
  func reads(text: String, isMap: Bool) throws {
    let pattern = try #require(ItemPattern(text))
    #expect(pattern.description == text)
    if case .map = pattern { #expect(isMap) } else { #expect(!isMap) }
  }

  @Test(
    "three, five, none or empty parts are of nothing",
    arguments: ["", "/", "a/", "/a", "a/b/c", "a/b/c/d/e", "a//c/d", "a/b//"])
  func refuses(_ text: String) {
    #expect(ItemPattern(text) == nil)
  }

  private static let items: [DatasetItem] = [
    AnnotationID("a/b/fsLR/32k").map { .map($0) }, AtlasID("fsLR/32k").map { .atlas($0) },
    AtlasID("fsLR/4k").map { .atlas($0) }, AtlasID("regfusion").map { .atlas($0) },
  ].compactMap { $0 }

  @Test(
    "it matches whole names of its own kind only",
    arguments: [
      ("a/b/fsLR/32k", ["a/b/fsLR/32k"]), ("*/*/*/*", ["a/b/fsLR/32k"]), ("fsLR/32k", ["fsLR/32k"]),
      ("fsLR/*", ["fsLR/32k", "fsLR/4k"]), ("fsLR", []), ("fslr/32k", []), ("fsLR/?k", ["fsLR/4k"]),
      ("*/32k", ["fsLR/32k"]), ("reg*", ["regfusion"]), ("*", ["fsLR/32k", "fsLR/4k", "regfusion"]),
      ("all", ["fsLR/32k", "fsLR/4k", "regfusion"]), ("all/32k", []),
    ])
  func matches(text: String, names: [String]) throws {
    #expect(Self.items.count == 4)
    let pattern = try #require(ItemPattern(text))
    #expect(Self.items.filter(pattern.matches).map(\.description) == names)
  }
}
