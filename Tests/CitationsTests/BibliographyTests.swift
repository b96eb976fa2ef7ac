import Catalog
import Citations
import Dataset
import Testing

@Suite("What must be cited")
struct BibliographyTests {
  @Test("each paper is there once, with the maps it serves and as what")
  func once() throws {
    let bibliography = PaperCatalog.cited("lab/a/fsLR/32k", "lab/b/MNI152/2mm", "lab/d/MNI152/2mm")
    #expect(bibliography.references.map(\.key) == ["aa2021", "xu2020", "own2020"])
    #expect(bibliography.references.map(\.role) == [.primary, .primary, .catalog])
    let xu = try #require(bibliography.references.first { $0.key == "xu2020" })
    #expect(xu.primary.map(\.description) == ["lab/a/fsLR/32k", "lab/d/MNI152/2mm"])
    #expect(xu.secondary.map(\.description) == ["lab/b/MNI152/2mm"])
    #expect(xu.catalogs == ["lab"])
    #expect(bibliography.references(.secondary).isEmpty)
    #expect(bibliography.unknown.isEmpty)
    #expect(bibliography.uncited.isEmpty)
  }

  @Test("a paper that no map asked for names is not there")
  func onlyTheirs() {
    let bibliography = PaperCatalog.cited("lab/c/MNI152/2mm")
    #expect(bibliography.references.map(\.key) == ["own2020", "xu2020"])
    #expect(bibliography.references.allSatisfy { $0.role == .catalog })
    #expect(bibliography.uncited.map(\.description) == ["lab/c/MNI152/2mm"])
  }

  @Test("maps that no catalog knows are told of, and ask for no catalog's paper or caution")
  func unknown() {
    let bibliography = PaperCatalog.cited("no/b/fsLR/32k", "no/a/fsLR/32k")
    #expect(bibliography.unknown.map(\.description) == ["no/a/fsLR/32k", "no/b/fsLR/32k"])
    #expect(bibliography.maps.isEmpty)
    #expect(bibliography.references.isEmpty)
    #expect(bibliography.cautions.isEmpty)
  }

  @Test("a name that a map once had is known, and kept")
  func renamed() {
    let bibliography = PaperCatalog.cited("lab/old/MNI152/2mm")
    #expect(bibliography.references(.primary).flatMap(\.primary).map(\.description) == ["lab/old/MNI152/2mm"])
    #expect(bibliography.unknown.isEmpty)
  }

  @Test("of a map that two catalogs have, the one it came from answers, or else the first")
  func catalogs() throws {
    let ids = PaperCatalog.ids(["lab/a/fsLR/32k"])
    let id = try #require(ids.first)
    func titles(_ from: [AnnotationID: String]) -> [String?] {
      Bibliography(of: ids, in: PaperCatalog.both, from: from).references(.primary).map(\.reference.title)
    }
    #expect(titles([:]) == ["Depth"])
    #expect(titles([id: "other"]) == ["Another"])
    #expect(titles([id: "gone"]) == ["Depth"])
  }

  @Test("two papers of one key, case aside, get keys of their own, and one paper of two keys is two")
  func keys() {
    let bibliography = PaperCatalog.cited("lab/a/fsLR/32k", "other/a/fsLR/32k")
    #expect(bibliography.references.map(\.key) == ["xu2020", "aa2021", "Xu2020-other", "own2020"])
  }

  @Test(
    "keys keep what no program stumbles over", arguments: [("a b,{c}", "a-b--c-"), ("é%#", "---"), ("d:1.0", "d:1.0")])
  func safeKeys(_ key: String, _ safe: String) {
    #expect(PaperCatalog.paper("type: misc", key: "\"\(key)\"").references.map(\.key) == [safe])
  }

  @Test("the order of what is asked for, and how often, does not matter")
  func order() {
    let texts = ["lab/a/fsLR/32k", "lab/b/MNI152/2mm", "lab/c/MNI152/2mm", "other/a/fsLR/32k", "no/a/fsLR/32k"]
    let lines = [texts, texts.reversed(), texts + texts].map { texts in
      let bibliography = Bibliography(of: PaperCatalog.ids(texts), in: PaperCatalog.both)
      return BibliographyFormat.allCases.map { $0.lines(of: bibliography) }
    }
    #expect(lines[0] == lines[1])
    #expect(lines[0] == lines[2])
  }

  @Test("distinct notes are there once, with their maps")
  func notes() {
    let bibliography = PaperCatalog.cited("lab/c/MNI152/2mm", "lab/b/MNI152/2mm", "lab/a/fsLR/32k")
    #expect(bibliography.notes.map(\.text) == ["Mind it.", "Mind that."])
    #expect(bibliography.notes.map { $0.maps.count } == [2, 1])
  }

  @Test("one line reminds of citing, and nothing reminds of nothing")
  func reminder() {
    #expect(
      PaperCatalog.cited("lab/a/fsLR/32k").reminder()
        == "cite: 3 papers for 1 map: `neuromaps cite --format bibtex`")
    #expect(
      PaperCatalog.cited("other/a/fsLR/32k", in: CatalogSet([PaperCatalog.other])).reminder(command: "x")
        == "cite: 1 paper for 1 map: `x`")
    #expect(PaperCatalog.cited("no/a/fsLR/32k").reminder() == nil)
  }

  @Test("the built-in catalog: all 87 maps, the restricted one included, have papers, and the toolbox its own")
  func builtin() {
    let catalog = BuiltinCatalog.load()
    let bibliography = Bibliography(of: catalog.maps.map(\.id), in: CatalogSet([catalog]))
    #expect(bibliography.maps.count == 87)
    #expect(bibliography.uncited.isEmpty)
    #expect(bibliography.references(.catalog).map(\.key) == ["markello2022natmethods"])
    let cited = Set(catalog.maps.flatMap { $0.primary + $0.secondary } + catalog.cite)
    #expect(Set(bibliography.references.map(\.key)) == cited)
    #expect(bibliography.cautions.map(\.catalog) == ["neuromaps"])
  }

  @Test("papers of two revisions of a catalog, of one key, come in the same order every time")
  func revisions() throws {
    let papers = try ["b", "a", "c"].map { pages in
      let catalog = PaperCatalog.paper("type: misc, title: T, pages: \(pages)")
      return try #require(catalog.references.first?.reference)
    }
    let ids = PaperCatalog.ids(["x/a/MNI152/2mm", "x/b/MNI152/2mm", "x/c/MNI152/2mm"])
    let maps = zip(ids, papers).map { CitingMap(id: $0, catalog: "one", primary: [$1], secondary: [], note: nil) }
    for maps in [maps, maps.reversed()] {
      let bibliography = Bibliography(of: maps, in: [CitingCatalog(name: "one", cite: [], caution: "Mind.")])
      #expect(bibliography.references.map(\.reference.pages) == ["a", "b", "c"])
      #expect(bibliography.references.map(\.key) == ["k", "k-one", "k-one-2"])
      #expect(bibliography.cautions.map(\.text) == ["Mind."])
    }
  }
}
