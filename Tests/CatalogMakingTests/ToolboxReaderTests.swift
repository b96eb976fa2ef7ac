import Catalog
import CatalogMaking
import Dataset
import Diagnostics
import MarkedText
import Testing

@Suite("The files of the Python toolbox")
struct ToolboxReaderTests {
  private static let (one, two) = (String(repeating: "1", count: 32), String(repeating: "2", count: 32))

  /// An annotation of osf.json.
  private static func file(
    _ hemi: String = "L", checksum: String = "\"\(one)\"", url: String = "[\"proj1\", \"f1\"]", tail: String = ""
  ) -> String {
    """
    {"source": "lab", "desc": "a", "space": "fsLR", "den": "4k", "hemi": "\(hemi)", "format": "surface",
     "fname": "source-lab_desc-a_space-fsLR_den-4k_hemi-\(hemi)_feature.func.gii", "rel_path": "lab/a/fsLR/",
     "checksum": \(checksum), "title": null, "tags": ["x"], "redir": null, "url": \(url)\(tail)}
    """
  }

  private static let meta = """
    {"annotations": [{"annot": {"source": "lab", "desc": "a", "space": "fsLR", "den": "4k"},
      "full_desc": "A map \\ud83e\\udde0 of \\"it\\" \\\\u00e9",
      "refs": {"primary": [{"citation": "Doe. A paper. 2020.", "bibkey": "doe2020"}],
               "secondary": [{"citation": "", "bibkey": ""}]},
      "demographics": {"N": 6, "age": " 20-30"}, "warning": "Mind.", "license": {"type": "CC0", "url": "https://l"}}]}
    """

  private static let known = """
    version: 1
    name: known
    revision: "1"
    cite: [all]
    references:
      all: {type: misc}
    maps:
      - map: other/b/MNI152/2mm
        files: [{url: x, md5: \(one), size: 7, sha256: \(String(repeating: "a", count: 64))}]
    atlases:
      - {atlas: tiny, archive: tiny.tgz, url: y, md5: \(two), members: [t.gii]}
    renamed:
      - {from: x/y, to: other/b}
    """

  private func draft(osf: String, meta: String = meta) throws -> (CatalogDraft, [Diagnostic]) {
    let toolbox = try ToolboxReader.read(
      osf: SourceText(name: "osf.json", bytes: Array(osf.utf8)),
      meta: SourceText(name: "meta.json", bytes: Array(meta.utf8)))
    let known = try CatalogReader.read(SourceText(name: "known.yaml", bytes: Array(Self.known.utf8)))
    var warnings = toolbox.warnings
    let draft = CatalogDraft(name: "n", revision: "r", toolbox, known: known, &warnings)
    return (draft, warnings)
  }

  private func problems(osf: String, meta: String = meta) -> [Diagnostic] {
    do {
      _ = try draft(osf: osf, meta: meta)
      return []
    } catch {
      return (error as? Findings)?.diagnostics ?? []
    }
  }

  @Test("every fact arrives where it belongs, and what they do not tell is from the earlier catalog")
  func facts() throws {
    let atlas = "\"tiny\": {\"url\": [\"proj1\", \"t1\"], \"md5\": \"\(Self.two)\"}"
    let right = Self.file("R", checksum: "\"\(Self.two)\"", url: "[\"grh4d\", \"f2\"]")
    let (draft, warnings) = try draft(osf: "{\(atlas),\n\t\"annotations\": [\(right), \(Self.file())]}")
    let map = try #require(draft.maps.first)
    #expect(map.id.description == "lab/a/fsLR/4k")
    #expect(map.title == "A map 🧠 of \"it\" \\u00e9")
    #expect([map.n, map.age, map.note, map.license, map.licenseURL] == ["6", "20-30", "Mind.", "CC0", "https://l"])
    #expect(map.primary == ["doe2020"])
    #expect(map.secondary.isEmpty)
    #expect(map.tags == ["x"])
    #expect(map.isRestricted)
    #expect(map.files.map(\.hemi) == [.left, .right])
    #expect(map.files.map(\.checksums.size) == [7, nil])
    #expect(draft.references.map(\.key) == ["all", "doe2020"])
    #expect(draft.references.last?.title == "Doe. A paper. 2020.")
    #expect(draft.atlases.map(\.archive) == ["tiny.tgz"])
    #expect(draft.renames.isEmpty)
    #expect(warnings.map(\.code) == [.leftOut])
    let bytes = CatalogWriter.bytes(draft)
    #expect(try CatalogReader.read(SourceText(name: "made", bytes: bytes)).maps.count == 1)
  }

  @Test("what a catalog cannot say is told, each kind once, with the first place")
  func leftOut() throws {
    let more = ", \"color\": \"red\", \"redir2\": null"
    let file = Self.file(tail: more)
    let right = Self.file("R", tail: more)
    let noSum = Self.file("L", checksum: "null").replacing("desc-a", with: "desc-c").replacing("\"a\"", with: "\"c\"")
      .replacing("lab/a", with: "lab/c")
    let atlas = "\"new\": {\"1k\": {\"url\": [\"proj1\", \"t1\"], \"md5\": \"\(Self.one)\"}}"
    let (draft, warnings) = try draft(
      osf: "{\"annotations\": [\(file),\(right),\(noSum)],\n\(atlas), \"scalar\": {}}", meta: "{\"annotations\": []}")
    #expect(draft.maps.map(\.id.desc) == ["a"])
    #expect(draft.atlases.isEmpty)
    #expect(warnings.allSatisfy { $0.severity == .warning && $0.code == .leftOut })
    let told = warnings.map(\.message)
    #expect(told.contains("`color` of annotations is left out"))
    #expect(warnings.first { $0.message.contains("color") }?.notes == ["2 times; this is the first"])
    #expect(told.contains("an annotation without `checksum` is left out"))
    #expect(told.contains { $0.hasPrefix("the atlas `new/1k` is left out") })
    #expect(told.contains("meta.json says nothing of 1 maps of osf.json"))
  }

  @Test("facts of maps without files are told of")
  func lostFacts() throws {
    let (draft, warnings) = try draft(osf: "{\"annotations\": []}")
    #expect(draft.maps.isEmpty)
    #expect(warnings.map(\.message) == ["what meta.json says of 1 maps is left out: they have no files"])
    #expect(warnings.first?.location?.file == "meta.json")
  }

  @Test(
    "what is wrong is told with its file and line, all in one run",
    arguments: [
      ("{\"annotations\": [\n‹1›]}", "an annotation takes keys and values, not text"),
      ("{\"annotations\": [\n\(file(checksum: "‹\"XY\"›"))]}", "`checksum` takes"),
      ("{\"annotations\": [\n\(file(url: "‹[\"a/b\", \"c\"]›"))]}", "`url` takes a project and a file of OSF"),
      ("{\"annotations\": [\(file()),\n‹\(file())›]}", "stands twice"),
      ("‹›{}", "the file has no `annotations`"),
      ("{\"annotations\": ‹7›}", "`annotations` takes a list"),
    ])
  func wrong(_ marked: String, _ message: String) {
    let text = MarkedText(marked)
    let found = problems(osf: text.text)
    #expect(found.map(\.code) == [.toolboxFileWrong])
    #expect(found.first?.message.contains(message) == true)
    #expect(found.first?.location?.file == "osf.json")
    #expect(found.first?.location?.span.start == text.marks.first?.start)
  }

  @Test("the two in the wrong order are told apart")
  func swapped() {
    let found = problems(osf: Self.meta, meta: "{\"annotations\": [\(Self.file())]}")
    #expect(found.count == 2)
    #expect(found.allSatisfy { $0.hints == ["osf.json comes first, then meta.json"] })
  }

  @Test("every prefix of them is refused or read, and nothing crashes")
  func prefixes() {
    let osf = "{\"annotations\": [\(Self.file())]}"
    for count in stride(from: 0, to: osf.utf8.count, by: 3) {
      #expect(!problems(osf: String(decoding: osf.utf8.prefix(count), as: UTF8.self)).isEmpty)
    }
  }
}
