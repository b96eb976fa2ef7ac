internal import JSON

/// What a bibliography can be written as.
package enum BibliographyFormat: String, CaseIterable, Sendable {
  /// For people to read.
  case text
  /// For a README or a supplement.
  case markdown
  /// A `.bib` file.
  case bibtex
  /// For reference managers and pandoc.
  case cslJSON = "csl-json"

  /// The lines of a bibliography, without newlines.
  ///
  /// - Parameter listsAll: whether the text writes out long lists of maps; the other formats always do.
  package func lines(of bibliography: Bibliography, listsAll: Bool = false) -> [String] {
    switch self {
    case .text: BibliographyText(bibliography, listsAll: listsAll).lines
    case .markdown: BibliographyMarkdown(bibliography).lines
    case .bibtex: BibliographyBibTeX(bibliography).lines
    case .cslJSON: BibliographyCSL(bibliography).json.text.split(separator: "\n").map(String.init)
    }
  }
}
