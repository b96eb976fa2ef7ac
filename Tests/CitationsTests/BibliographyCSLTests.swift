import Citations
import JSON
import Testing

@Suite("A bibliography as CSL-JSON")
struct BibliographyCSLTests {
  private func json(_ fields: String) -> String { BibliographyCSL(PaperCatalog.paper(fields)).json.text }

  @Test("an item has CSL's names for what the catalog knows")
  func item() {
    #expect(
      BibliographyCSL(
        PaperCatalog.paper(
          "type: article, authors: [\"Xu, Ting\", \"Plato,\", Body of People, others], year: \"2020\", title: Depth, "
            + "journal: Brain, volume: \"1\", number: \"2\", pages: \"3-4\", doi: 10.1/x, url: \"https://y\", publisher: P"
        )
      ).json.text == """
        [
          {
            "id": "k",
            "type": "article-journal",
            "title": "Depth",
            "author": [
              {
                "family": "Xu",
                "given": "Ting"
              },
              {
                "family": "Plato"
              },
              {
                "literal": "Body of People"
              },
              {
                "literal": "others"
              }
            ],
            "issued": {
              "date-parts": [
                [
                  2020
                ]
              ]
            },
            "container-title": "Brain",
            "volume": "1",
            "issue": "2",
            "page": "3-4",
            "publisher": "P",
            "DOI": "10.1/x",
            "URL": "https://y",
            "annote": "primary for a/b/MNI152/2mm"
          }
        ]
        """)
  }

  @Test("what is unknown is left out, and a year that is none stays in words")
  func unknown() {
    let text = json("type: misc, year: in press")
    for name in ["title", "author", "DOI", "volume"] { #expect(!text.contains("\"\(name)\"")) }
    #expect(text.contains("\"literal\": \"in press\""))
  }

  @Test(
    "types have CSL's names",
    arguments: [
      ("article", "article-journal"), ("misc", "document"), ("dataset", "dataset"), ("phdthesis", "thesis"),
      ("InCollection", "chapter"), ("inproceedings", "paper-conference"), ("techreport", "report"),
      ("book", "book"), ("software", "software"), ("online", "webpage"), ("unpublished", "manuscript"),
      ("article, journal: medRxiv", "article"), ("whatever", "document"),
    ])
  func types(_ type: String, _ written: String) {
    #expect(json("type: \(type)").contains("\"type\": \"\(written)\""))
  }

  @Test(
    "styles leave names and formulas alone",
    arguments: [
      ("A [11C] scan", "A <span class=\\\"nocase\\\">[11C]</span> scan"),
      ("PET of brains", "<span class=\\\"nocase\\\">PET</span> of brains"),
      ("neuromaps: a tool", "<span class=\\\"nocase\\\">neuromaps:</span> a tool"), ("Of 13 Brains", "Of 13 Brains"),
    ])
  func capitals(_ title: String, _ written: String) {
    #expect(json("type: misc, title: \"\(title)\"").contains("\"title\": \"\(written)\""))
  }
}
