import Citations
import Testing

@Suite("A bibliography as text")
struct BibliographyTextTests {
  @Test("sections come in order, and a paper that is primary for one map and secondary for another stands once")
  func sections() {
    let bibliography = PaperCatalog.cited(
      "lab/a/fsLR/32k", "lab/b/MNI152/2mm", "lab/c/MNI152/2mm", "other/a/fsLR/32k", "no/a/fsLR/32k")
    #expect(
      BibliographyText(bibliography).lines == [
        "Primary references",
        "  Aa BC (2021). Data.",
        "    for lab/b/MNI152/2mm",
        "    behind lab/a/fsLR/32k",
        "  Xu T, Body of People, et al. (2020). Depth. Brain 1(2):3-4. doi:10.1/x_y",
        "    for lab/a/fsLR/32k",
        "    behind lab/b/MNI152/2mm",
        "    for the catalog lab",
        "Secondary references",
        "  Xu T (2020). Another. J.",
        "    behind other/a/fsLR/32k",
        "The toolbox and catalog",
        "  Anonymous (n.d.). The lab's maps.",
        "    for the catalog lab",
        "Maps without a reference",
        "  lab/c/MNI152/2mm",
        "Maps that no catalog knows",
        "  no/a/fsLR/32k",
        "Caution (lab): Ask us first.",
      ])
  }

  @Test("a long list of maps is cut short unless all are asked for, and never for the sake of one")
  func long() {
    let names = (1...6).map { "no/m\($0)/fsLR/32k" }
    func list(_ count: Int, _ listsAll: Bool) -> String? {
      BibliographyText(
        .init(of: PaperCatalog.ids(Array(names.prefix(count))), in: PaperCatalog.both), listsAll: listsAll
      ).lines.last
    }
    #expect(list(6, false) == "  no/m1/fsLR/32k, no/m2/fsLR/32k, no/m3/fsLR/32k and 3 more")
    #expect(list(4, false)?.contains("more") == false)
    #expect(list(6, true) == "  \(names.joined(separator: ", "))")
  }

  @Test("of no maps there is no line")
  func nothing() {
    #expect(BibliographyText(PaperCatalog.cited()).lines.isEmpty)
  }
}
