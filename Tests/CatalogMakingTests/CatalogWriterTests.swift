import Catalog
import CatalogMaking
import Dataset
import Diagnostics
import MarkedText
import Testing

@Suite("Writing a catalog")
struct CatalogWriterTests {
  private static func read(_ bytes: [UInt8]) throws -> MapCatalog {
    try CatalogReader.read(SourceText(name: "written.yaml", bytes: bytes))
  }

  @Test("what is written is read again as it was, and written again the same", arguments: 0..<100)
  func roundTrip(seed: Int) throws {
    let draft = try RandomCatalog(seed: seed).draft
    let bytes = CatalogWriter.bytes(draft)
    let read = try Self.read(bytes)
    expectEqual(CatalogDraft(read), draft)
    #expect(CatalogWriter.bytes(CatalogDraft(read)) == bytes)
  }

  @Test("comments change nothing of what is read, whatever stands in them", arguments: 0..<50)
  func comments(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let draft = try RandomCatalog(seed: seed).draft
    var comments = CatalogComments()
    comments.asksForFacts = true
    comments.heading = [generator.text(upTo: 20), "", generator.text(upTo: 20)]
    for map in draft.maps {
      for file in map.files { comments.remarks[DatasetPath(map.id, hemi: file.hemi)] = generator.text(upTo: 9) }
    }
    let bytes = CatalogWriter.bytes(draft, comments: comments)
    expectEqual(CatalogDraft(try Self.read(bytes)), draft)
  }

  @Test("the built-in catalog survives")
  func builtin() throws {
    let catalog = BuiltinCatalog.load()
    let again = try Self.read(CatalogWriter.bytes(CatalogDraft(catalog)))
    expectEqual(CatalogDraft(again), CatalogDraft(catalog))
  }

  @Test("what is missing is asked for where it belongs, and a remark stands at its file")
  func layout() throws {
    let id = try #require(AnnotationID("lab/a/fsLR/32k"))
    let sums = try #require(Checksums(size: 3, sha256: ContentHasher.sha256([1])))
    var draft = CatalogDraft(name: "lab", revision: "1")
    draft.maps = [CatalogMap(id: id, files: [CatalogFile(hemi: .left, origin: .relative("maps/l"), checksums: sums)])]
    var comments = CatalogComments()
    comments.heading = ["Made by a test."]
    comments.asksForFacts = true
    comments.remarks = [DatasetPath(id, hemi: .left): "32492 vertices"]
    let text = String(decoding: CatalogWriter.bytes(draft, comments: comments), as: UTF8.self)
    let expected = """
      # Made by a test.

      version: 1
      name: lab
      revision: '1'
      # title: what do its maps have in common? one line

      # references:
      #   doe2026:              # a key of your choice, by which maps cite the paper
      #     type: article
      #     authors: ["Doe, Jane", others]
      #     title: What the paper is called
      #     journal: Where it was published
      #     year: "2026"
      #     doi: 10.1000/182

      maps:
        - map: lab/a/fsLR/32k
          # title: what does it show? one line
          # license: its name, CC0-1.0 say; none if none is stated
          # primary: [which papers are to be cited? keys of `references`]
          # tags: [words to find it by]
          files:
            - hemi: L
              url: maps/l
              size: 3
              sha256: \(ContentHasher.sha256([1]))
              # 32492 vertices

      """
    #expect(text == expected)
    // The paper that is shown is right once the signs are gone.
    let lines = text.replacing("# references", with: "references").replacing("#   ", with: "  ")
    #expect(try Self.read(Array(lines.utf8)).references["doe2026"]?.authors == ["Doe, Jane", "others"])
  }

  @Test("a catalog without maps is one, too")
  func empty() throws {
    let bytes = CatalogWriter.bytes(CatalogDraft(name: "lab", revision: ""))
    #expect(try Self.read(bytes).maps.isEmpty)
  }

  private func expectEqual(_ a: CatalogDraft, _ b: CatalogDraft) {
    #expect(a.name == b.name && a.revision == b.revision && a.title == b.title && a.caution == b.caution)
    #expect(a.cite == b.cite)
    #expect(a.references == b.references)
    #expect(a.maps.map(\.files) == b.maps.map(\.files))
    #expect(a.maps.map(Facts.init) == b.maps.map(Facts.init))
    #expect(a.atlases == b.atlases)
    #expect(a.renames == b.renames)
  }
}

/// All that a map says, its files aside.
private struct Facts: Equatable {
  let id: AnnotationID
  let texts: [String?]
  let lists: [[String]]
  let isRestricted: Bool

  init(_ map: CatalogMap) {
    id = map.id
    texts = [
      map.title, map.modality, map.measure, map.target, map.n, map.age, map.license, map.licenseURL, map.note,
    ]
    lists = [map.primary, map.secondary, map.tags]
    isRestricted = map.isRestricted
  }
}
