internal import Catalog
internal import Citations
internal import Dataset
internal import Images
internal import Metadata
internal import Pictures
internal import Project
internal import Report
internal import Store

/// What a report tells, gathered from a lock, from what is there of it, and from what its maps look like. Pure.
struct ReportDraft {
  /// What is told of a lock.
  let lock: Lockfile
  private let states: [DatasetItem: [FileState]]
  private let catalogs: [String: MapCatalog]
  private let papers: LockedReferences

  /// A draft that knows no picture.
  ///
  /// - Parameters:
  ///   - lock: what of a lock is to be told of.
  ///   - states: what is there of it; more does no harm.
  ///   - catalogs: those at hand, for what the lock does not know.
  init(_ lock: Lockfile, _ states: [FileState], _ catalogs: [MapCatalog]) {
    self.lock = lock
    self.states = states.byItem
    self.catalogs = Dictionary(catalogs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    papers = LockedReferences(lock)
  }

  /// All there is to tell, with what maps look like.
  ///
  /// - Parameter drawn: those that were looked at.
  func contents(_ drawn: [AnnotationID: DrawnMap]) -> ReportContents {
    var contents = ReportContents(title: "neuromaps")
    contents.catalogs = reportedCatalogs
    contents.citations = citations
    contents.atlases = lock.atlases.map(reported)
    contents.maps = lock.maps.map { map in
      var reported = reported(map)
      if let drawn = drawn[map.id] {
        reported.show(drawn)
      } else {
        reported.drawing = .missing(because: "none was asked for")
      }
      return reported
    }
    contents.size = ReportedSize(of: contents.files)
    return contents
  }

  /// The catalogs behind what is told of.
  private var reportedCatalogs: [ReportedCatalog] {
    let used = Set(lock.maps.map(\.catalog) + lock.atlases.map(\.catalog))
    return lock.catalogs.filter { used.contains($0.name) }
      .map { ReportedCatalog(name: $0.name, revision: $0.revision, sha256: $0.sha256) }
  }

  /// What is to be cited, from the lock if it knows.
  private var citations: ReportedCitations? {
    guard !lock.maps.isEmpty else { return nil }
    let bibliography =
      lock.metadata == nil
      ? Workspace.bibliography(of: lock, in: CatalogSet(lock.catalogs.compactMap { catalogs[$0.name] }))
      : DescribedDataset(lock).bibliography
    func text(_ format: BibliographyFormat) -> String {
      let lines = format.lines(of: bibliography, listsAll: true)
      return lines.map { $0 + "\n" }.joined()
    }
    let hasPapers = !bibliography.references.isEmpty
    return ReportedCitations(
      text: text(.text), bibtex: hasPapers ? text(.bibtex) : "", csl: hasPapers ? text(.cslJSON) : "",
      notes: bibliography.cautions.map { "\($0.catalog): \($0.text)" })
  }

  // MARK: Maps

  /// A map with its facts and files; what it looks like is nobody's knowledge yet.
  private func reported(_ map: LockedMap) -> ReportedMap {
    let own = states[.map(map.id)] ?? []
    let known = catalogs[map.catalog]?[map.id]
    let facts = map.facts ?? known.map(MapFacts.init)
    var reported = ReportedMap(id: map.id, catalog: map.catalog, state: ReportedState(own))
    reported.title = facts?.title
    reported.modality = facts?.modality
    reported.measure = facts?.measure
    reported.target = facts?.target
    reported.people = facts?.n
    reported.age = facts?.age
    reported.note = facts?.note
    // A lock has no tags: what they say changes no byte.
    reported.tags = known?.tags ?? []
    reported.license = map.statedLicense.map { ReportedLicense(name: $0, address: facts?.licenseURL) }
    reported.groups = map.groups
    reported.isRestricted = map.isRestricted
    reported.files = own.map { file($0, in: nil) }
    reported.size = ReportedSize(of: reported.files)
    (reported.references, reported.background) = references(of: map, known)
    return reported
  }

  private func references(
    of map: LockedMap, _ known: CatalogMap?
  ) -> (primary: [ReportedReference], secondary: [ReportedReference]) {
    guard map.facts == nil else {
      return (papers.primary(of: map).map(Self.reference), papers.secondary(of: map).map(Self.reference))
    }
    func found(_ keys: [String]?) -> [ReportedReference] {
      (keys ?? []).compactMap { catalogs[map.catalog]?.references[$0] }.map(Self.reference)
    }
    return (found(known?.primary), found(known?.secondary))
  }

  private static func reference(_ paper: Reference) -> ReportedReference {
    let line = CitationLine(paper)
    return ReportedReference(text: line.body, address: line.doi?.url ?? line.url)
  }

  // MARK: Atlases and files

  /// An atlas with its files.
  private func reported(_ atlas: LockedAtlas) -> ReportedAtlas {
    let own = states[.atlas(atlas.id)] ?? []
    var reported = ReportedAtlas(id: atlas.id, state: ReportedState(own))
    reported.files = own.map { file($0, in: atlas) }
    reported.size = ReportedSize(of: reported.files)
    return reported
  }

  private func file(_ state: FileState, in atlas: LockedAtlas?) -> ReportedFile {
    let file = state.file
    let checksums = state.found.map { found in file.checksums?.completed(by: found) ?? found } ?? file.checksums
    let origin = file.origin ?? atlas?.origin
    let words = atlas.map { "\($0.archive), \($0.origin)" } ?? origin?.description
    return ReportedFile(
      path: file.path, size: checksums?.size.map(ReportedSize.init), checksums: checksums, origin: words ?? "",
      address: origin?.publicAddress)
  }
}

extension ReportedState {
  /// What there is to say of some files together.
  init(_ states: [FileState]) {
    let all = states.map { state -> ReportedState in
      switch state.observation {
      case .matches: .there
      case .missing: .missing
      case .differs, .outdated, .notAFile: .changed
      case .unverified, .unreadable: .unchecked
      }
    }
    let order: [ReportedState] = [.changed, .missing, .unchecked]
    self = order.first { all.contains($0) } ?? .there
  }
}

extension ReportedSize {
  /// A number of bytes as `sync` tells it.
  init(_ bytes: Int64) { self.init(bytes: bytes, text: ByteCount(bytes).description) }

  /// The size of some files together; nil unless all are known.
  init?(of files: [ReportedFile]) {
    let sizes = files.compactMap { $0.size?.bytes }
    guard sizes.count == files.count, !files.isEmpty else { return nil }
    self.init(sizes.reduce(0) { $0.addingReportingOverflow($1).partialValue })
  }
}
