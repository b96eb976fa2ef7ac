import Catalog
import CatalogMaking
import Dataset
import Diagnostics
import MarkedText
import Testing

/// A catalog made up from a seed, its texts of what means something to YAML.
struct RandomCatalog {
  private(set) var draft = CatalogDraft(name: "lab", revision: "")

  private var generator: SeededGenerator

  init(seed: Int) throws {
    generator = SeededGenerator(seed: UInt64(seed))
    var made = CatalogDraft(name: "lab-\(seed)", revision: generator.text(upTo: 4))
    made.title = optional()
    made.caution = optional()
    let keys = (0..<count()).map { "k\($0)" + generator.text(upTo: 3) }.sorted(by: precedes)
    made.references = keys.map { reference($0) }
    made.cite = some(of: keys)
    for index in 0..<count() { made.maps.append(try map(index, keys)) }
    for index in 0..<count() { made.atlases.append(try atlas(index)) }
    // The reader alone makes names of renamings.
    let rename = "version: 1\nname: x\nrevision: x\nmaps: []\nrenamed: [{from: a:b/c d, to: 'e/#f'}]"
    if chance() {
      made.renames = try CatalogReader.read(SourceText(name: "x", bytes: Array(rename.utf8))).renames
    }
    draft = made
  }

  private mutating func chance() -> Bool { Bool.random(using: &generator) }

  private mutating func count() -> Int { Int.random(in: 0...4, using: &generator) }

  private mutating func optional() -> String? { chance() ? generator.text(upTo: 8) : nil }

  private mutating func texts() -> [String] { (0..<count()).map { _ in generator.text(upTo: 4) } }

  private mutating func some(of keys: [String]) -> [String] { keys.filter { _ in chance() } }

  private mutating func reference(_ key: String) -> Reference {
    Reference(
      key: key, type: generator.text(upTo: 2), authors: texts(), title: optional(), year: optional(),
      journal: optional(), volume: optional(), number: optional(), pages: optional(), doi: optional(),
      url: optional(), publisher: optional())
  }

  private mutating func map(_ index: Int, _ keys: [String]) throws -> CatalogMap {
    let isVolume = chance()
    let id = try #require(AnnotationID("lab/m\(index)/X+/\(isVolume ? "2.5mm" : "10k")"))
    let halves: [Hemisphere?] = isVolume ? [nil] : chance() ? [.left, .right] : [.right]
    var files: [CatalogFile] = []
    for half in halves { files.append(CatalogFile(hemi: half, origin: try origin(), checksums: try checksums())) }
    return CatalogMap(
      id: id, title: optional(), modality: optional(), measure: optional(), target: optional(), n: optional(),
      age: optional(), license: optional(), licenseURL: optional(), primary: some(of: keys), secondary: some(of: keys),
      note: optional(), tags: texts(), isRestricted: chance(), files: files)
  }

  private mutating func atlas(_ index: Int) throws -> CatalogAtlas {
    let id = try #require(AtlasID("t\(index)" + (chance() ? "" : "/1k")))
    let members = try (0...count()).map { number in
      try #require(DatasetPath(id, member: "- m\(number): #.gii"))
    }
    return CatalogAtlas(
      id: id, archive: "a \(index): b.tar.gz", origin: try origin(), checksums: try checksums(), members: members)
  }

  private mutating func origin() throws -> Origin {
    let version = chance() ? 3 : nil
    let osf = Origin.osf(try #require(OSFFile(project: "0123", file: "12e4", version: version)))
    let others = ["a/b%20c", "1e3", "https://h/x?a=b#c", "file:///x", "-"].compactMap { Origin(url: $0) }
    return try #require(([osf] + others).randomElement(using: &generator))
  }

  private mutating func checksums() throws -> Checksums {
    let (md5, sha256) = ("12e40000000000000000000000000000", String(repeating: "0", count: 64))
    let size = chance() ? Int64.random(in: 0...Int64.max, using: &generator) : nil
    return try #require(
      Checksums(size: size, md5: MD5Digest(md5), sha256: chance() ? SHA256Digest(sha256) : nil))
  }
}
