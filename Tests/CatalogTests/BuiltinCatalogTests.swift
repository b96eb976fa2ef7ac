import Catalog
import Dataset
import Diagnostics
import MarkedText
import Testing

@Suite("The built-in catalog")
struct BuiltinCatalogTests {
  private static let catalog = BuiltinCatalog.load()

  @Test("it has 87 maps, 124 files, 12 tags, 86 references and 14 atlases")
  func counts() {
    let catalog = Self.catalog
    #expect(catalog.name == BuiltinCatalog.name)
    #expect(catalog.maps.count == 87)
    #expect(catalog.maps.flatMap(\.files).count == 124)
    #expect(Set(catalog.maps.flatMap(\.tags)).count == 12)
    #expect(catalog.references.count == 86)
    #expect(catalog.atlases.count == 14)
    #expect(catalog.digest == ContentHasher.sha256(BuiltinCatalog.bytes))
  }

  @Test("it asks to cite the toolbox's own paper, and says what to mind with its maps")
  func paper() throws {
    #expect(Self.catalog.cite == ["markello2022natmethods"])
    let paper = try #require(Self.catalog.references["markello2022natmethods"])
    #expect(paper.doi == "10.1038/s41592-022-01625-w")
    #expect(paper.authors.count == 13)
    #expect(Self.catalog.caution?.contains("CC BY-NC-SA 4.0") == true)
  }

  @Test("authors are written family first, bodies aside; DOIs are bare, and titles without quotation marks")
  func references() {
    for reference in Self.catalog.references.values {
      let bodies = reference.authors.filter { $0 != "others" && !$0.contains(", ") }
      #expect(bodies.allSatisfy { $0 == "Wu-Minn HCP Consortium" }, "\(reference.key)")
      #expect(reference.doi?.hasPrefix("10.") ?? true, "\(reference.key)")
      #expect(reference.title?.hasPrefix("\"") == false, "\(reference.key)")
      #expect(["article", "misc"].contains(reference.type), "\(reference.key)")
    }
  }

  @Test("it has 14 atlases with 179 files, each with a path and an archive of its own")
  func atlases() {
    let atlases = Self.catalog.atlases
    #expect(
      Set(atlases.map(\.id.description)) == [
        "civet/41k", "civet/164k", "fsLR/4k", "fsLR/8k", "fsLR/32k", "fsLR/164k", "fsaverage/3k", "fsaverage/10k",
        "fsaverage/41k", "fsaverage/164k", "MNI152/1mm", "MNI152/2mm", "MNI152/3mm", "regfusion",
      ])
    let members = atlases.flatMap(\.members)
    #expect(members.count == 179)
    #expect(Set(members).count == members.count)
    for atlas in atlases { #expect(atlas.members.allSatisfy { DatasetPath(atlas.id, member: $0.fileName) == $0 }) }
    for unique in [Set(atlases.map(\.archive)).count, Set(atlases.map(\.origin)).count] { #expect(unique == 14) }
    #expect(Set(atlases.map(\.checksums.md5)).count == 14)
  }

  @Test("only one map is restricted")
  func restricted() {
    #expect(Self.catalog.maps.filter(\.isRestricted).map(\.id.description) == ["spreng/feobv/MNI152/1mm"])
  }

  @Test("surfaces have both hemispheres but for hill2010, volumes have none")
  func hemispheres() {
    for map in Self.catalog.maps {
      let expected: [Hemisphere?] =
        map.format == .volume ? [nil] : map.id.source == "hill2010" ? [.right] : [.left, .right]
      #expect(map.files.map(\.hemi) == expected, "\(map.id)")
    }
  }

  @Test("every file has a name of its own that reads back, and an origin of its own")
  func names() {
    let files = Self.catalog.maps.flatMap { map in map.files.map { (map.id, $0) } }
    for (id, file) in files {
      let path = DatasetPath(id, hemi: file.hemi)
      #expect(FileEntities(fileName: path.fileName) == FileEntities(map: id, hemi: file.hemi))
      #expect(DatasetPath(path.text) == path)
      #expect(AnnotationID(id.description) == id)
    }
    #expect(Set(files.map { DatasetPath($0, hemi: $1.hemi) }).count == files.count)
    #expect(Set(files.map(\.1.origin)).count == files.count)
    #expect(Set(files.map(\.1.checksums.md5)).count == files.count)
  }

  @Test("names that changed upstream lead to the new ones")
  func renames() throws {
    #expect(Self.catalog.renames.count == 2)
    for (old, new) in [
      ("norgaard2020/flumazenil/MNI152/1mm", "norgaard2021/flumazenil/MNI152/1mm"),
      ("norgaard2020/flumazenil/fsaverage/164k", "norgaard2021/flumazenil/fsaverage/164k"),
      ("raichle/cmruglu/fsLR/164k", "raichle/cmrglc/fsLR/164k"),
    ] {
      let id = try #require(AnnotationID(old))
      #expect(Self.catalog[id] == nil)
      #expect(Self.catalog.newName(of: id)?.description == new)
    }
  }

  @Test("every map can be looked up by its name")
  func lookUp() {
    for map in Self.catalog.maps { #expect(Self.catalog[map.id]?.title == map.title) }
  }

  @Test("what the Python toolbox's users ask finds what it does there")
  func queries() {
    let set = CatalogSet([Self.catalog])
    func count(_ patterns: [MapQuery.Key: [String]]) -> Int {
      set.maps(MapQuery(patterns.mapValues { $0.map(Glob.init) })).count
    }
    #expect(count([:]) == 86)
    #expect(count([.source: ["xu"]]) == 0)
    #expect(count([.source: ["xu2020"]]) == 2)
    #expect(count([.source: ["margulies2016"], .desc: ["fcgradient*"]]) == 10)
    #expect(count([.source: ["beliveau2017"], .den: ["164k"], .res: ["1mm"]]) == 10)
    #expect(count([.source: ["hill2010"], .hemi: ["L"]]) == 0)
    #expect(count([.source: ["hill2010"], .hemi: ["R"]]) == 2)
  }

  @Test("cut short anywhere it is refused or read, and nothing worse", arguments: 0..<40)
  func prefixes(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let bytes = BuiltinCatalog.bytes
    let count = Int.random(in: 0..<bytes.count / 40, using: &generator) + seed * (bytes.count / 40)
    let found = findings(Array(bytes.prefix(count)))
    #expect(found.allSatisfy { $0.severity == .error })
  }
}
