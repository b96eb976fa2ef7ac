/// What is to be cited, ready to be copied.
package struct ReportedCitations: Sendable {
  /// As a list of references.
  package var text: String
  /// For LaTeX.
  package var bibtex: String
  /// For Zotero, pandoc and others.
  package var csl: String
  /// What to say beside them, a sentence each.
  package var notes: [String]

  /// The same papers in three formats.
  package init(text: String, bibtex: String, csl: String, notes: [String] = []) {
    self.text = text
    self.bibtex = bibtex
    self.csl = csl
    self.notes = notes
  }
}
