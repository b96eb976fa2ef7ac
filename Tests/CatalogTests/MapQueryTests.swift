import Catalog
import Dataset
import Testing

@Suite("What a query finds")
struct MapQueryTests {
  typealias Row = (patterns: [MapQuery.Key: [String]], names: [String])

  private static let depth = "xu2020/depth/fsaverage/10k"
  private static let all = [depth, "xu/depth/fsLR/32k", "xu2020/blob/MNI152/2mm", "xu2020/blob/MNI152/3mm"]

  private static let rows: [Row] = [
    ([:], all),
    // Exact, with capitals counted, never a part of the value.
    ([.source: ["xu"]], ["xu/depth/fsLR/32k"]),
    ([.source: ["xu202"]], []),
    ([.source: ["Xu"]], []),
    ([.space: ["fslr"]], []),
    ([.source: ["xu*"], .desc: ["depth"]], [depth, "xu/depth/fsLR/32k"]),
    // Of tags all, of other keys any.
    ([.tags: ["PET"]], [depth, "xu2020/blob/MNI152/2mm"]),
    ([.tags: ["PET", "cortex"]], [depth]),
    ([.tags: ["PET", "cor*"]], [depth]),
    ([.tags: ["pet"]], []),
    ([.tags: ["größe"]], [depth]),
    ([.tags: ["all"]], [depth, "xu/depth/fsLR/32k", "xu2020/blob/MNI152/2mm"]),
    ([.space: ["fsLR", "MNI152"]], ["xu/depth/fsLR/32k", "xu2020/blob/MNI152/2mm", "xu2020/blob/MNI152/3mm"]),
    ([.space: ["fsLR", "MNI152"], .tags: ["PET"]], ["xu2020/blob/MNI152/2mm"]),
    ([.space: []], []),
    // Density and resolution: either, and each finds the other's.
    ([.den: ["10k"]], [depth]),
    ([.res: ["2mm"]], ["xu2020/blob/MNI152/2mm"]),
    ([.den: ["10k"], .res: ["2mm"]], [depth, "xu2020/blob/MNI152/2mm"]),
    ([.den: ["2mm"]], ["xu2020/blob/MNI152/2mm"]),
    ([.res: ["10k", "3mm"]], [depth, "xu2020/blob/MNI152/3mm"]),
    ([.den: ["*"]], [depth, "xu/depth/fsLR/32k"]),
    ([.res: ["?mm"]], ["xu2020/blob/MNI152/2mm", "xu2020/blob/MNI152/3mm"]),
    ([.den: ["all"]], [depth, "xu/depth/fsLR/32k"]),
    // `all` is any value.
    ([.source: ["all"], .space: ["MNI152"]], ["xu2020/blob/MNI152/2mm", "xu2020/blob/MNI152/3mm"]),
    // Hemispheres are of files; a volume has none.
    ([.hemi: ["L"]], [depth]),
    ([.hemi: ["R"]], [depth, "xu/depth/fsLR/32k"]),
    ([.hemi: ["L", "R"]], [depth, "xu/depth/fsLR/32k"]),
    ([.hemi: ["all"]], [depth, "xu/depth/fsLR/32k"]),
    ([.hemi: ["l"]], []),
    ([.format: ["volume"]], ["xu2020/blob/MNI152/2mm", "xu2020/blob/MNI152/3mm"]),
    ([.format: ["surface"]], [depth, "xu/depth/fsLR/32k"]),
    ([.format: ["surf"]], []),
    ([.license: ["CC0"]], [depth]),
    ([.license: ["CC*"]], [depth, "xu2020/blob/MNI152/2mm"]),
    ([.license: ["unknown"]], ["xu/depth/fsLR/32k", "xu2020/blob/MNI152/3mm"]),
    ([.catalog: ["lab"]], all),
    ([.catalog: ["neuromaps"]], []),
  ]

  @Test("the maps that answer, in the order of the catalog", arguments: rows)
  func finds(row: Row) {
    let query = MapQuery(row.patterns.mapValues { $0.map(Glob.init) })
    #expect(CatalogSet([SmallCatalog.lab]).maps(query).map(\.map.id.description) == row.names)
  }

  @Test("a hemisphere chooses files")
  func hemisphere() {
    let right = CatalogSet([SmallCatalog.lab]).maps(MapQuery([.hemi: [Glob("R")], .source: [Glob("xu2020")]]))
    #expect(right.map { $0.files.map(\.hemi) } == [[.right]])
    let any = CatalogSet([SmallCatalog.lab]).maps(MapQuery([.source: [Glob("xu2020")], .den: [Glob("10k")]]))
    #expect(any.map { $0.files.map(\.hemi) } == [[.left, .right]])
  }

  @Test("a restricted map is found only when asked for, even if it is named in full")
  func restricted() {
    let set = CatalogSet([SmallCatalog.lab])
    func names(_ query: MapQuery) -> [String] { set.maps(query).map(\.map.id.description) }
    let secret = "secret/blob/MNI152/2mm"
    #expect(names(MapQuery([.source: [Glob("secret")]])) == [])
    #expect(names(MapQuery([.source: [Glob("secret")]], includesRestricted: true)) == [secret])
    #expect(names(MapQuery(includesRestricted: true)).count == 5)
    let full: [MapQuery.Key: [Glob]] = [
      .source: [Glob("secret")], .desc: [Glob("blob")], .space: [Glob("MNI152")], .res: [Glob("2mm")],
    ]
    #expect(names(MapQuery(full)) == [])
    #expect(names(MapQuery(full, includesRestricted: true)) == [secret])
    #expect(set.everything(MapQuery([.source: [Glob("secret")]])).map(\.map.id.description) == [secret])
  }

  @Test("a query names a map when it has each of the four parts once, and no pattern")
  func id() {
    let full: [MapQuery.Key: [Glob]] = [
      .source: [Glob("a")], .desc: [Glob("b")], .space: [Glob("c")], .den: [Glob("10k")],
    ]
    #expect(MapQuery(full).id == AnnotationID("a/b/c/10k"))
    #expect(MapQuery(full.merging([.res: [Glob("2mm")]]) { $1 }).id == nil)
    #expect(MapQuery(full.merging([.den: [Glob("10k"), Glob("4k")]]) { $1 }).id == nil)
    #expect(MapQuery(full.merging([.space: [Glob("*")]]) { $1 }).id == nil)
    #expect(MapQuery(full.merging([.space: [Glob("all")]]) { $1 }).id == nil)
    #expect(MapQuery(full.filter { $0.key != .desc }).id == nil)
  }
}
