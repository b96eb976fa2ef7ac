import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Reading a manifest")
struct ManifestReaderTests {
  @Test("every key arrives where it belongs")
  func fields() throws {
    let sha256 = digest("a", 64)
    let manifest = try Desk.manifest(
      """
      version: 1
      data_dir: data/here
      metadata: false
      builtin: false
      catalogs:
        - path: lab/catalog.yaml
        - url: https://lab.example.org/c.yaml
          sha256: \(sha256)
      mirrors: [https://m.example.org/x, file:///shared]
      annotations:
        - a/b/c/10k
        - [d, e*, f, 1mm]
        - tags: [PET, receptors]
          space: MNI152
          restricted: true
          exclude: [g/*/*/*]
      atlases: [fsLR/32k, regfusion, "MNI152/*", all]
      prefer:
        space: [fsaverage, fsLR]
      """)
    #expect(manifest.dataDir == "data/here")
    #expect(manifest.metadata == false)
    #expect(!manifest.usesBuiltin)
    let pinned = CatalogSource.Place.url("https://lab.example.org/c.yaml", try #require(SHA256Digest(sha256)))
    #expect(manifest.catalogs.map(\.place) == [.path("lab/catalog.yaml"), pinned])
    #expect(manifest.mirrors == ["https://m.example.org/x", "file:///shared"])
    #expect(manifest.preferredSpaces.map(\.glob.text) == ["fsaverage", "fsLR"])
    #expect(manifest.atlases.map(\.glob.text) == ["fsLR/32k", "regfusion", "MNI152/*", "all"])
    #expect(manifest.entries.count == 3)
    guard case .tuple(let name, _) = manifest.entries[0].form, case .tuple(let list, _) = manifest.entries[1].form,
      case .selector(let selector) = manifest.entries[2].form
    else {
      Issue.record("not two tuples and a selector")
      return
    }
    #expect(name == MapPattern("a/b/c/10k"))
    #expect(list == MapPattern("d/e*/f/1mm"))
    #expect(selector.query.patterns == [.tags: [Glob("PET"), Glob("receptors")], .space: [Glob("MNI152")]])
    #expect(selector.includesRestricted)
    #expect(selector.exclude.map(\.pattern) == [MapPattern("g/*/*/*")])
  }

  @Test(
    "what is left out or left empty has its default",
    arguments: [
      "version: 1\n", "version: 1\ncatalogs:\nmirrors: []\nannotations:\natlases:\nprefer:\n", "---\nversion: 1\n...\n",
    ])
  func defaults(_ text: String) throws {
    let manifest = try Desk.manifest(text)
    #expect(manifest.dataDir == nil)
    #expect(manifest.usesBuiltin)
    #expect(manifest.catalogs.isEmpty && manifest.mirrors.isEmpty && manifest.entries.isEmpty)
    #expect(manifest.preferredSpaces.isEmpty && manifest.atlases.isEmpty)
    #expect(manifest.declarations == [])
  }

  @Test("each part of a tuple knows its place, and a quoted tuple the whole")
  func parts() throws {
    let text = MarkedText(
      """
      version: 1
      annotations:
        - ‹abagen›/‹gené›/‹fs*›/‹10k›   # ü
        - [‹a›, ‹"b"›, ‹c›, ‹1mm›]
        - ‹‹‹‹"a/b/c/1k"››››
      """)
    let spans = try Desk.manifest(text.text).entries.flatMap { entry -> [SourceSpan] in
      if case .tuple(_, let parts) = entry.form { parts } else { [] }
    }
    #expect(spans == text.marks)
  }

  @Test("each atlas knows its place")
  func atlasPlaces() throws {
    let text = MarkedText("version: 1\natlases:\n  - ‹fsLR/32k› # x\n  - ‹'MNI152/*'›\n  - ‹regfusion›\n")
    #expect(try Desk.manifest(text.text).atlases.map(\.span) == text.marks)
  }

  @Test("every prefix of a manifest gives a manifest or a diagnostic, and so does every other byte")
  func prefixes() throws {
    let text = """
      version: 1
      data_dir: ä
      catalogs: [{path: x}, {url: "https://h", sha256: \(digest("a", 64))}]
      annotations:
      - a/b/c/d
      - {tags: [PET], space: fsLR, exclude: ["*/*/*/*"], restricted: true}
      atlases: [fsLR/32k, "MNI152/*", regfusion]
      prefer: {space: [fsLR]}
      groups: {f: {annotations: [a/b/c/d, {tags: [x]}], atlases: [fsLR/32k]}}
      licenses: {deny: [MIT, "CC*"], unknown: warn}
      """
    var generator = SeededGenerator(seed: 5)
    for index in 0..<text.utf8.count {
      var bytes = Array(text.utf8)
      check(Array(bytes.prefix(index)))
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      check(bytes)
    }
  }

  private func check(_ bytes: [UInt8]) {
    let (manifest, found) = ManifestReader.readAll(SourceText(name: "m", bytes: bytes))
    #expect(manifest != nil || !found.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test("a manifest over 8 MiB is refused unread, one of 8 MiB is not")
  func oversize() {
    let limit = 8 << 20
    func found(_ count: Int) -> [Diagnostic] {
      let head = Array("version: 1\n#".utf8)
      let bytes = head + [UInt8](repeating: UInt8(ascii: "x"), count: count - head.count)
      return ManifestReader.readAll(SourceText(name: "m", bytes: bytes)).1
    }
    #expect(found(limit) == [])
    #expect(found(limit + 1).map(\.code) == [.manifestSyntax])
    #expect(found(limit + 1).map(\.message) == ["the manifest has 8388609 bytes; at most 8 MiB are read"])
  }

  @Test("bytes that are not UTF-8 are refused with line and column")
  func badUTF8() throws {
    let bytes = Array("version: 1\ndata_dir: ä".utf8) + [0xe4, 0x0a]
    let found = ManifestReader.readAll(SourceText(name: "m", bytes: bytes)).1
    #expect(found.map(\.code) == [.manifestSyntax])
    #expect(found.first?.location?.span == SourceSpan(line: 2, column: 12))
  }
}
