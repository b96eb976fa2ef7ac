import Catalog
import Citations
import Testing

@Suite("A bibliography as BibTeX")
struct BibliographyBibTeXTests {
  private func field(_ name: String, _ fields: String) -> String? {
    BibliographyBibTeX(PaperCatalog.paper(fields)).lines.first { $0.hasPrefix("  \(name) = ") }
  }

  @Test("an entry has every field that the program's readers take, and says what it is cited for")
  func entry() {
    let lines = BibliographyBibTeX(PaperCatalog.cited("lab/a/fsLR/32k", "lab/b/MNI152/2mm")).lines
    #expect(
      lines.joined(separator: "\n") == """
        % Caution (lab): Ask us first.

        @misc{aa2021,
          author = {Aa, Bee C},
          title = {{Data}},
          year = {2021},
          annotation = {primary for lab/b/MNI152/2mm; secondary for lab/a/fsLR/32k},
        }

        @article{xu2020,
          author = {Xu, Ting and {Body of People} and others},
          title = {{Depth}},
          journal = {Brain},
          year = {2020},
          volume = {1},
          number = {2},
          pages = {3--4},
          doi = {10.1/x_y},
          annotation = {primary for lab/a/fsLR/32k; secondary for lab/b/MNI152/2mm; for the catalog lab},
        }

        @misc{own2020,
          title = {{The lab's maps}},
          annotation = {for the catalog lab},
        }
        """)
  }

  @Test(
    "what LaTeX gives a meaning is escaped, with braces that balance; letters stay as they are",
    arguments: [
      ("a & b", "a \\& b"), ("50% $x #1 a_b", "50\\% \\$x \\#1 a\\_b"),
      ("{", "\\textbraceleft{}"), ("}", "\\textbraceright{}"), ("~^", "\\textasciitilde{}\\textasciicircum{}"),
      ("\\\\", "\\textbackslash{}"), ("größe μ e\u{301} “x”", "größe μ e\u{301} “x”"), ("a\\nb", "a b"),
    ])
  func escapes(_ title: String, _ tex: String) {
    #expect(field("title", "type: misc, title: \"\(title)\"") == "  title = {{\(tex)}},")
  }

  @Test(
    "names are parted by `and` and nothing else",
    arguments: [
      ("Smith and Sons, J", "{Smith and Sons}, J"), ("House of A and B", "{House of A and B}"),
      ("Family,", "Family"), ("Sand, Andy", "Sand, Andy"), ("A, B, Jr", "A, {B, Jr}"),
      ("Öst-Ångström, Štefan E\u{301}mile", "{\\\"{O}}st-{\\AA}ngström, {\\v{S}}tefan {\\'{E}}mile"),
      ("Ян, Ян", "Ян, Ян"), ("Österreich", "{{\\\"{O}}sterreich}"),
    ])
  func names(_ name: String, _ written: String) {
    #expect(field("author", "type: misc, authors: [\"\(name)\"]") == "  author = {\(written)},")
  }

  @Test("addresses keep their signs, but for what would end a field")
  func addresses() {
    #expect(
      field("url", "type: misc, url: \"https://x.org/a_b%20{c}\"") == "  url = {https://x.org/a_b%20%7Bc%7D},")
  }

  @Test("pages are a range, or stay", arguments: [("1-9", "1--9"), ("e72129", "e72129"), ("a-b-c", "a-b-c")])
  func pages(_ text: String, _ written: String) {
    #expect(field("pages", "type: article, pages: \"\(text)\"") == "  pages = {\(written)},")
  }

  @Test(
    "a type is a word that BibTeX takes for one",
    arguments: [("Book", "book"), ("comment", "misc"), ("a b", "misc"), ("string", "misc"), ("\"\"", "misc")])
  func types(_ type: String, _ written: String) {
    #expect(BibliographyBibTeX(PaperCatalog.paper("type: \(type)")).lines.contains("@\(written){k,"))
  }

  @Test(
    "a publisher is called as biber knows it for the type",
    arguments: [
      ("article", nil), ("misc", "howpublished"), ("book", "publisher"), ("thesis", "institution"),
      ("online", "organization"), ("dataset", "publisher"),
    ] as [(String, String?)])
  func publishers(_ type: String, _ name: String?) {
    let lines = BibliographyBibTeX(PaperCatalog.paper("type: \(type), publisher: House & Co")).lines
    #expect(lines.filter { $0.contains("House") } == (name.map { ["  \($0) = {House \\& Co},"] } ?? []))
  }

  @Test("what stands between entries begins with `%` and has no at sign")
  func comments() {
    let caution = "\"write to \(String(repeating: "a@b.org ", count: 30))\""
    let bibliography = PaperCatalog.paper("type: misc", caution: caution)
    let comments = BibliographyBibTeX(bibliography).lines.prefix { !$0.isEmpty }
    #expect(comments.count > 2)
    #expect(comments.allSatisfy { $0.hasPrefix("% ") && !$0.contains("@") && $0.count <= 110 })
    let unknown = BibliographyBibTeX(PaperCatalog.cited("no/a/fsLR/32k", "lab/c/MNI152/2mm")).lines
    #expect(unknown.contains("% Maps without a reference: lab/c/MNI152/2mm"))
    #expect(unknown.contains("% Maps that no catalog knows: no/a/fsLR/32k"))
  }

  @Test("every entry of the built-in catalog has braces that balance, and an author, a title and a year")
  func builtin() {
    let catalog = BuiltinCatalog.load()
    let lines = BibliographyBibTeX(Bibliography(of: catalog.maps.map(\.id), in: CatalogSet([catalog]))).lines
    for entry in lines.split(separator: "") where entry.first?.hasPrefix("@") == true {
      let text = entry.joined(separator: "\n")
      #expect(text.count { $0 == "{" } == text.count { $0 == "}" })
      for name in ["author", "title", "year"] { #expect(text.contains("\n  \(name) = {"), "\(entry.first ?? "")") }
    }
  }
}
