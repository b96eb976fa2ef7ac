import Catalog
import Dataset
import Testing

@Suite("The catalogs of a project")
struct CatalogSetTests {
  @Test("a map that two catalogs hold is found in both, the first catalog's first")
  func both() throws {
    let pattern = try #require(MapPattern("xu2020/depth/fsaverage/10k"))
    #expect(SmallCatalog.both.maps(pattern).map(\.catalog) == ["lab", "other"])
    #expect(SmallCatalog.both.maps(pattern).map(\.files.count) == [2, 1])
    #expect(SmallCatalog.both.maps(MapQuery([.desc: [Glob("depth")]])).map(\.catalog) == ["lab", "lab", "other"])
    #expect(SmallCatalog.both.maps(MapQuery([.catalog: [Glob("other")]])).map(\.catalog) == ["other"])
  }

  @Test("a pattern finds restricted maps too, and leaves the choice to whoever asks")
  func patterns() throws {
    let found = SmallCatalog.both.maps(try #require(MapPattern("*/blob/*/2mm")))
    #expect(found.map(\.map.id.description) == ["xu2020/blob/MNI152/2mm", "secret/blob/MNI152/2mm"])
    #expect(SmallCatalog.both.maps(try #require(MapPattern("no/such/map/1k"))).isEmpty)
  }

  private static let words: [(MapQuery.Key, [String])] = [
    (.source, ["secret", "xu", "xu2020"]), (.desc, ["blob", "depth"]), (.space, ["MNI152", "fsLR", "fsaverage"]),
    (.den, ["10k", "2mm", "32k", "3mm"]), (.res, ["10k", "2mm", "32k", "3mm"]), (.hemi, ["L", "R"]),
    (.tags, ["PET", "cortex", "größe"]), (.format, ["surface", "volume"]), (.license, ["CC BY 4.0", "CC0", "unknown"]),
    (.catalog, ["lab", "other"]),
  ]

  @Test("every value of a key, sorted by bytes, once", arguments: words)
  func vocabulary(key: MapQuery.Key, words: [String]) {
    #expect(SmallCatalog.both.vocabulary(key) == words)
  }

  @Test("tags are counted by map, restricted ones if asked for")
  func tags() {
    let open = CatalogSet([SmallCatalog.lab]).tagCounts()
    #expect(open.map(\.tag) == ["PET", "cortex", "größe"])
    #expect(open.map(\.maps) == [2, 2, 1])
    #expect(CatalogSet([SmallCatalog.lab]).tagCounts(includingRestricted: true).map(\.maps) == [3, 2, 1])
  }

  @Test("an old name leads to the new one, if there is such a map")
  func renamed() throws {
    func newName(_ text: String) throws -> String? {
      SmallCatalog.both.newName(of: try #require(AnnotationID(text)))?.description
    }
    #expect(try newName("xu2019/deepness/fsaverage/10k") == "xu2020/depth/fsaverage/10k")
    #expect(try newName("xu2019/deepness/fsLR/32k") == nil)
    #expect(try newName("xu2020/depth/fsaverage/10k") == nil)
  }

  // MARK: Atlases

  private static func atlases(_ name: String, _ atlases: [String]) -> MapCatalog {
    let list = atlases.map { atlas in
      "  - {atlas: \(atlas), archive: a.tar.gz, url: a, md5: \(SmallCatalog.md5), "
        + "members: [\(atlas.replacing("/", with: "-")).gii]}\n"
    }
    return SmallCatalog.read("version: 1\nname: \(name)\nrevision: a\nmaps: []\natlases:\n\(list.joined())")
  }

  @Test(
    "atlases are found by their whole names, of each catalog in its order",
    arguments: [
      ("fsLR/32k", ["one fsLR/32k", "two fsLR/32k"]), ("fsLR/*", ["one fsLR/32k", "two fsLR/4k", "two fsLR/32k"]),
      ("fsLR", []), ("regfusion", ["one regfusion"]), ("nothing", []),
      ("all", ["one fsLR/32k", "one regfusion", "two fsLR/4k", "two fsLR/32k"]),
    ])
  func atlases(pattern: String, names: [String]) {
    let set = CatalogSet([
      Self.atlases("one", ["fsLR/32k", "regfusion"]), SmallCatalog.lab, Self.atlases("two", ["fsLR/4k", "fsLR/32k"]),
    ])
    #expect(set.atlases(Glob(pattern)).map { "\($0.catalog) \($0.atlas.id)" } == names)
  }
}
