internal import Catalog
internal import YAML

/// A paper in the words of the Citation File Format, which refuses texts that are empty, identifiers and addresses
/// of another shape, and two authors that are the same.
struct CFFReference: Hashable {
  private let type: String
  private let authors: [AuthorName]
  private let title: String
  /// Each a key of the format and its value.
  private let details: [String: String]
  private let publisher: String?

  private static let order = ["journal", "year", "volume", "issue", "start", "end", "doi", "url"]

  /// The paper as the format has it.
  init(_ reference: Reference) {
    let line = CitationLine(reference)
    let publisher = Self.text(reference.publisher)
    let pages = Self.pages(reference.pages)
    let doi = line.doi.flatMap { Self.isIdentifier($0.text) ? $0.text : nil }
    let url = [line.url, doi == nil ? line.doi?.url : nil].compactMap { $0 }.first(where: Self.isAddress)
    let details: [(String, String?)] = [
      ("journal", Self.text(reference.journal)), ("year", Self.text(reference.year)),
      ("volume", Self.text(reference.volume)), ("issue", Self.text(reference.number)), ("start", pages.start),
      ("end", pages.end), ("doi", doi), ("url", url),
    ]
    type = Self.type(reference.type)
    authors = Self.authors(reference.authors, publisher)
    title = Self.text(reference.title) ?? Self.text(reference.key) ?? "untitled"
    self.details = Dictionary(uniqueKeysWithValues: details.compactMap { key, value in value.map { (key, $0) } })
    self.publisher = publisher
  }

  /// Writes an item of `references`.
  ///
  /// - Parameter scope: what the paper is cited for.
  func write(scope: String, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      writer.field("type", type)
      writer.field("authors") { writer in writer.sequence { writer in for name in authors { write(name, &writer) } } }
      writer.field("title", title)
      for key in Self.order {
        guard let value = details[key] else { continue }
        if key == "year", let year = Int64(value), String(year) == value {
          writer.field(key, year)
        } else {
          writer.field(key, value)
        }
      }
      if let publisher {
        writer.field("publisher") { writer in writer.mapping { writer in writer.field("name", publisher) } }
      }
      if !scope.isEmpty { writer.field("scope", scope) }
    }
  }

  private func write(_ name: AuthorName, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      switch name {
      case .person(let family, let given):
        writer.field("family-names", family)
        if !given.isEmpty { writer.field("given-names", given) }
      case .body(let name): writer.field("name", name)
      // BibTeX made of this says "et al."; to leave it out would pass a list that was cut off as a whole one.
      case .others: writer.field("name", "others")
      }
    }
  }

  /// As the format asks of works without an author: a body in its place.
  private static func authors(_ names: [String], _ publisher: String?) -> [AuthorName] {
    var seen: Set<AuthorName> = []
    let authors = names.compactMap { text($0).map { AuthorName($0) } }.filter { seen.insert($0).inserted }
    return authors.isEmpty ? [.body(publisher ?? "anonymous")] : authors
  }

  /// The format's `pages` are their number.
  private static func pages(_ written: String?) -> (start: String?, end: String?) {
    guard let whole = text(written) else { return (nil, nil) }
    let parts = whole.split { $0 == "-" || $0 == "–" }.map(trimmed).filter { !$0.isEmpty }
    return parts.count == 2 ? (parts[0], parts[1]) : (whole, nil)
  }

  /// In one line; nil for nothing.
  private static func text(_ text: String?) -> String? {
    let words = (text ?? "").split { $0.isWhitespace || $0.isNewline }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The format's own pattern.
  private static func isIdentifier(_ text: String) -> Bool {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard parts.count == 2, parts[0].hasPrefix("10.") else { return false }
    let numbers = parts[0].dropFirst(3).split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(numbers.count) && (4...9).contains(numbers[0].utf8.count)
      && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      && parts[1].utf8.allSatisfy { isLetterOrDigit($0) || ":/_;-.()[]\\".utf8.contains($0) }
  }

  /// An address of the web, of signs that may stand in one.
  private static func isAddress(_ text: String) -> Bool {
    let rest = text.hasPrefix("https://") ? text.dropFirst(8) : text.dropFirst(7)
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), !rest.isEmpty else { return false }
    let escapes = rest.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
    return rest.utf8.allSatisfy { isLetterOrDigit($0) || "-._~:/?#@!$&'()*+,;=%".utf8.contains($0) }
      && rest.utf8.count(where: { $0 == UInt8(ascii: "#") }) <= 1
      && escapes.allSatisfy { $0.utf8.count >= 2 && $0.prefix(2).allSatisfy(\.isHexDigit) }
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
  }

  /// BibTeX's types in the words of the format.
  private static func type(_ written: String) -> String {
    switch written.lowercased() {
    case "article": "article"
    case "book", "inbook": "book"
    case "proceedings": "proceedings"
    case "inproceedings", "conference": "conference-paper"
    case "phdthesis", "mastersthesis", "thesis": "thesis"
    case "techreport", "report": "report"
    case "manual": "manual"
    case "dataset": "data"
    case "software": "software"
    case "online", "electronic": "website"
    case "unpublished": "unpublished"
    default: "generic"
    }
  }
}
