package import Dataset
package import Effects
package import SystemPackage

/// A data directory: the tree that people and other tools read, and `.neuromaps`, which is ours.
///
/// A path in it is absent, has exactly the expected bytes, or is a file that the user changed,
/// whatever is killed when: files appear by a rename only.
package struct DataFolder: Sendable {
  /// The directory.
  package let root: FilePath
  let files: any FileSystem
  /// What this project knows.
  let own: DataIndex
  /// What syncs of this project that did not end were about to place.
  let begun: [DataIndex]
  /// What the other projects know that share the directory.
  let others: [DataIndex]
  /// Files of other projects that cannot be read.
  package let unreadable: [FilePath]
  let project: String

  /// Opens a data directory, which need not exist, and reads what is known of it.
  ///
  /// - Parameter project: whose knowledge it is: a text that says the same wherever the project is moved to.
  package init(_ files: any FileSystem, at root: FilePath, for project: String = "") {
    self.files = files
    self.root = root
    self.project = project
    let path = Self.indexPath(root, project)
    var (indexes, unreadable) = Self.indexes(in: root, files)
    func isBegun(_ path: FilePath) -> Bool {
      path.lastComponent?.string.hasPrefix(Self.begunPrefix(project)) ?? false
    }
    let known = indexes.removeValue(forKey: path) ?? DataIndex()
    let rest = indexes.sorted { precedes($0.key.string, $1.key.string) }
    begun = rest.filter { isBegun($0.key) }.map(\.value)
    own = known.merging(begun)
    others = rest.filter { !isBegun($0.key) }.map(\.value)
    unreadable.removeAll { $0 == path || isBegun($0) }
    self.unreadable = unreadable
  }

  /// What all projects know, by file, and the files that cannot be read.
  static func indexes(
    in root: FilePath, _ files: any FileSystem
  ) -> (indexes: [FilePath: DataIndex], unreadable: [FilePath]) {
    var (indexes, unreadable) = ([FilePath: DataIndex](), [FilePath]())
    let folder = indexFolder(root)
    do throws(FileError) {
      for name in try files.names(in: folder).sorted() where !name.hasPrefix(".") {
        let path = folder.appending(name)
        if let index = read(path, files) { indexes[path] = index } else { unreadable.append(path) }
      }
    } catch {
      // Whatever is wrong with it, it only saves time: everything is hashed, and nothing is removed.
      unreadable.append(folder)
    }
    return (indexes, unreadable)
  }

  /// The index in a file; nil for one that cannot be read, or not whole.
  private static func read(_ path: FilePath, _ files: any FileSystem) -> DataIndex? {
    do throws(FileError) {
      guard let status = try files.status(path), status.kind == .file,
        let table = IndexTable(bytes: try files.read(path, limit: indexLimit))
      else { return nil }
      return DataIndex(table, written: status.modified)
    } catch {
      return nil
    }
  }

  /// An index of more bytes is not read.
  package static let indexLimit = 512 << 20

  /// The absolute path of a file.
  package func path(_ path: DatasetPath) -> FilePath { FilePath("\(root)/\(path.text)") }

  // MARK: Looking

  /// What is at a path; hashes only what has changed since it was last hashed.
  ///
  /// - Parameters:
  ///   - wanted: what the bytes must be; nil while nobody knows.
  ///   - trustingIndex: false to hash whatever the index says.
  package func observe(
    _ path: DatasetPath, expecting wanted: Checksums?, trustingIndex: Bool = true
  ) -> Observation {
    do throws(FileError) {
      return try look(path, expecting: wanted, trustingIndex: trustingIndex)
    } catch {
      return .unreadable(error)
    }
  }

  private func look(
    _ path: DatasetPath, expecting wanted: Checksums?, trustingIndex: Bool
  ) throws(FileError) -> Observation {
    let place = self.path(path)
    guard let status = try files.status(place) else { return .missing }
    guard status.kind == .file else { return try isStoreLink(place) ? .missing : .notAFile }
    guard let wanted else { return .unverified(size: status.size) }
    if trustingIndex, let entry = known(path, status) {
      // An index from before the lock knew the MD5 cannot answer for it.
      if entry.checksums.agrees(with: wanted) { return .matches(entry.completed(by: wanted)) }
      if wanted.sha256 != nil || entry.checksums.md5 != nil { return different(path, status, entry.checksums) }
    }
    let mayBeOurs = placed(path).contains { $0.status.size == status.size }
    if let size = wanted.size, size != status.size, !mayBeOurs { return .differs(size: status.size, nil) }
    let found = try hash(place, md5: wanted.sha256 == nil)
    guard found.checksums.agrees(with: wanted) else { return different(path, status, found.checksums) }
    var entry = found.completed(by: wanted)
    entry.isPlaced = ([own] + begun).contains { index in
      index.entries[path].map { $0.isPlaced && $0.checksums.agrees(with: wanted) } ?? false
    }
    return .matches(entry)
  }

  /// What is known of a file that is so now, by this project or another.
  private func known(_ path: DatasetPath, _ status: FileStatus) -> DataIndex.Entry? {
    if let entry = own.entry(path, status) { return entry }
    for other in others {
      guard var entry = other.entry(path, status) else { continue }
      entry.isPlaced = false
      return entry
    }
    return nil
  }

  /// Of a file with other bytes: whether they are what a project placed there for an earlier lock, and nobody wants
  /// any more.
  private func different(_ path: DatasetPath, _ status: FileStatus, _ found: Checksums) -> Observation {
    let isOutdated = placed(path).contains { $0.checksums.sha256 == found.sha256 } && mayForget(path)
    return isOutdated ? .outdated(found) : .differs(size: status.size, found)
  }

  /// What projects have placed at a path, this one first: what two share is put there by one of them.
  func placed(_ path: DatasetPath) -> [DataIndex.Entry] {
    ([own] + begun + others).compactMap { $0.entries[path] }.filter(\.isPlaced)
  }

  /// Whether no other project wants a file, as far as all of them can be read.
  func mayForget(_ path: DatasetPath) -> Bool { unreadable.isEmpty && wanting(path) == nil }

  /// The other project that wants a file, if one does.
  func wanting(_ path: DatasetPath) -> DataIndex? { others.first { $0.entries[path]?.isWanted == true } }

  /// Whether another project wants other bytes at a path.
  package func isWantedOtherwise(_ path: DatasetPath, than checksums: Checksums) -> Bool {
    others.contains { other in
      other.entries[path].map { $0.isWanted && !$0.checksums.agrees(with: checksums) } ?? false
    }
  }

  /// Whether a path is a link to an object of a store, as `--link-mode symlink` makes them, wherever that store is.
  func isStoreLink(_ path: FilePath) throws(FileError) -> Bool {
    guard let target = try files.linkTarget(path) else { return false }
    let parts = target.components.suffix(3).map(\.string)
    return parts.count == 3 && parts[0] == "sha256" && SHA256Digest(parts[1] + parts[2]) != nil
  }

  /// Size and digests of a file, with its status from before the first byte was read.
  func hash(_ path: FilePath, md5: Bool) throws(FileError) -> DataIndex.Entry {
    var hasher = ContentHasher(md5: md5)
    let status = try files.scan(path) { hasher.update($0) }
    return DataIndex.Entry(status: status, checksums: hasher.finish())
  }

  // MARK: Remembering

  /// What is to be remembered of the files; nil when that is nothing new.
  ///
  /// - Parameters:
  ///   - entries: files that have the wanted bytes.
  ///   - answer: the lock that all of them answer; nil for files that were asked for by themselves, or where not
  ///     all is in place.
  ///   - together: the answer for more groups of the same lock.
  ///   - isLocked: what the project wants; nil for files that were asked for by themselves.
  package func news(
    _ entries: [DatasetPath: DataIndex.Entry], answering answer: IndexedAnswer? = nil,
    together: (Set<String>) -> IndexedAnswer? = { _ in nil }, wanting isLocked: ((DatasetPath) -> Bool)? = nil
  ) throws(FileError) -> DataIndex? {
    // A racy entry that was not looked at again would be trusted in an index that is written now.
    let kept = own.entries.mapValues { own.isRacy($0) ? $0.untrusted : $0 }
    var index = DataIndex(kept, project: project, answer: answer)
    for (path, entry) in entries where entry.checksums.isComplete {
      var entry = entry
      entry.isWanted = true
      if let before = own.entries[path], before.isPlaced, before.checksums.agrees(with: entry.checksums) {
        entry.isPlaced = true
      }
      index.entries[path] = entry
    }
    if let isLocked {
      var isLess = false
      for (path, entry) in own.entries where entries[path] == nil {
        let isWanted = isLocked(path)
        index.entries[path]?.isWanted = isWanted
        let status = try files.status(self.path(path))
        // It may have given way, and come back as its successor could not be placed: that must be hashed to be known.
        if let status, !entry.describes(status), status.hasContent(of: entry.status) {
          index.entries[path] = index.entries[path]?.untrusted
          continue
        }
        // What is gone, or the user's by now, is no concern any more.
        let isThere = status.map { own.isRacy(entry) || entry.describes($0) } ?? false
        guard !isThere || !isWanted && !entry.isPlaced else { continue }
        index.entries[path] = nil
        isLess = isLess || isWanted
      }
      // What was brought for other groups is still there.
      if let answer, let earlier = own.answer, !isLess, earlier.lock == answer.lock {
        let groups = earlier.groups.union(answer.groups)
        index.answer = groups == earlier.groups ? earlier : together(groups) ?? answer
      }
    }
    let isRenewed = entries.contains { path, _ in own.entries[path].map(own.isRacy) ?? false }
    let isChanged = index.entries.count != own.entries.count || index.entries.contains { own.entries[$0] != $1 }
    return isRenewed || isChanged || !begun.isEmpty || isLocked != nil && index.answer != own.answer ? index : nil
  }

  /// Writes what is known of the files.
  ///
  /// A file changed within the same tick of the filesystem's clock in which its status was taken
  /// would look unchanged, so the writing waits until that clock has moved on, and leaves out what
  /// has another status by then. Where the clock does not move on, the reader does not trust such a file.
  package func remember(_ news: DataIndex, clock: any Clock<Duration>) async throws {
    var index = news
    index.folders = try ownFolders(of: index)
    let statuses = index.entries.values.map(\.status) + index.folders.values
    let newest = statuses.map(\.changed).filter { $0 < .max }.max() ?? 0
    try files.createFolder(drafts)
    try files.createFolder(Self.indexFolder(root))
    var turns = 0
    while true {
      let draft = try files.createDraft(in: drafts)
      defer { files.discard(draft) }
      guard let now = try files.status(draft.path)?.changed, now > newest || turns == 20 else {
        turns += 1
        try await clock.sleep(for: .milliseconds(3))
        continue
      }
      for (path, entry) in index.entries where own.entries[path] != entry && entry.status.changed < .max {
        guard try files.status(self.path(path)).map(entry.describes) != true else { continue }
        index.entries[path] = nil
        index.answer = nil
      }
      try files.append(index.bytes, to: draft)
      try files.publish(draft, as: Self.indexPath(root, project), replacing: true, isReadOnly: false)
      return try forgetBegun()
    }
  }

  // MARK: Layout of .neuromaps

  var drafts: FilePath { Self.own(root).appending("drafts") }
  var lockPath: FilePath { Self.lockPath(in: root) }
  var replaced: FilePath { Self.own(root).appending("replaced") }
  private static func own(_ root: FilePath) -> FilePath { root.appending(".neuromaps") }
  static func indexFolder(_ root: FilePath) -> FilePath { own(root).appending("projects") }

  /// What the one holds who changes the directory.
  package static func lockPath(in root: FilePath) -> FilePath { own(root).appending("lock") }

  /// Where a project's knowledge is.
  package static func indexPath(_ root: FilePath, _ project: String = "") -> FilePath {
    indexFolder(root).appending(ContentHasher.fileName(for: project))
  }
}
