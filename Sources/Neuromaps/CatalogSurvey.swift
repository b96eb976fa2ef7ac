package import Catalog
internal import Dataset
package import Diagnostics
package import Project

/// A catalog with where it is from, and what there is to say of it.
package struct CatalogSurvey: Sendable {
  /// The catalog, and where its relative origins start from.
  package let loaded: LoadedCatalog
  /// Its file or address, as the user would call it; nil for the built-in one.
  package let place: String?

  /// The catalog.
  package var catalog: MapCatalog { loaded.catalog }

  /// How many files its maps have.
  package var files: Int { catalog.maps.reduce(0) { $0 + $1.files.count } }

  /// How many of its maps are restricted.
  package var restricted: Int { catalog.maps.count { $0.isRestricted } }

  /// Bytes of the files of maps, as far as it says.
  package var bytes: Int64 { sizes.total }

  /// How many files of maps have no size in it.
  package var unsized: Int { files - sizes.count }

  private var sizes: [Int64] { catalog.maps.flatMap { $0.files.compactMap(\.checksums.size) } }

  /// What people who use its maps will miss, a warning for each kind.
  package var gaps: [Diagnostic] {
    let maps = catalog.maps
    let cited = Set(maps.flatMap { $0.primary + $0.secondary } + catalog.cite)
    let unread = catalog.references.keys.filter { !cited.contains($0) }.sorted(by: precedes)
    func names(_ isGap: (CatalogMap) -> Bool) -> [String] { maps.filter(isGap).map(\.id.description) }
    return [
      gap(names { $0.title == nil }, "map", "without a `title`", "say in one line what each shows"),
      gap(
        names { $0.license == nil }, "map", "without a `license`",
        "no license is no permission: state one, or ask the authors for one"),
      gap(names { $0.primary.isEmpty }, "map", "without a `primary` paper", "name the papers to cite"),
      gap(
        names { $0.files.contains { $0.checksums.sha256 == nil } } + weakArchives, "item", "without `sha256`",
        "an MD5 guards against accidents, not against malice; `sha256sum FILE` tells the better one"),
      gap(unread, "reference", "that nothing cites", "let maps cite them, or take them out"),
      gap(
        names { $0.isRestricted }, "restricted map", "", "they need a token, and come only when asked for by name"),
    ].compactMap { $0 }
  }

  private var weakArchives: [String] {
    catalog.atlases.filter { $0.checksums.sha256 == nil }.map(\.id.description)
  }

  private func gap(_ names: [String], _ noun: String, _ lack: String, _ hint: String) -> Diagnostic? {
    guard !names.isEmpty else { return nil }
    let count = "\(names.count) \(noun)\(names.count == 1 ? "" : "s")\(lack.isEmpty ? "" : " ")\(lack)"
    let most = 5
    let more = names.count > most ? ["and \(names.count - most) more"] : []
    return Diagnostic(
      .catalogGap, "\(count) in `\(place ?? catalog.name)`", severity: .warning,
      notes: names.prefix(most).map { "`\($0)`" } + more, hints: [hint])
  }
}
