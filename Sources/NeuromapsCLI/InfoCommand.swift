internal import ArgumentParser
internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Neuromaps
internal import Project

/// `neuromaps info`.
struct InfoCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tell everything that is known of a map.",
    discussion: """
      Examples:
        neuromaps info abagen/genepc1/fsaverage/10k
        neuromaps info --json 'beliveau2017/cimbi36/*/*'
      """)

  @Argument(help: ArgumentHelp("source/desc/space/den-or-res; parts may be patterns.", valueName: "tuple"))
  var tuples: [String]

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws { _ = try mapPatterns(tuples) }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let set = CatalogSet(try await run.workspace().catalogs().map(\.catalog))
    let references = Dictionary(
      set.catalogs.map { ($0.name, $0.references) }, uniquingKeysWith: { first, _ in first })
    let patterns = tuples.compactMap { MapPattern($0) }
    let missing = patterns.filter { set.maps($0).isEmpty }
    guard missing.isEmpty else { throw NeuromapsFailure(.couldNot, missing.map { noSuchMap($0, set) }) }
    let matches = patterns.flatMap { set.maps($0) }
    guard !run.isJSON else {
      return run.print(.list(matches.map { MapDescription($0).json(references: references[$0.catalog] ?? [:]) }))
    }
    for (index, match) in matches.enumerated() {
      if index > 0 { run.print("") }
      describe(match, references[match.catalog] ?? [:], run)
    }
  }

  private func noSuchMap(_ pattern: MapPattern, _ set: CatalogSet) -> Diagnostic {
    let names = set.catalogs.flatMap { $0.maps.map(\.id.description) }
    let now = pattern.id.flatMap { set.newName(of: $0) }?.description
    let near = now ?? Suggestion.nearest(to: pattern.description, among: names)
    return Diagnostic(
      .noSuchMap, "no catalog has a map `\(pattern)`",
      hints: [
        near.map { now == nil ? "did you mean `\($0)`?" : "it is called `\($0)` now" }
          ?? "`neuromaps list` shows what there is"
      ])
  }

  private func describe(_ match: CatalogMatch, _ references: [String: Reference], _ run: CommandRun) {
    let map = match.map
    run.print(map.id.description)
    let license = map.license.map { name in map.licenseURL.map { "\(name) (\($0))" } ?? name }
    let facts: [(String, String?)] = [
      ("title", map.title), ("modality", map.modality), ("measure", map.measure), ("target", map.target),
      ("N", map.n ?? "unknown"), ("age", map.age ?? "unknown"), ("license", license ?? "unknown"),
      ("tags", map.tags.joined(separator: ", ")), ("catalog", match.catalog),
      ("restricted", map.isRestricted ? "yes: needs NEUROMAPS_OSF_TOKEN" : nil), ("note", map.note),
    ]
    for (name, fact) in facts { if let fact { run.print("  \(column(name))\(fact)") } }
    for file in match.files {
      let size = file.checksums.size.map { ", \(ByteCount($0))" } ?? ""
      run.print("  \(column("file"))\(DatasetPath(map.id, hemi: file.hemi).fileName)")
      run.print("  \(column(""))from \(file.origin)\(size)")
    }
    for (name, keys) in [("cite", map.primary), ("see also", map.secondary)] {
      for key in keys { run.print("  \(column(name))\(references[key].map(citation) ?? key)") }
    }
  }

  private func column(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 12 - name.utf8.count))
  }

  private func citation(_ reference: Reference) -> String {
    let names = reference.authors.filter { $0 != "others" }.map { $0.prefix { $0 != "," } }
    let authors = names.count > 2 ? "\(names[0]) et al." : names.joined(separator: " and ")
    let place = [reference.journal, reference.volume, reference.pages].compactMap { $0 }.joined(separator: " ")
    let doi = reference.doi.map { "doi:\($0.hasPrefix("doi:") ? String($0.dropFirst(4)) : $0)" }
    return ["\(authors) (\(reference.year ?? "n.d."))", reference.title, place.isEmpty ? nil : place, doi]
      .compactMap { $0 }.joined(separator: ". ")
  }
}
