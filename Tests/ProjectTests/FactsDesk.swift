import Catalog
import Dataset
import Diagnostics
import Project

/// Catalogs that know something of their maps, in several revisions, and what a lock then knows.
extension Desk {
  static let wanting = "version: 1\ndata_dir: data\nannotations: [\"*/*/*/*\"]\n"

  /// Two maps that cite the same paper, and a catalog that cites one for itself; each `titles` a word for each map.
  static func described(
    _ revision: String, of name: String = "lab", titles: [String], paper: String = "Blobs", letters: String = "ab",
    caution: String? = nil, rest: String = ""
  ) throws(Findings) -> LoadedCatalog {
    let letters = letters.map { String($0) }
    let names = ["\(name)/one/c/1mm", "\(name)/two/c/1mm"]
    let maps = zip(zip(names, titles), letters).map { map, letter in
      Desk.map(map.0, letter, "title: \(map.1)", "primary: [doe2020]", "license_url: \"https://h/\(letter)\"")
    }
    let about = (caution.map { "caution: \($0)\n" } ?? "") + "title: The maps of \(name)\ncite: [\(name)2024]\n"
    let references =
      "references:\n  doe2020: {type: article, title: \"\(paper)\", authors: [\"Doe, Jane\"]}\n"
      + "  \(name)2024: {type: misc, year: \"2024\"}\n"
    return try catalog(name, revision: revision, maps: maps, rest: about + references + rest)
  }
}

extension Lockfile {
  /// Each map with its title, the title of the first paper that it cites, and the revision that it is from.
  var known: [String] {
    let papers = LockedReferences(self)
    return maps.map { map in
      let title = map.facts.map { $0.title ?? "untitled" } ?? "nothing"
      return "\(map.id.desc) \(title) \(papers.primary(of: map).first?.title ?? "-") \(map.revision ?? "-")"
    }
  }

  /// Each reference with the catalog and the revision that it is from.
  var papers: [String] {
    references.map { "\($0.catalog) \($0.reference.key) \($0.revision ?? "-") \($0.reference.title ?? "-")" }
  }
}
