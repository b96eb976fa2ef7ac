internal import Catalog
internal import Citations
internal import Dataset
internal import JSON
internal import Neuromaps

/// How `info` is told: maps, atlases, then files.
struct InfoReport {
  /// A map of a catalog.
  struct Map {
    /// What the catalog says.
    let match: CatalogMatch
    /// The papers of that catalog.
    let references: [String: Reference]
    /// Its files that the project has.
    let images: [ImageLook]
  }

  private let run: CommandRun

  init(_ run: CommandRun) { self.run = run }

  /// How many bins are drawn; nil where nobody would look at them.
  var bins: Int? { run.isJSON || !run.isOnTerminal ? nil : 40 }

  /// Prints all of it, and warns of what is odd about images.
  func tell(_ maps: [Map], _ atlases: [(catalog: String, atlas: CatalogAtlas)], _ files: [ImageLook]) {
    let images = files.compactMap(\.image)
    if run.isJSON {
      run.print(.list(maps.map(json) + atlases.map { AtlasDescription($0, $1).json } + images.map(\.json)))
    } else {
      print(maps, atlases, images)
    }
    for look in maps.flatMap(\.images) + files {
      switch look {
      case .image(let facts): for finding in facts.findings { run.show(finding.diagnostic) }
      // Of a file that was asked for, it is an error, which ends the command.
      case .problem(let problem): if problem.severity == .warning { run.show(problem) }
      }
    }
  }

  private func json(_ map: Map) -> JSONValue {
    MapDescription(map.match).json(references: map.references, images: map.images.compactMap(\.image?.json))
  }

  private func print(
    _ maps: [Map], _ atlases: [(catalog: String, atlas: CatalogAtlas)], _ images: [ImageDescription]
  ) {
    var isFirst = true
    func begin(_ name: String) {
      if !isFirst { run.print("") }
      isFirst = false
      run.print(name)
    }
    for map in maps {
      begin(map.match.map.id.description)
      describe(map.match, map.references)
      for image in map.images.compactMap(\.image) {
        show("image", image.path)
        describe(image)
      }
    }
    for (catalog, atlas) in atlases {
      begin(atlas.id.description)
      for (name, fact) in AtlasDescription(catalog, atlas).facts { show(name, fact) }
    }
    for image in images {
      begin(image.path)
      describe(image)
    }
  }

  private func describe(_ image: ImageDescription) {
    for (name, fact) in image.facts { show(name, fact) }
    if let histogram = image.histogram { run.print([TextSpan("  histogram   \(histogram)")]) }
  }

  private func show(_ name: String, _ fact: String?) {
    guard let fact, !fact.isEmpty else { return }
    let column = name + String(repeating: " ", count: max(1, 12 - name.utf8.count))
    run.print(WrappedLine("  \(column)\(fact)", hanging: 14))
  }

  private func describe(_ match: CatalogMatch, _ references: [String: Reference]) {
    let map = match.map
    func show(_ name: String, _ fact: String?) { self.show(name, fact) }
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

extension ImageLook {
  /// The image, if it is one.
  fileprivate var image: ImageDescription? { if case .image(let facts) = self { ImageDescription(facts) } else { nil } }
}
