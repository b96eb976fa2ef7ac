/// An author as a catalog names one: a person, a body, or those left out.
package enum AuthorName: Hashable, Sendable {
  /// `Family, Given`; the given names may be initials, or empty.
  case person(family: String, given: String)
  /// A name without a comma, which is that of a body: `Wu-Minn HCP Consortium`.
  case body(String)
  /// `others`: there are more, and the catalog does not name them.
  case others

  /// Reads the text of a catalog.
  package init(_ text: String) {
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
    if text == "others" {
      self = .others
    } else if parts.count == 2, !parts[0].isEmpty {
      self = .person(family: parts[0], given: parts[1])
    } else {
      self = .body(trimmed(text[...]))
    }
  }

  /// As in a list of references: `Hawrylycz MJ`, `Liu Z-Q`; nil for those left out.
  package var short: String? {
    switch self {
    case .person(let family, let given): given.isEmpty ? family : "\(family) \(Self.initials(given))"
    case .body(let name): name
    case .others: nil
    }
  }

  /// `Michael J` gives `MJ`, `Jean-Baptiste` gives `J-B`; what is initials already stays.
  private static func initials(_ given: String) -> String {
    given.split { $0 == " " || $0 == "." }.map { word in
      let isShort = word.count <= 3 && word.allSatisfy(\.isUppercase)
      return isShort
        ? String(word) : word.split(separator: "-").map { $0.prefix(1).uppercased() }.joined(separator: "-")
    }.joined()
  }
}

/// Without blanks at its ends.
func trimmed(_ text: Substring) -> String {
  var text = text.drop { $0 == " " }
  while text.last == " " { text.removeLast() }
  return String(text)
}
