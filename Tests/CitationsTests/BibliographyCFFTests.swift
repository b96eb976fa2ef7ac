import Catalog
import Citations
import Testing

@Suite("A bibliography as a CITATION.cff")
struct BibliographyCFFTests {
  private func text(_ bibliography: Bibliography) -> String {
    String(decoding: BibliographyCFF(bibliography, title: "Some maps").bytes, as: UTF8.self)
  }

  private func text(_ fields: String, key: String = "k") -> String {
    text(PaperCatalog.paper(fields, key: key))
  }

  @Test("version 1 of the metadata has exactly these bytes, for ever")
  func golden() {
    #expect(
      text(PaperCatalog.cited("lab/a/fsLR/32k", "lab/b/MNI152/2mm", in: .init([PaperCatalog.lab]))) == """
        cff-version: '1.2.0'
        message: 'Cite the papers behind the maps that you use: each of the references says in its scope which maps it \
        is for.'
        title: Some maps
        type: dataset
        authors:
        - name: The authors of the maps
        references:
        - type: generic
          authors:
          - family-names: Aa
            given-names: Bee C
          title: Data
          year: 2021
          scope: primary for lab/b/MNI152/2mm; secondary for lab/a/fsLR/32k
        - type: article
          authors:
          - family-names: Xu
            given-names: Ting
          - name: Body of People
          - name: others
          title: Depth
          journal: Brain
          year: 2020
          volume: '1'
          issue: '2'
          start: '3'
          end: '4'
          url: https://doi.org/10.1/x_y
          publisher:
            name: P
          scope: primary for lab/a/fsLR/32k; secondary for lab/b/MNI152/2mm; for the catalog lab
        - type: generic
          authors:
          - name: anonymous
          title: The lab's maps
          scope: for the catalog lab

        """)
  }

  @Test("without papers there are no references, and it says so")
  func none() {
    #expect(
      text(PaperCatalog.cited()) == """
        cff-version: '1.2.0'
        message: The catalogs of these maps name no papers to cite.
        title: Some maps
        type: dataset
        authors:
        - name: The authors of the maps

        """)
  }

  @Test(
    "an identifier that the format knows stands as one; any other as its address",
    arguments: [
      ("10.1038/s41592-022-01625-w", "doi: 10.1038/s41592-022-01625-w"),
      ("doi:10.1234.5/(a)[b];c", "doi: 10.1234.5/(a)[b];c"),
      ("https://doi.org/10.1234/x_y", "doi: 10.1234/x_y"), ("10.1/x", "url: https://doi.org/10.1/x"),
      ("10.1234/a<b>", "url: https://doi.org/10.1234/a%3Cb%3E"),
      ("10.1234.5.6/x", "url: https://doi.org/10.1234.5.6/x"),
      ("10.1234./x", "url: https://doi.org/10.1234./x"),
    ])
  func identifiers(_ written: String, _ line: String) {
    let text = text("type: article, doi: \"\(written)\"")
    #expect(text.contains("\n  \(line)\n"))
    #expect(text.contains("  doi: ") != text.contains("  url: "))
  }

  @Test(
    "an address is one of the web, of signs that may stand in one, or left out",
    arguments: [
      ("https://x.org/a?b=c&d#e", true), ("http://x.org", true), ("https://x.org/a b", true), ("https://x.org/ä", true),
      ("ftp://x.org/a", false), ("https://", false), ("javascript:1", false), ("https://x.org/[a]", false),
      ("https://x.org/%zz", false), ("https://x.org/%4", false), ("https://x.org/#a#b", false), ("x.org", false),
    ])
  func addresses(_ url: String, _ isThere: Bool) {
    #expect(text("type: misc, url: \"\(url)\"").contains("  url: ") == isThere)
  }

  @Test(
    "the first and the last page stand apart, as `pages` would be their number",
    arguments: [
      ("1472-1479", "  start: '1472'\n  end: '1479'\n"), ("1472–1479", "  start: '1472'\n  end: '1479'\n"),
      ("e72129", "  start: 'e72129'\n"), ("1-3, 5-7", "  start: 1-3, 5-7\n"), ("5-", "  start: '5-'\n"),
    ])
  func pages(_ written: String, _ lines: String) {
    #expect(text("type: article, pages: \"\(written)\"").contains("\n\(lines)  scope:"))
  }

  @Test("what is unknown or blank is left out; a paper without a title has its key, one without an author a publisher")
  func unknown() {
    let text = text(
      "type: misc, title: \" \", journal: \"\", year: \"\", publisher: House, authors: [\" \"]", key: "xu")
    #expect(
      text.contains("- type: generic\n  authors:\n  - name: House\n  title: xu\n  publisher:\n    name: House\n  scope")
    )
  }

  @Test("an author who stands twice is there once, as the format asks")
  func authorTwice() {
    let text = text("type: misc, authors: [\"A, B\", \"C, D\", \"A, B\", \"E,\", others, others]")
    #expect(
      text.contains(
        """
          authors:
          - family-names: A
            given-names: B
          - family-names: C
            given-names: D
          - family-names: E
          - name: others
          title:
        """))
  }

  @Test("one paper under two keys of two catalogs is there once, for the maps of both, as the format asks")
  func twice() {
    let text = text(PaperCatalog.cited("lab/b/MNI152/2mm", "other/a/fsLR/32k", "lab/a/fsLR/32k"))
    #expect(text.occurrences(of: "title: Another\n") == 1)
    let same = PaperCatalog.read(
      """
      version: 1
      name: same
      revision: "1"
      references:
        one: {type: misc, title: Data, year: "2021"}
        two: {type: software-like, title: "Data ", year: "2021"}
      maps:
        - {map: a/b/MNI152/2mm, primary: [one, two], files: [{url: v, md5: \(PaperCatalog.md5)}]}
        - {map: a/c/MNI152/2mm, primary: [two], files: [{url: v, md5: \(PaperCatalog.md5)}]}
      """)
    let merged = self.text(Bibliography(of: same.maps.map(\.id), in: .init([same])))
    #expect(merged.occurrences(of: "title: Data\n") == 1)
    #expect(merged.contains("scope: primary for a/b/MNI152/2mm, a/c/MNI152/2mm\n"))
  }

  @Test(
    "a title is one line of text, whatever is in it",
    arguments: [
      ("a\\n\\tb  c", "a b c"), ("{[18 F]}: 100% # &x *y", "'{[18 F]}: 100% # &x *y'"),
      ("it's \\\"so\\\"", "it's \"so\""),
      ("2020", "'2020'"), ("yes", "'yes'"), ("- a", "'- a'"), ("é ä 日本 עברית", "é ä 日本 עברית"), ("null", "'null'"),
      ("🧠", "\"\\U0001F9E0\""), ("\\0", "\"\\0\""),
    ])
  func titles(_ written: String, _ line: String) {
    #expect(text("type: misc, title: \"\(written)\"").contains("\n  title: \(line)\n"))
  }

  @Test(
    "types have the format's names",
    arguments: [
      ("article", "article"), ("Book", "book"), ("inproceedings", "conference-paper"), ("phdthesis", "thesis"),
      ("dataset", "data"), ("software", "software"), ("online", "website"), ("misc", "generic"),
      ("whatever", "generic"),
    ])
  func types(_ type: String, _ written: String) {
    #expect(text("type: \(type)").contains("\n- type: \(written)\n"))
  }
}

extension String {
  /// How often a text stands in it.
  fileprivate func occurrences(of text: String) -> Int { ranges(of: text).count }
}
