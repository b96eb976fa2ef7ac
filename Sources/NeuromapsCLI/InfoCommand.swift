internal import ArgumentParser
internal import Catalog
internal import Citations
internal import Dataset
internal import JSON
internal import Neuromaps

/// `neuromaps info`.
struct InfoCommand: ProjectCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tell everything that is known of a map or an atlas.",
    discussion: """
      Examples:
        neuromaps info abagen/genepc1/fsaverage/10k
        neuromaps info --json 'beliveau2017/cimbi36/*/*'
        neuromaps info fsLR/32k
      """)

  @Argument(
    help: ArgumentHelp("source/desc/space/den-or-res, or atlas/den-or-res; parts may be patterns.", valueName: "tuple"),
    completion: .catalogItems)
  var tuples: [String]

  @OptionGroup var global: GlobalOptions

  mutating func validate() throws { _ = try itemPatterns(tuples) }

  func perform(_ run: CommandRun) async throws(NeuromapsFailure) {
    let patterns = tuples.compactMap { ItemPattern($0) }
    let workspace = try run.workspace()
    let atlases = try await workspace.atlases(
      patterns.compactMap { if case .atlas(let name) = $0 { name } else { nil } })
    let (matches, set) = try await workspace.matches(
      patterns.compactMap { if case .map(let pattern) = $0 { pattern } else { nil } })
    let references = Dictionary(
      set.catalogs.map { ($0.name, $0.references) }, uniquingKeysWith: { first, _ in first })
    guard !run.isJSON else {
      let maps = matches.map { MapDescription($0).json(references: references[$0.catalog] ?? [:]) }
      return run.print(.list(maps + atlases.map { AtlasDescription($0, $1).json }))
    }
    var isFirst = true
    func begin(_ name: String) {
      if !isFirst { run.print("") }
      isFirst = false
      run.print(name)
    }
    for match in matches {
      begin(match.map.id.description)
      describe(match, references[match.catalog] ?? [:], run)
    }
    for (catalog, atlas) in atlases {
      begin(atlas.id.description)
      for (name, fact) in AtlasDescription(catalog, atlas).facts { show(name, fact, run) }
    }
  }

  private func show(_ name: String, _ fact: String?, _ run: CommandRun) {
    guard let fact, !fact.isEmpty else { return }
    let column = name + String(repeating: " ", count: max(1, 12 - name.utf8.count))
    run.print(WrappedLine("  \(column)\(fact)", hanging: 14))
  }

  private func describe(_ match: CatalogMatch, _ references: [String: Reference], _ run: CommandRun) {
    let map = match.map
    func show(_ name: String, _ fact: String?) { self.show(name, fact, run) }
    let license = map.license.map { name in map.licenseURL.map { "\(name) (\($0))" } ?? name }
    let facts: [(String, String?)] = [
      ("title", map.title), ("modality", map.modality), ("measure", map.measure), ("target", map.target),
      ("N", map.n ?? "unknown"), ("age", map.age ?? "unknown"), ("license", license ?? "unknown"),
      ("tags", map.tags.joined(separator: ", ")), ("catalog", match.catalog),
      ("restricted", map.isRestricted ? "yes: needs NEUROMAPS_OSF_TOKEN" : nil), ("note", map.note),
    ]
    for (name, fact) in facts { show(name, fact) }
    for file in match.files {
      let size = file.checksums.size.map { ByteCount($0).description } ?? "size unknown"
      show("file", DatasetPath(map.id, hemi: file.hemi).fileName)
      show("", "from \(file.origin), \(size)")
    }
    for (name, keys) in [("primary", map.primary), ("secondary", map.secondary)] {
      for key in keys { show(name, references[key].map { CitationLine($0).description } ?? key) }
    }
    if map.primary.isEmpty, map.secondary.isEmpty { show("primary", "unknown") }
  }
}
