internal import Catalog
package import JSON

/// A bibliography as CSL-JSON, for Zotero, pandoc and other programs that cite.
///
/// The format: https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html. It has no place for comments;
/// what a paper is cited for stands in `annote`, which only annotated styles print.
package struct BibliographyCSL {
  private let bibliography: Bibliography

  /// The CSL-JSON of a bibliography.
  package init(_ bibliography: Bibliography) { self.bibliography = bibliography }

  /// An array of items.
  package var json: JSONValue { .list(bibliography.references.map(item)) }

  private func item(_ entry: CitedReference) -> JSONValue {
    let reference = entry.reference
    let line = CitationLine(reference)
    let authors = reference.authors.map { author(AuthorName($0)) }
    let fields: [(String, String?)] = [
      ("container-title", reference.journal), ("volume", reference.volume), ("issue", reference.number),
      ("page", reference.pages), ("publisher", reference.publisher), ("DOI", line.doi?.text),
      ("URL", line.url), ("annote", entry.uses),
    ]
    return .object(
      [("id", .text(entry.key)), ("type", .text(type(reference)))]
        + (reference.title.map { [("title", .text(title($0)))] } ?? [])
        + (authors.isEmpty ? [] : [("author", .list(authors))])
        + (reference.year.map { [("issued", date($0))] } ?? [])
        + fields.compactMap { name, value in value.map { (name, .text($0)) } })
  }

  /// Styles that write titles in capitals or in small letters must leave `5-HT1B` and `[11C]` alone, and a name
  /// that begins a title in small letters.
  private func title(_ text: String) -> String {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.enumerated().map { index, word in
      let letters = word.filter(\.isLetter)
      let isName =
        letters.dropFirst().contains(where: \.isUppercase) || index == 0 && letters.first?.isLowercase == true
      let isFormula = !letters.isEmpty && word.contains(where: \.isNumber)
      return isName || isFormula ? "<span class=\"nocase\">\(word)</span>" : String(word)
    }.joined(separator: " ")
  }

  /// Of `others` pandoc makes "et al."; to leave it out would pass a list that was cut off as a whole one.
  private func author(_ name: AuthorName) -> JSONValue {
    switch name {
    case .person(let family, let given) where given.isEmpty: .object([("family", .text(family))])
    case .person(let family, let given): .object([("family", .text(family)), ("given", .text(given))])
    case .body(let name): .object([("literal", .text(name))])
    case .others: .object([("literal", .text("others"))])
    }
  }

  private func date(_ year: String) -> JSONValue {
    if let number = Int64(year) { return .object([("date-parts", .list([.list([.number(number)])]))]) }
    return .object([("literal", .text(year))])
  }

  /// BibTeX's types in CSL's words; a preprint is no journal's article.
  private func type(_ reference: Reference) -> String {
    let preprints = ["arxiv", "biorxiv", "medrxiv", "psyarxiv"]
    return switch reference.type.lowercased() {
    case "article" where preprints.contains(reference.journal?.lowercased() ?? ""): "article"
    case "article": "article-journal"
    case "book", "proceedings": "book"
    case "inbook", "incollection": "chapter"
    case "inproceedings", "conference": "paper-conference"
    case "phdthesis", "mastersthesis", "thesis": "thesis"
    case "techreport", "report", "manual": "report"
    case "dataset": "dataset"
    case "software": "software"
    case "online", "electronic": "webpage"
    case "unpublished": "manuscript"
    default: "document"
    }
  }
}
