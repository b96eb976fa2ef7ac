package import YAML

/// Reads what is said of a publication; catalogs and locks write it alike.
package enum ReferenceReader {
  /// The keys that it looks at, in the order in which a lock has them.
  package static let keys = ["type", "authors"] + Reference.textNames

  /// A publication, or problems and what is left of it.
  ///
  /// - Parameters:
  ///   - key: the name that it is cited by.
  ///   - fields: what is said of it.
  ///   - problems: takes what is wrong.
  package static func read(_ key: String, _ fields: YAMLFields, _ problems: inout YAMLProblems) -> Reference {
    let type = fields.required("type", &problems).flatMap { problems.text($0, for: "`type`") }
    return Reference(
      key: key, type: type ?? "", authors: fields.texts("authors", &problems), title: fields.text("title", &problems),
      year: fields.text("year", &problems), journal: fields.text("journal", &problems),
      volume: fields.text("volume", &problems), number: fields.text("number", &problems),
      pages: fields.text("pages", &problems), doi: fields.text("doi", &problems), url: fields.text("url", &problems),
      publisher: fields.text("publisher", &problems))
  }
}
