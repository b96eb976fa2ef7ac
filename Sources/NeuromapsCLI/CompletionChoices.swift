internal import Catalog
internal import Dataset

/// What can be chosen from at the cursor: sorted, each once. The shell keeps those that begin as typed.
enum CompletionChoices {
  /// The next part of each name that has the parts that are typed already, with the slash after it if there is one:
  /// `abagen/`, then `abagen/genepc1/`, so that lists stay short.
  static func parts(of names: [String], after word: String) -> [String] {
    let parent = word.lastIndex(of: "/").map { word[...$0] } ?? ""
    return choices(
      names.filter { $0.hasPrefix(parent) }.map { name in
        let rest = name.dropFirst(parent.count)
        return String(parent + (rest.firstIndex(of: "/").map { rest[...$0] } ?? rest))
      })
  }

  /// The values of a keyword by which some map can be found that answers the other keywords on the line.
  static func values(of key: MapQuery.Key, in catalogs: CatalogSet, _ line: CompletionLine) -> [String] {
    var query = MapQuery(includesRestricted: line.has("--restricted"))
    for other in MapQuery.Key.allCases where !isAnswered(other, beside: key) {
      let values = line.values(of: other.option)
      if !values.isEmpty { query.patterns[other] = values.map(Glob.init) }
    }
    let given = Set(line.values(of: key.option))
    return choices(catalogs.maps(query).flatMap { $0.values(of: key) }.filter { !given.contains($0) })
  }

  /// Whether what is typed of one keyword does not narrow another's values: any of several values will do, and `den`
  /// and `res` together mean either; but all tags must be there.
  private static func isAnswered(_ other: MapQuery.Key, beside key: MapQuery.Key) -> Bool {
    switch key {
    case .tags: false
    case .den, .res: other == .den || other == .res
    default: other == key
    }
  }

  /// These, without what no shell is to be given.
  static func choices(_ words: [String]) -> [String] {
    Set(words.filter(\.isPlainWord)).sorted(by: precedes)
  }
}

extension MapQuery.Key {
  /// The option of that keyword.
  var option: String { self == .tags ? "--tag" : "--\(rawValue)" }
}

extension CatalogMatch {
  /// What would find it by a keyword.
  fileprivate func values(of key: MapQuery.Key) -> [String] {
    switch key {
    case .source: [map.id.source]
    case .desc: [map.id.desc]
    case .space: [map.id.space]
    case .den: map.format == .surface ? [map.id.sampling.label] : []
    case .res: map.format == .volume ? [map.id.sampling.label] : []
    case .hemi: files.compactMap { $0.hemi?.rawValue }
    case .tags: map.tags
    case .format: [map.format.rawValue]
    case .license: [map.license ?? "unknown"]
    case .catalog: [catalog]
    }
  }
}

extension String {
  /// Whether every shell takes it as it is.
  ///
  /// bash runs what it finds in a list of words, `$(…)` say, and a catalog may come from anybody.
  fileprivate var isPlainWord: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy { scalar in
        switch scalar {
        case "0"..."9", " ", ".", "_", "+", "-", "/": true
        default: scalar.properties.isAlphabetic
        }
      }
  }
}
