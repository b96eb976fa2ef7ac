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
