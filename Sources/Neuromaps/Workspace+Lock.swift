package import Catalog
internal import Dataset
package import Diagnostics
package import Project
internal import Store
package import Sync

/// What to do with earlier pins when locking.
package struct LockOptions: Sendable {
  /// Take new pins for all maps.
  package var upgradesAll = false
  /// Take new pins for the maps and atlases that match.
  package var upgrades: [ItemPattern] = []
  /// Ask OSF what it knows of the files.
  package var asksOrigins = true
  /// Only say what would change.
  package var isDryRun = false

  /// Keep every pin that still answers.
  package init() {}
}

/// What locking came to.
package struct LockResult: Sendable {
  /// The lock that answers the manifest.
  package let lock: Lockfile
  /// Against the lock that was there.
  package let difference: LockDifference
  /// Whether the file on disk has been, or would be, written.
  package let isNew: Bool
  /// What the person should know.
  package let warnings: [Diagnostic]
}

extension Workspace {
  /// Resolves the manifest and writes the lock if its bytes change.
  ///
  /// - Parameter observer: told what is asked of OSF.
  package func lock(
    _ options: LockOptions, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> LockResult {
    let result = try await resolvedLock(options, of: try requiredManifest(), observer: observer)
    if !options.isDryRun { _ = try write(result.lock) }
    return result
  }

  /// What `lock` would write for a manifest that may not be written yet; writes nothing.
  func resolvedLock(
    _ options: LockOptions, of manifest: SourceText, observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> LockResult {
    var warnings: [Diagnostic] = []
    let earlier = try earlierLock(&warnings)
    let resolution = try await resolve(manifest, previous: earlier, options, observer: observer)
    let items = resolution.lock.items + (earlier?.items ?? [])
    let wrong = options.upgrades.filter { pattern in !items.contains { pattern.matches($0) } }
    guard wrong.isEmpty else { throw NeuromapsFailure(.couldNot, wrong.map { notLocked($0, items) }) }
    return LockResult(
      lock: resolution.lock, difference: LockDifference(from: earlier, to: resolution.lock),
      isNew: try source(.lock)?.bytes != LockWriter.bytes(resolution.lock), warnings: warnings + resolution.warnings)
  }

  /// The lock, if it answers the manifest; reads nothing but these two files.
  package func checkedLock() throws(NeuromapsFailure) -> Lockfile {
    let manifest = try manifest()
    let lock = try requiredLock()
    if let diagnostic = staleness(of: lock, manifest) { throw NeuromapsFailure(.lockStale, [diagnostic]) }
    return lock
  }

  /// The lock, if it answers the manifest, compared with those of its catalogs that are on this machine; makes no
  /// request.
  ///
  /// - Throws: what is not as its catalog says; that maps are missing or too many, as after a merge that git made by
  ///   itself.
  package func auditedLock() async throws(NeuromapsFailure) -> LockAudit {
    let lock = try checkedLock()
    guard let source = try source(.lock) else { return LockAudit(lock, SourceText(name: "", bytes: []), catalogs: []) }
    let manifest = try manifest()
    let catalogs = await catalogsAtHand(manifest)
    let audit = LockAudit(lock, source, catalogs: catalogs)
    guard audit.findings.isEmpty else { throw NeuromapsFailure(.wrongInput, audit.findings) }
    let compared = catalogs.filter { audit.compared.contains($0.catalog.name) }
    if let gap = gap(between: lock, manifest, compared) { throw NeuromapsFailure(.lockStale, [gap]) }
    return audit
  }

  /// What a lock has that its manifest does not come to, or the other way around; nil where nothing is, or where its
  /// catalogs are not all here in the revisions that it names.
  private func gap(between lock: Lockfile, _ manifest: Manifest, _ catalogs: [LoadedCatalog]) -> Diagnostic? {
    guard catalogs.count == lock.catalogs.count else { return nil }
    let answer: Lockfile
    do throws(Findings) {
      // A lock that answers may be from before its data directory had what is known of its maps.
      answer = try Resolver.resolve(
        manifest, catalogs: catalogs, previous: lock, describing: manifest.metadata ?? (lock.metadata != nil)
      ).lock
    } catch {
      // An entry may be about a catalog that nothing is locked from.
      return nil
    }
    guard answer != lock else { return nil }
    let difference = LockDifference(from: lock, to: answer)
    let unused = lock.catalogs.map(\.name).filter { name in !answer.catalogs.contains { $0.name == name } }
    let notes =
      difference.added.map { "`\($0)` is asked for; the lock does not have it" }
      + difference.removed.map { "the lock has `\($0)`; nothing asks for it" }
      + (difference.changed + difference.amended).map { "`\($0)` is locked otherwise than it is asked for" }
      + unused.map { "the lock names the catalog `\($0)`; nothing is locked from it" }
      + Self.unused(of: lock, answer)
    return Diagnostic(
      .lockStale, "`\(Self.lockName)` is not what `\(Self.manifestName)` comes to", notes: Array(notes.prefix(10)),
      hints: ["git may have merged it so; run `neuromaps lock`, and commit the lock"])
  }

  private static func unused(of lock: Lockfile, _ answer: Lockfile) -> [String] {
    Set(lock.references).subtracting(answer.references).map(\.reference.key).sorted(by: precedes)
      .map { "the lock has the reference `\($0)`; nothing cites it so" }
  }

  /// Why a lock does not answer a manifest; nil when it does.
  func staleness(of lock: Lockfile, _ manifest: Manifest) -> Diagnostic? {
    let (wanted, locked) = (manifest.declarations, lock.declarations)
    guard wanted != locked else { return nil }
    let added = wanted.filter { !locked.contains($0) }.map { "the manifest has `\($0)`; the lock does not" }
    let removed = locked.filter { !wanted.contains($0) }.map { "the lock has `\($0)`; the manifest does not" }
    let all = added + removed
    let notes = Array(all.prefix(10)) + (all.count > 10 ? ["and \(all.count - 10) more differences"] : [])
    return Diagnostic(
      .lockStale, "`\(Self.lockName)` does not answer `\(Self.manifestName)`", notes: notes,
      hints: ["run `neuromaps lock`, and commit the lock"])
  }

  /// The lock that answers the manifest, keeping the pins of `previous` that still do.
  ///
  /// All problems of the manifest are reported in one run: those of its form and those of entries
  /// that match nothing.
  func resolve(
    _ source: SourceText, previous: Lockfile?, _ options: LockOptions,
    observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> Resolution {
    let (manifest, findings) = ManifestReader.readAll(source)
    var problems = findings
    if let manifest {
      do {
        let loaded = try await catalogs(manifest)
        let resolution = try Resolver.resolve(
          manifest, catalogs: loaded, previous: previous,
          upgrading: { item in options.upgradesAll || options.upgrades.contains { $0.matches(item) } })
        if problems.allSatisfy({ $0.severity == .warning }) {
          let lock = resolution.lock.completed(with: learned(previous), archives: learnedArchives(previous))
          let known = lock.completed(with: try unpacked(lock, previous, options))
          let (pinned, warnings) =
            options.asksOrigins ? try await pinned(known, observer: observer) : (known, [])
          return Resolution(
            lock: pinned, demands: resolution.demands, warnings: problems + resolution.warnings + warnings)
        }
      } catch {
        let failure = NeuromapsFailure(error)
        guard failure.reason == .wrongInput else { throw failure }
        problems += failure.diagnostics
      }
    }
    throw NeuromapsFailure(.wrongInput, problems.inOrderOfPlace)
  }

  /// The lock on disk; one that cannot be read is told of and passed over, unless it is of the future.
  private func earlierLock(_ warnings: inout [Diagnostic]) throws(NeuromapsFailure) -> Lockfile? {
    do throws(NeuromapsFailure) {
      return try lock()
    } catch {
      if let merged = try mergedLock(error.diagnostics) {
        warnings.append(merged.diagnostic)
        return merged.lock
      }
      guard error.reason == .wrongInput, !error.diagnostics.contains(where: { $0.code == .lockVersion }) else {
        throw error
      }
      warnings += error.diagnostics.map { diagnostic in
        var warning = diagnostic
        warning.severity = .warning
        warning.hints = ["the lock is written anew; its pins were not kept"]
        return warning
      }
      return nil
    }
  }

  /// The pins of both sides, if the lock has git's conflict markers; those that can be read, if it is wrong otherwise.
  private func mergedLock(_ findings: [Diagnostic]) throws(NeuromapsFailure) -> MergedLock? {
    guard let source = try source(.lock) else { return nil }
    do throws(Findings) {
      if let merged = try MergedLock(source) { return merged }
      return try MergedLock(source, findings)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Sizes and digests that were learned from bytes stay true wherever a pin did not move.
  private func learned(_ previous: Lockfile?) -> [DatasetPath: Checksums] {
    let known = (previous?.files ?? []).compactMap { file -> (DatasetPath, Checksums)? in
      guard case .download(_, let checksums) = file.content else { return nil }
      return (file.path, checksums)
    }
    return Dictionary(known, uniquingKeysWith: { first, _ in first })
  }

  private func learnedArchives(_ previous: Lockfile?) -> [AtlasID: Checksums] {
    Dictionary((previous?.atlases ?? []).map { ($0.id, $0.checksums) }, uniquingKeysWith: { first, _ in first })
  }

  /// What came out of an archive stays true as long as the archive is the same. For an atlas whose pins
  /// shall move the earlier lock is not asked, but the store, which has seen the archive itself.
  private func unpacked(
    _ lock: Lockfile, _ previous: Lockfile?, _ options: LockOptions
  ) throws -> [DatasetPath: Checksums] {
    var known: [DatasetPath: Checksums] = [:]
    for atlas in lock.atlases {
      let item = DatasetItem.atlas(atlas.id)
      guard let earlier = previous?.atlases.first(where: { $0.id == atlas.id }),
        earlier.checksums.agrees(with: atlas.checksums)
      else { continue }
      if options.upgrades.contains(where: { $0.matches(item) }) {
        known.merge(try store().listing(of: atlas.checksums)?.members ?? [:]) { first, _ in first }
      } else {
        for file in previous?.files ?? [] where file.item == item { known[file.path] = file.checksums }
      }
    }
    return known
  }
}

extension [Diagnostic] {
  /// Sorted by file and place; those without a place last.
  fileprivate var inOrderOfPlace: [Diagnostic] {
    enumerated().sorted { a, b in
      guard let x = a.element.location, let y = b.element.location else {
        return a.element.location != nil && b.element.location == nil || a.offset < b.offset
      }
      if x.file != y.file { return a.offset < b.offset }
      return x.span.start == y.span.start ? a.offset < b.offset : x.span.start < y.span.start
    }.map(\.element)
  }
}
