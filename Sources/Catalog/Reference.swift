/// A publication, as in a bibliography. Unknown fields are nil.
public struct Reference: Hashable, Sendable {
  /// The name that maps cite it by.
  public let key: String
  /// The BibTeX entry type: `article`, `misc`.
  public let type: String
  /// `Family, Given`, in order; without a comma the name of a body, and `others` at the end stands for "et al.".
  public let authors: [String]
  /// As published.
  public let title: String?
  /// Of publication.
  public let year: String?
  /// Its name.
  public let journal: String?
  /// Of the journal.
  public let volume: String?
  /// Of the volume.
  public let number: String?
  /// Or an article number.
  public let pages: String?
  /// Without a resolver's address.
  public let doi: String?
  /// Where it can be read.
  public let url: String?
  /// Who published it.
  public let publisher: String?

  /// A publication with what is known of it.
  package init(
    key: String, type: String, authors: [String] = [], title: String? = nil, year: String? = nil,
    journal: String? = nil, volume: String? = nil, number: String? = nil, pages: String? = nil, doi: String? = nil,
    url: String? = nil, publisher: String? = nil
  ) {
    self.key = key
    self.type = type
    self.authors = authors
    self.title = title
    self.year = year
    self.journal = journal
    self.volume = volume
    self.number = number
    self.pages = pages
    self.doi = doi
    self.url = url
    self.publisher = publisher
  }
}

extension Reference {
  /// The names of the fields that are one text, in the order in which they are written.
  package static let textNames = [
    "title", "year", "journal", "volume", "number", "pages", "doi", "url", "publisher",
  ]

  /// What these fields say, in the same order.
  package var texts: [(name: String, text: String?)] {
    let texts = [title, year, journal, volume, number, pages, doi, url, publisher]
    return zip(Self.textNames, texts).map { (name: $0, text: $1) }
  }
}
