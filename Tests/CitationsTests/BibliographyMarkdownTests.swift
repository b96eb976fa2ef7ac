import Citations
import Testing

@Suite("A bibliography as Markdown")
struct BibliographyMarkdownTests {
  @Test("papers are a list with links, maps are code, and the caution has its own heading")
  func document() {
    let bibliography = PaperCatalog.cited("lab/a/fsLR/32k", "lab/c/MNI152/2mm", "no/a/fsLR/32k")
    #expect(
      BibliographyMarkdown(bibliography).lines.joined(separator: "\n") == """
        ## References

        ### Primary references

        - Xu T, Body of People, et al. (2020). Depth. Brain 1(2):3-4. [doi:10.1/x\\_y](https://doi.org/10.1/x_y) \
        (for `lab/a/fsLR/32k`; for the catalog `lab`)

        ### Secondary references

        - Aa BC (2021). Data. (behind `lab/a/fsLR/32k`)

        ### The toolbox and catalog

        - Anonymous (n.d.). The lab's maps. (for the catalog `lab`)

        ### Maps without a reference

        - `lab/c/MNI152/2mm`

        ### Maps that no catalog knows

        - `no/a/fsLR/32k`

        ## Caution

        `lab`: Ask us first.
        """)
  }

  @Test("what Markdown gives a meaning is escaped")
  func escapes() {
    let lines = BibliographyMarkdown(
      PaperCatalog.paper("type: misc, title: \"[11C] a*b_c `d` <e> # \\\\\", doi: 10.1/(a)")
    ).lines
    let item = lines.first { $0.hasPrefix("- ") }
    #expect(item?.contains("\\[11C\\] a\\*b\\_c \\`d\\` \\<e\\> \\# \\\\.") == true)
    #expect(item?.contains("](https://doi.org/10.1/%28a%29)") == true)
  }

  @Test("an address stands where there is no DOI")
  func address() {
    let lines = BibliographyMarkdown(PaperCatalog.paper("type: misc, title: T, url: \"https://x.org/a b\"")).lines
    #expect(lines.contains("- Anonymous (n.d.). T. <https://x.org/a%20b> (for `a/b/MNI152/2mm`)"))
  }
}
