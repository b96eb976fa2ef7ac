internal import Catalog
internal import Dataset

/// A bibliography as a `.bib` file, for BibTeX and for biber.
///
/// UTF-8, with what LaTeX gives a meaning escaped, and the first letters of names as BibTeX can cut them off.
/// What a paper is cited for stands in `annotation`, which the common styles do not print. Between entries both
/// programs skip text up to the next at sign; so the caution stands there, after `%`, without one.
package struct BibliographyBibTeX {
  private let bibliography: Bibliography

  /// The BibTeX of a bibliography.
  package init(_ bibliography: Bibliography) { self.bibliography = bibliography }

  /// The lines, without newlines.
  package var lines: [String] {
    var blocks = bibliography.cautions.map { comment("Caution (\($0.catalog)): \($0.text)") }
    for (words, maps) in [
      ("Maps without a reference", bibliography.uncited), ("Maps that no catalog knows", bibliography.unknown),
    ] where !maps.isEmpty {
      blocks.append(comment("\(words): \(MapNames(maps, most: nil).text())"))
    }
    blocks += bibliography.references.map(entry)
    return Array(blocks.joined(separator: [""]))
  }

  private func comment(_ text: String) -> [String] {
    var lines: [String] = []
    var line = "%"
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.count + 1 + word.count > 100, line != "%" {
        lines.append(line)
        line = "%"
      }
      line += " " + word.map { $0 == "@" ? "(at)" : String($0) }.joined()
    }
    return lines + [line]
  }

  private func entry(_ entry: CitedReference) -> [String] {
    let reference = entry.reference
    let line = CitationLine(reference)
    let authors = reference.authors.map { author(AuthorName($0)) }.joined(separator: " and ")
    let work: [(String, String?)] = [
      ("author", authors.isEmpty ? nil : authors), ("title", reference.title.map { "{\(tex($0))}" }),
      ("journal", reference.journal.map(tex)), ("year", reference.year.map(tex)),
      ("volume", reference.volume.map(tex)), ("number", reference.number.map(tex)),
      ("pages", reference.pages.map(pages)),
    ]
    let links: [(String, String?)] = [
      ("doi", line.doi?.text), ("url", line.url), ("annotation", tex(entry.uses)),
    ]
    let fields = work + publisher(reference) + links
    return ["@\(type(reference)){\(entry.key),"]
      + fields.compactMap { name, value in value.map { "  \(name) = {\($0)}," } } + ["}"]
  }

  /// Biber takes a publisher only of what has one, and calls others by other names; no style prints an article's.
  private func publisher(_ reference: Reference) -> [(String, String?)] {
    let name: String? =
      switch type(reference) {
      case "article": nil
      case "book", "proceedings", "inbook", "incollection", "inproceedings", "dataset": "publisher"
      case "phdthesis", "mastersthesis", "techreport", "thesis", "report": "institution"
      case "manual", "online": "organization"
      default: "howpublished"
      }
    return name.map { [($0, reference.publisher.map(tex))] } ?? []
  }

  /// Types are words; a catalog's other types are `misc`.
  private func type(_ reference: Reference) -> String {
    let isWord = !reference.type.isEmpty && reference.type.utf8.allSatisfy { (0x61...0x7a).contains($0 | 0x20) }
    let isTaken = ["string", "comment", "preamble"].contains(reference.type.lowercased())
    return isWord && !isTaken ? reference.type.lowercased() : "misc"
  }

  private func author(_ name: AuthorName) -> String {
    switch name {
    case .person(let family, let given):
      given.isEmpty ? part(family) : "\(part(family)), \(part(given))"
    case .body(let name): "{\(TeXInitial.marked(tex(name)))}"
    case .others: "others"
    }
  }

  /// A name's part; braces hide what would part names.
  private func part(_ text: String) -> String {
    let isPlain = !text.contains(",") && !text.lowercased().split(separator: " ").contains("and")
    let name = TeXInitial.marked(tex(text))
    return isPlain ? name : "{\(name)}"
  }

  private func pages(_ text: String) -> String {
    let parts = text.split { $0 == "-" || $0 == "–" }
    return parts.count == 2 ? parts.map { tex(String($0)) }.joined(separator: "--") : tex(text)
  }

  /// Braces become commands: BibTeX counts them, with or without a backslash.
  private func tex(_ text: String) -> String {
    text.map { character in
      switch character {
      case "&", "%", "$", "#", "_": "\\\(character)"
      case "{": "\\textbraceleft{}"
      case "}": "\\textbraceright{}"
      case "~": "\\textasciitilde{}"
      case "^": "\\textasciicircum{}"
      case "\\": "\\textbackslash{}"
      case _ where character.isNewline: " "
      default: String(character)
      }
    }.joined()
  }
}
