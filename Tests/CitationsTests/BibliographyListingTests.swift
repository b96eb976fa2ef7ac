import Citations
import JSON
import Testing

@Suite("A bibliography as a listing")
struct BibliographyListingTests {
  @Test("every field is there as the catalog has it, and what is unknown is null")
  func listing() {
    let text = BibliographyListing(PaperCatalog.cited("lab/a/fsLR/32k", "lab/c/MNI152/2mm", "no/a/fsLR/32k")).json.text
    #expect(
      text.hasPrefix(
        """
        {
          "references": [
            {
              "key": "xu2020",
              "primary": [
                "lab/a/fsLR/32k"
              ],
              "secondary": [],
              "catalogs": [
                "lab"
              ],
              "type": "article",
              "authors": [
                "Xu, Ting",
                "Body of People",
                "others"
              ],
              "year": "2020",
              "title": "Depth",
              "journal": "Brain",
              "volume": "1",
              "number": "2",
              "pages": "3-4",
              "doi": "10.1/x_y",
              "url": "https://doi.org/10.1/x_y",
              "publisher": "P"
            },
            {
              "key": "aa2021",
        """))
    #expect(
      text.hasSuffix(
        """
          "maps": [
            "lab/a/fsLR/32k",
            "lab/c/MNI152/2mm"
          ],
          "without_reference": [
            "lab/c/MNI152/2mm"
          ],
          "unknown": [
            "no/a/fsLR/32k"
          ],
          "caution": "Ask us first."
        }
        """))
    #expect(text.contains("\"journal\": null"))
  }

  @Test("of no maps the lists are empty and the caution is null")
  func nothing() {
    let text = BibliographyListing(PaperCatalog.cited()).json.text
    #expect(text.contains("\"references\": []"))
    #expect(text.contains("\"caution\": null"))
  }
}
