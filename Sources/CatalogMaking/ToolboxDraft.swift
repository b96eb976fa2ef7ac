package import Catalog
internal import Dataset
package import Diagnostics

extension CatalogDraft {
  /// A catalog of what the Python toolbox has.
  ///
  /// What its files do not tell is taken from an earlier catalog: of a map its title, modality, measure and target and,
  /// where the toolbox has none, its note and license; of a paper all but its key; of an atlas the archive's name and
  /// members; sizes and SHA-256 of bytes with the same MD5; title, caution, papers for all of it, and renamings.
  ///
  /// - Parameters:
  ///   - name: what to call the catalog.
  ///   - revision: what to call this state of it.
  ///   - toolbox: what the files say.
  ///   - known: an earlier catalog, the built-in one say.
  ///   - warnings: gets what could not be taken over.
  package init(
    name: String, revision: String, _ toolbox: ToolboxFiles, known: MapCatalog, _ warnings: inout [Diagnostic]
  ) {
    self.init(name: name, revision: revision)
    let bytes = KnownBytes(known)
    var order: [AnnotationID] = []
    var groups: [AnnotationID: [ToolboxFiles.File]] = [:]
    for file in toolbox.files {
      if groups[file.entities.map] == nil { order.append(file.entities.map) }
      groups[file.entities.map, default: []].append(file)
    }
    maps = order.map { Self.map($0, groups[$0] ?? [], toolbox.facts[$0], known[$0], bytes) }
    title = known.title
    caution = known.caution
    cite = known.cite
    renames = known.renames.filter { rename in
      order.contains { $0.source == rename.to.source && $0.desc == rename.to.desc }
    }
    atlases = toolbox.archives.compactMap { Self.atlas($0, known, bytes, &warnings) }
    takeReferences(toolbox, order, known, &warnings)
    warnings += Self.unmatched(toolbox, order, groups)
  }

  private static func map(
    _ id: AnnotationID, _ files: [ToolboxFiles.File], _ facts: ToolboxFiles.Facts?, _ known: CatalogMap?,
    _ bytes: KnownBytes
  ) -> CatalogMap {
    var tags: [String] = []
    for tag in files.flatMap(\.tags) where !tags.contains(tag) { tags.append(tag) }
    let own = files.map { file in
      CatalogFile(hemi: file.entities.hemi, origin: file.origin, checksums: bytes.completed(file.checksums))
    }
    let hasLicense = facts?.license != nil
    return CatalogMap(
      id: id, title: known?.title ?? facts?.title ?? files.compactMap(\.title).first, modality: known?.modality,
      measure: known?.measure, target: known?.target, n: facts?.n, age: facts?.age,
      license: hasLicense ? facts?.license : known?.license,
      licenseURL: hasLicense ? facts?.licenseURL : known?.licenseURL, primary: facts?.primary.map(\.key) ?? [],
      secondary: facts?.secondary.map(\.key) ?? [], note: known?.note ?? facts?.note, tags: tags,
      isRestricted: files.contains { $0.isRestricted },
      files: own.sorted { ($0.hemi?.rawValue ?? "") < ($1.hemi?.rawValue ?? "") })
  }

  /// Which files people get of an archive the toolbox has in its program, and not in these files.
  private static func atlas(
    _ archive: ToolboxFiles.Archive, _ known: MapCatalog, _ bytes: KnownBytes, _ warnings: inout [Diagnostic]
  ) -> CatalogAtlas? {
    guard let earlier = known.atlases.first(where: { $0.id == archive.id }) else {
      warnings.append(
        Diagnostic(
          .leftOut, "the atlas `\(archive.id)` is left out: no file tells what is in its archive", severity: .warning,
          at: archive.location, hints: ["list its members by hand, as docs/catalogs.md says"]))
      return nil
    }
    if !earlier.checksums.agrees(with: archive.checksums) {
      warnings.append(
        Diagnostic(
          .leftOut, "the archive of the atlas `\(archive.id)` has new bytes; its list of members is the earlier one",
          severity: .warning, at: archive.location, hints: ["look whether the archive holds other files now"]))
    }
    return CatalogAtlas(
      id: archive.id, archive: earlier.archive, origin: archive.origin,
      checksums: bytes.completed(archive.checksums), members: earlier.members)
  }

  private mutating func takeReferences(
    _ toolbox: ToolboxFiles, _ order: [AnnotationID], _ known: MapCatalog, _ warnings: inout [Diagnostic]
  ) {
    references = known.cite.compactMap { known.references[$0] }
    var seen = Set(references.map(\.key))
    var bare: [String] = []
    for citation in order.compactMap({ toolbox.facts[$0] }).flatMap({ $0.primary + $0.secondary }) {
      guard seen.insert(citation.key).inserted else { continue }
      if let reference = known.references[citation.key] {
        references.append(reference)
      } else {
        bare.append("`\(citation.key)`")
        // The toolbox has one text for all of it, which nobody can take apart for sure.
        references.append(Reference(key: citation.key, type: "misc", title: citation.text))
      }
    }
    guard !bare.isEmpty else { return }
    warnings.append(
      Diagnostic(
        .leftOut, "the papers of \(bare.count) keys have one text each, and no authors, year and journal",
        severity: .warning, notes: FolderListing.shown(bare),
        hints: ["write them into `references` by hand; neuromaps.bib of the toolbox has them"]))
  }

  /// Maps that only one of the two files has.
  private static func unmatched(
    _ toolbox: ToolboxFiles, _ order: [AnnotationID], _ groups: [AnnotationID: [ToolboxFiles.File]]
  ) -> [Diagnostic] {
    let unknown = order.filter { toolbox.facts[$0] == nil }.map { "`\($0)`" }
    let lost = toolbox.facts.keys.filter { groups[$0] == nil }.sorted()
    return [
      unknown.isEmpty
        ? nil
        : Diagnostic(
          .leftOut, "meta.json says nothing of \(unknown.count) maps of osf.json", severity: .warning,
          notes: FolderListing.shown(unknown)),
      lost.isEmpty
        ? nil
        : Diagnostic(
          .leftOut, "what meta.json says of \(lost.count) maps is left out: they have no files", severity: .warning,
          at: lost.first.flatMap { toolbox.places[$0] }, notes: FolderListing.shown(lost.map { "`\($0)`" })),
    ].compactMap { $0 }
  }
}

/// What an earlier catalog knows of bytes, by their MD5.
private struct KnownBytes {
  private let checksums: [MD5Digest: Checksums]

  init(_ catalog: MapCatalog) {
    let all = catalog.maps.flatMap { $0.files.map(\.checksums) } + catalog.atlases.map(\.checksums)
    checksums = Dictionary(
      all.compactMap { sums in sums.md5.map { ($0, sums) } }, uniquingKeysWith: { first, _ in first })
  }

  func completed(_ sums: Checksums) -> Checksums {
    guard let other = sums.md5.flatMap({ checksums[$0] }), other.agrees(with: sums) else { return sums }
    return sums.completed(by: other)
  }
}
