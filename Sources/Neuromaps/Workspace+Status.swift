package import Catalog
package import Dataset
package import Diagnostics
internal import Effects
package import Project
package import Store
package import Sync
package import SystemPackage

/// A locked file with what is at its path.
package struct FileState: Sendable {
  /// The file.
  package let file: LockedFile
  /// What is there.
  package let observation: Observation

  /// Whether it has the locked bytes.
  package var isRight: Bool { if case .matches = observation { true } else { false } }

  /// What is known of the locked bytes that are there.
  var found: Checksums? { if case .matches(let entry) = observation { entry.checksums } else { nil } }
}

extension Sequence<FileState> {
  /// The files of each map and atlas, without metadata.
  var byItem: [DatasetItem: [FileState]] { Dictionary(grouping: filter { !$0.file.isMetadata }, by: \.file.item) }
}

/// What is there of a part of a lock.
struct ObservedLock {
  /// Every file of it, and of the metadata that comes with it, by path.
  let files: [FileState]
  /// The metadata that comes with the whole lock.
  let metadata: [LockedFile]
  /// The data directory.
  let root: FilePath
}

/// How the data directory stands against the lock.
package struct StatusResult: Sendable {
  /// Every file of the lock, and of the metadata that comes with it, by path.
  package let files: [FileState]
  /// Files below annotations/ and atlases/ that the lock does not have, sorted.
  package let extra: [String]
  /// Why the lock does not answer the manifest, if it does not.
  package let staleness: Diagnostic?
  /// The data directory.
  package let folder: FilePath

  /// Whether there is nothing to tell.
  package var isClean: Bool { extra.isEmpty && files.allSatisfy(\.isRight) }
}

/// What hashing every file came to.
package struct VerifyResult: Sendable {
  /// Every file of the lock, and of the metadata that comes with it, by path.
  package let files: [FileState]
  /// Over all files; nil unless each is right.
  package let treeDigest: SHA256Digest?
  /// The data directory.
  package let folder: FilePath
}

extension Workspace {
  /// What of the lock is missing, changed and extra; hashes only what has changed on disk since it was hashed.
  package func status(_ groups: GroupSelection = .main) async throws(NeuromapsFailure) -> StatusResult {
    let manifest = try manifest(for: .frozen)
    let lock = try requiredLock()
    try checkGroups(of: groups, in: lock, manifest)
    let observed = try await observed(lock, groups, manifest)
    do throws(FileError) {
      let locked = Set((lock.files + observed.metadata).map(\.path.text))
      let extra = try DataFolder.mapPaths(in: observed.root, world.files)
      return StatusResult(
        files: observed.files, extra: extra.filter { !locked.contains($0) },
        staleness: manifest.flatMap { staleness(of: lock, $0) }, folder: observed.root)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Hashes every file that is wanted of the lock.
  ///
  /// - Parameter observer: told how many have been hashed.
  package func verify(
    _ groups: GroupSelection = .main, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> VerifyResult {
    let manifest = try manifest(for: .frozen)
    let lock = try requiredLock()
    try checkGroups(of: groups, in: lock, manifest)
    let observed = try await observed(lock, groups, manifest, trustingIndex: false, observer: observer)
    return VerifyResult(
      files: observed.files, treeDigest: Self.treeDigest(observed.files), folder: observed.root)
  }

  /// What is there of the part of a lock that is wanted, and of the metadata that comes with it.
  ///
  /// - Parameters:
  ///   - trustingIndex: whether only what has changed on disk is hashed.
  ///   - observer: told how many have been hashed, if all are.
  func observed(
    _ lock: Lockfile, _ groups: GroupSelection, _ manifest: Manifest?, trustingIndex: Bool = true,
    observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> ObservedLock {
    do {
      let root = try dataPath(manifest)
      let folder = DataFolder(world.files, at: root, for: indexName(ofProjectAt: root))
      let metadata = self.metadata(of: lock, manifest, in: folder)
      let selected = lock.selecting(LockSelection(groups: groups))
      let wanted = selected.described(by: metadata.describing(selected))
      let files = try await Synchronizer.observe(
        wanted, in: folder, trustingIndex: trustingIndex, jobs: settings.jobs, observer: observer)
      return ObservedLock(files: files.map(FileState.init), metadata: metadata, root: root)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// The SHA-256 of what `sha256sum` prints for the files in the order of their paths, so that anyone
  /// can reckon it.
  static func treeDigest(_ files: [FileState]) -> SHA256Digest? {
    var text = ""
    for state in files {
      guard let digest = state.found?.sha256 else { return nil }
      text += "\(digest)  \(state.file.path)\n"
    }
    return ContentHasher.sha256(Array(text.utf8))
  }

  /// Absolute paths of locked maps and atlases, in the order asked for; each pattern must match one at
  /// least.
  package func paths(
    _ patterns: [ItemPattern]
  ) throws(NeuromapsFailure) -> (paths: [(item: DatasetItem, paths: [String])], problems: [Diagnostic]) {
    let manifest = try manifest(for: .frozen)
    let lock = try requiredLock()
    let root = try dataPath(manifest)
    var problems: [Diagnostic] = []
    var found: [(DatasetItem, [String])] = []
    for pattern in patterns {
      let files = lock.files.filter { pattern.matches($0.item) }
      if files.isEmpty { problems.append(notLocked(pattern, lock.items)) }
      for item in Set(files.map(\.item)).sorted() where !found.contains(where: { $0.0 == item }) {
        found.append((item, files.filter { $0.item == item }.map { root.pushing(FilePath($0.path.text)).string }))
      }
    }
    do {
      for path in found.flatMap(\.1) where try world.files.status(FilePath(path)) == nil {
        problems.append(Diagnostic(.missing, "`\(path)` is missing", hints: ["`neuromaps sync` brings it"]))
      }
    } catch {
      throw NeuromapsFailure(error)
    }
    return (found, problems)
  }

  /// A pattern that matches nothing that a lock has.
  func notLocked(_ pattern: ItemPattern, _ items: [DatasetItem]) -> Diagnostic {
    let densities = items.map(\.description).filter { $0.hasPrefix("\(pattern)/") }
    if case .atlas = pattern, !densities.isEmpty {
      return Diagnostic(
        .noSuchMap, "the lock has no atlas `\(pattern)`",
        hints: [ResolverHints.atlas(pattern.description, among: densities)])
    }
    let near = Suggestion.nearest(to: pattern.description, among: items.map(\.description))
    let kind = if case .map = pattern { "map" } else { "atlas" }
    return Diagnostic(
      .noSuchMap, "the lock has no \(kind) `\(pattern)`",
      hints: [near.map { "did you mean `\($0)`?" } ?? "`neuromaps status -v` lists what is locked"])
  }
}
