import Citations
import Testing

@Suite("A paper in one line")
struct CitationLineTests {
  private func line(_ fields: String) -> String {
    PaperCatalog.paper("type: article, \(fields)").references.map { "\(CitationLine($0.reference))" }.joined()
  }

  @Test(
    "what is unknown is left out",
    arguments: [
      ("title: T", "Anonymous (n.d.). T."), ("title: \"T?\", year: \"1\"", "Anonymous (1). T?"),
      ("title: T., publisher: P", "P (n.d.). T. P."),
      ("authors: [\"A, B\"], journal: J, volume: \"1\"", "A B (n.d.). J 1."),
      ("authors: [\"A, B\"], journal: J, pages: \"1-9\"", "A B (n.d.). J 1-9."),
      ("authors: [\"A, B\"], journal: J, number: \"2\", pages: \"9\"", "A B (n.d.). J (2):9."),
      ("authors: [\"A, B\"], url: \"https://x y\"", "A B (n.d.). https://x%20y"),
      ("authors: [\"A, B\"], doi: \"10.1/x\", url: \"https://y\"", "A B (n.d.). doi:10.1/x"),
    ])
  func partial(_ fields: String, _ expected: String) {
    #expect(line(fields) == expected)
  }

  @Test(
    "a DOI is bare, whatever stood before it",
    arguments: ["doi:10.1/x", "DOI: 10.1/x", "https://doi.org/10.1/x", "http://dx.doi.org/10.1/x", " 10.1/x"])
  func dois(_ doi: String) {
    #expect(line("doi: \"\(doi)\"").hasSuffix(" doi:10.1/x"))
  }

  @Test("up to six authors are named, of more and of a list that was cut the first three")
  func authors() {
    let six = (1...6).map { "\"F\($0), Given\"" }.joined(separator: ", ")
    #expect(line("authors: [\(six)]").hasPrefix("F1 G, F2 G, F3 G, F4 G, F5 G, F6 G (n.d.)"))
    #expect(line("authors: [\(six), \"F7, G\"]").hasPrefix("F1 G, F2 G, F3 G, et al. (n.d.)"))
    #expect(line("authors: [\"F1, G\", others]").hasPrefix("F1 G, et al. (n.d.)"))
  }

  @Test(
    "given names become initials, and initials stay",
    arguments: [
      ("Hawrylycz, Michael J", "Hawrylycz MJ"), ("Liu, Zhen-Qi", "Liu Z-Q"), ("Lin, Shu-fei", "Lin S-F"),
      ("Soucy, JP", "Soucy JP"), ("Castellanos, F. Xavier", "Castellanos FX"), ("de Laat, Bart", "de Laat B"),
      ("Suárez, Élise", "Suárez É"), ("Plato,", "Plato"), ("Human Body Project", "Human Body Project"),
    ])
  func initials(_ name: String, _ short: String) {
    #expect(AuthorName(name).short == short)
  }
}
