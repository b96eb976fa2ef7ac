internal import Catalog
package import Dataset
package import Diagnostics
internal import Effects
package import Project
internal import Report
internal import Store
internal import Sync
internal import SystemPackage

/// What a report is to tell.
package struct ReportOptions: Sendable {
  /// Which sets of the manifest.
  package var groups = GroupSelection.main
  /// What it is called; else as the project's folder.
  package var title: String?
  /// What makes it: `neuromaps 1.0.0`.
  package var program: String?
  /// Whether maps are drawn, and their files read.
  package var drawsMaps = true

  /// The main set, with pictures.
  package init() {}
}

/// A page, and what is on it.
package struct ReportResult: Sendable {
  /// The file.
  package let page: [UInt8]
  /// How many maps it tells of.
  package let maps: Int
  /// How many atlases.
  package let atlases: Int
  /// How many files these have.
  package let files: Int
  /// How many maps are drawn.
  package let pictures: Int
  /// Maps that were to be drawn and are not, with the reasons.
  package let undrawn: [(map: AnnotationID, reason: String)]
  /// What `verify` would print if nothing was changed behind the index; nil unless each file is right.
  package let treeDigest: SHA256Digest?
  /// What the person should know.
  package let warnings: [Diagnostic]
}

extension Workspace {
  /// The name of a page that was given none.
  package static let reportName = "neuromaps-report.html"

  /// Where a page is to be written: the file that is named, in a folder that is named, or in the project's.
  ///
  /// - Parameters:
  ///   - output: a file or a folder as a person wrote it; nil for the project's folder.
  ///   - overwriting: whether a file that is no page of this program gives way.
  package func reportFile(_ output: String?, overwriting: Bool) throws(NeuromapsFailure) -> OutputFile {
    try self.output(
      try reportPath(output), overwriting: overwriting, limit: ReportPage.markLimit, isOwn: ReportPage.isPage)
  }

  private func reportPath(_ output: String?) throws(NeuromapsFailure) -> FilePath {
    guard let output else { return try requiredProject().appending(Self.reportName) }
    let path = try Self.place(output, world.environment)
    do throws(FileError) {
      return try world.files.status(path)?.kind == .folder ? path.appending(Self.reportName) : path
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// One page of HTML that tells of the lock, of what is there of it, and of how its maps look. Makes no request.
  ///
  /// The same lock, files and catalogs at hand give the same bytes.
  ///
  /// - Parameter options: what is to be told.
  package func report(_ options: ReportOptions) async throws(NeuromapsFailure) -> ReportResult {
    let manifest = try manifest(for: .frozen)
    let whole = try requiredLock()
    try checkGroups(of: options.groups, in: whole, manifest)
    let lock = whole.selecting(LockSelection(groups: options.groups))
    let observed = try await observed(whole, .all, manifest)
    let items = Set(lock.items + [.dataset])
    let states = observed.files.filter { items.contains($0.file.item) }
    var catalogs: [LoadedCatalog] = [.builtin]
    if let manifest { catalogs = await catalogsAtHand(manifest) }
    let draft = ReportDraft(lock, states, catalogs.map(\.catalog))
    let drawn = options.drawsMaps ? try await drawings(of: lock, observed.files, in: observed.root) : [:]
    let digest = Self.treeDigest(states)
    var contents = draft.contents(drawn)
    contents.title = options.title ?? project?.lastComponent?.string ?? contents.title
    contents.program = options.program
    contents.lockDigest = "sha256:\(ContentHasher.sha256(LockWriter.bytes(whole)))"
    contents.treeDigest = digest.map { "sha256:\($0)" }
    var warnings = Self.gaps(in: contents)
    if let manifest, var stale = staleness(of: whole, manifest) {
      stale.severity = .warning
      warnings.insert(stale, at: 0)
      contents.warnings = ["\(stale.message.withoutTicks): the page tells of the lock as it is"]
    }
    let undrawn = lock.maps.compactMap { map -> (map: AnnotationID, obstacle: PictureObstacle)? in
      if case .failure(let obstacle)? = drawn[map.id]?.picture { (map.id, obstacle) } else { nil }
    }
    // Of what is missing or changed is warned once for all.
    warnings += undrawn.filter { $0.obstacle != .missing && $0.obstacle != .changed }.map { map, obstacle in
      var diagnostic = obstacle.diagnostic(map.description)
      diagnostic.severity = .warning
      return diagnostic
    }
    return ReportResult(
      page: ReportPage(contents).bytes, maps: contents.maps.count, atlases: contents.atlases.count,
      files: contents.files.count, pictures: drawn.count - undrawn.count,
      undrawn: undrawn.map { ($0.map, $0.obstacle.words) }, treeDigest: digest, warnings: warnings)
  }

  /// Each map's values are held only while it is drawn.
  private func drawings(
    of lock: Lockfile, _ states: [FileState], in root: FilePath
  ) async throws(NeuromapsFailure) -> [AnnotationID: DrawnMap] {
    let (files, own) = (world.files, states.byItem)
    do {
      let drafts = lock.maps.map { PictureDraft($0.id, own[.map($0.id)] ?? [], in: root) }
      let wanted = drafts.filter { $0.obstacle == nil }.compactMap(\.map)
      let shelf = try await MeshShelf.filled(for: wanted, from: states, in: root, files, jobs: drawers)
      let drawn = try await boundedMap(drafts, limit: drawers) { draft in
        if let obstacle = draft.obstacle { return DrawnMap(obstacle) }
        return await BlockingWork.run {
          DrawnMap(
            draft.images, name: draft.name, on: draft.map.flatMap { shelf[$0] }, withColorBar: false, files)
        }
      }
      return Dictionary(zip(lock.maps.map(\.id), drawn), uniquingKeysWith: { first, _ in first })
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// What is not there, or not right, in one warning each.
  private static func gaps(in contents: ReportContents) -> [Diagnostic] {
    func items(_ state: ReportedState) -> [String] {
      contents.maps.filter { $0.state == state }.map(\.id.description)
        + contents.atlases.filter { $0.state == state }.map(\.id.description)
    }
    func warning(_ code: DiagnosticCode, _ names: [String], _ words: String, hint: String) -> Diagnostic? {
      guard let first = names.first else { return nil }
      let rest = names.count > 10 ? ["and \(names.count - 10) more"] : []
      return Diagnostic(
        code, "files of \(names.count == 1 ? "`\(first)`" : "\(names.count) maps or atlases") \(words)",
        severity: .warning, notes: names.count == 1 ? [] : names.prefix(10) + rest, hints: [hint])
    }
    return [
      warning(
        .missing, items(.missing), "are missing", hint: "`neuromaps sync` brings them; then write the page again"),
      warning(
        .differs, items(.changed), "are not the locked ones",
        hint: "`neuromaps sync` tells which; `neuromaps sync --repair` sets them aside and brings the locked ones"),
      warning(
        .unverified, items(.unchecked), "are there and cannot be checked", hint: "`neuromaps status` tells which"),
    ].compactMap { $0 }
  }
}
