package import Catalog

/// A paper in one line, as in a list of references.
package struct CitationLine: CustomStringConvertible, Sendable {
  private let reference: Reference

  /// The line of a paper.
  package init(_ reference: Reference) { self.reference = reference }

  /// `Family GN, … (2012). Title. Journal 489(7416):391. doi:…`: what is unknown is left out.
  package var description: String {
    let link = doi.map { "doi:\($0.text)" } ?? url
    return [body, link].compactMap { $0 }.joined(separator: " ")
  }

  /// The line without its link.
  package var body: String {
    let title = reference.title.map { "\(Self.undotted($0))\(Self.isClosed($0) ? "" : ".")" }
    let place = place.isEmpty ? nil : "\(place)."
    return ["\(authors) (\(reference.year ?? "n.d.")).", title, place].compactMap { $0 }.joined(separator: " ")
  }

  /// Its identifier, whatever stands before it in the catalog.
  package var doi: DOI? { reference.doi.flatMap(DOI.init) }

  /// Where it can be read, if that is not the DOI's own address.
  package var url: String? {
    reference.url.map(addressable).flatMap { $0.isEmpty || $0 == doi?.url ? nil : $0 }
  }

  /// Up to six in full; of more, or of a list cut short, the first three.
  private var authors: String {
    let names = reference.authors.map { AuthorName($0) }
    let short = names.compactMap(\.short)
    guard !short.isEmpty else { return reference.publisher ?? "Anonymous" }
    let isCut = names.contains(.others) || short.count > 6
    return isCut ? "\(short.prefix(3).joined(separator: ", ")), et al." : short.joined(separator: ", ")
  }

  private var place: String {
    guard let journal = reference.journal else { return reference.publisher ?? "" }
    let issue = (reference.volume ?? "") + (reference.number.map { "(\($0))" } ?? "")
    let pages = reference.pages ?? ""
    let end = issue.isEmpty || pages.isEmpty ? issue + pages : "\(issue):\(pages)"
    return end.isEmpty ? journal : "\(journal) \(end)"
  }

  private static func isClosed(_ title: String) -> Bool { title.hasSuffix("?") || title.hasSuffix("!") }

  private static func undotted(_ title: String) -> String { title.hasSuffix(".") ? String(title.dropLast()) : title }
}
