internal import Dataset
internal import Effects
internal import Project
package import Store
internal import Sync
package import SystemPackage

/// How a data directory stands that is known to answer its lock.
package struct Standing: Sendable {
  /// The lock that it answers.
  package let answer: IndexedAnswer
  /// The data directory.
  package let folder: FilePath
}

/// Knowing that there is nothing to do, without reading the lock or any map.
extension Workspace {
  /// How the data directory stands, if it can be told from what the last sync has written down: the lock's bytes are
  /// the same, it answers the manifest, and no file has been changed since. Nil when that is not so, or not known.
  ///
  /// - Parameters:
  ///   - options: how a sync would treat the lock.
  ///   - allowsExtra: whether there may be files below annotations/ and atlases/ that the lock does not have.
  /// - Throws: what is wrong with the manifest.
  package func standing(
    _ options: SyncOptions, allowsExtra: Bool = true
  ) async throws(NeuromapsFailure) -> Standing? {
    guard project != nil, !options.policy.repairs else { return nil }
    let manifest = try manifest(for: options.mode)
    let root = try dataPath(manifest)
    do {
      let name = indexName(ofProjectAt: root)
      let path = DataFolder.indexPath(root, name)
      guard let status = try world.files.status(path), status.kind == .file,
        case (let table?, let lock?) = try await indexAndLock(path, status.size), let answer = table.answer,
        lock == answer.lock, table.project == name,
        try !options.policy.prunes || !table.hasLeftovers && DataFolder.begun(in: root, name, world.files).isEmpty,
        answers(options.selection, answer, manifest)
      else { return nil }
      if options.mode != .frozen {
        guard let manifest, IndexedAnswer.digest(of: manifest.declarations) == answer.declarations else { return nil }
      }
      func isStillSo(_ kind: FileStatus.Kind) async throws -> Bool {
        try await self.isStillSo(table, kind, in: root, written: status.modified)
      }
      guard try await isStillSo(.file) else { return nil }
      if !allowsExtra {
        let isUntouched = table.knowsFolders ? try await isStillSo(.folder) : false
        guard try isUntouched || table.wants(DataFolder.mapPaths(in: root, world.files)) else { return nil }
      }
      return Standing(answer: answer, folder: root)
    } catch {
      // Whatever cannot be read is told of by who needs it.
      return nil
    }
  }

  /// Whether what a directory answers is all that is wanted, or more.
  private func answers(_ selection: LockSelection, _ answer: IndexedAnswer, _ manifest: Manifest?) -> Bool {
    guard selection.patterns.isEmpty else { return false }
    switch selection.groups {
    case .named(let names): return answer.groups.isSuperset(of: names)
    // Which groups a lock has stands in it, and it is not read here; but if it answers the manifest it has the same.
    case .all:
      guard let manifest, IndexedAnswer.digest(of: manifest.declarations) == answer.declarations else { return false }
      return answer.groups.isSuperset(of: manifest.groups.map(\.name))
    }
  }

  /// What is known of the directory, and the digest of the lock; large ones are read at the same time.
  private func indexAndLock(_ index: FilePath, _ size: Int64) async throws -> (IndexTable?, SHA256Digest?) {
    guard size > 1 << 20 else { return (try readIndex(index), try lockDigest()) }
    async let digest = lockDigest()
    let table = try readIndex(index)
    return (table, try await digest)
  }

  private func readIndex(_ path: FilePath) throws -> IndexTable? {
    IndexTable(bytes: try world.files.read(path, limit: DataFolder.indexLimit))
  }

  /// Of the lock's bytes; nil when there is no lock.
  private func lockDigest() throws -> SHA256Digest? {
    let lock = try requiredProject().appending(Self.lockName)
    guard try world.files.status(lock)?.kind == .file else { return nil }
    var hasher = ContentHasher(md5: false)
    _ = try world.files.scan(lock) { hasher.update($0) }
    return hasher.finish().sha256
  }

  /// How the data directory stands if `status` would find nothing to tell; nil when it might, or that is not known.
  package func cleanStanding(_ groups: GroupSelection = .main) async throws(NeuromapsFailure) -> Standing? {
    var options = SyncOptions()
    options.selection.groups = groups
    // As `status` does, which tells of a manifest that is wrong only when it cannot do without.
    options.mode = .frozen
    guard let standing = try await standing(options, allowsExtra: false),
      let manifest = try manifest(for: .frozen),
      IndexedAnswer.digest(of: manifest.declarations) == standing.answer.declarations
    else { return nil }
    return standing
  }

  private func isStillSo(
    _ table: IndexTable, _ kind: FileStatus.Kind, in root: FilePath, written: Int64
  ) async throws -> Bool {
    let files = world.files
    // For a few files it takes longer to start a thread.
    guard table.count > Self.part else {
      return try table.isStillSo(0..<table.count, kind, in: root, written: written, files)
    }
    let parts = stride(from: 0, to: table.count, by: Self.part).map { $0..<min($0 + Self.part, table.count) }
    return try await boundedMap(parts, limit: settings.jobs) { part in
      try table.isStillSo(part, kind, in: root, written: written, files)
    }.allSatisfy { $0 }
  }

  /// So many files are looked at in one go.
  private static let part = 2048
}
