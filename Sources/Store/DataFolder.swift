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
  private let files: any FileSystem
  private let known: DataIndex

  /// Opens a data directory, which need not exist, and reads its index.
  package init(_ files: any FileSystem, at root: FilePath) {
    self.files = files
    self.root = root
    let index = Self.indexPath(root)
    do throws(FileError) {
      let isThere = try files.status(index)?.kind == .file
      known = isThere ? DataIndex(bytes: try files.read(index, limit: 512 << 20)) : DataIndex()
    } catch {
      // Whatever is wrong with it, it only saves time: everything is hashed.
      known = DataIndex()
    }
  }

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
    guard status.kind == .file else { return .notAFile }
    guard let wanted else { return .unverified(size: status.size) }
    if trustingIndex, let entry = known.entries[path], entry.status == status {
      // An index from before the lock knew the MD5 cannot answer for it.
      if entry.checksums.agrees(with: wanted) { return .matches(entry.completed(by: wanted)) }
      if wanted.sha256 != nil || entry.checksums.md5 != nil { return .differs(size: status.size, entry.checksums) }
    }
    if let size = wanted.size, size != status.size { return .differs(size: status.size, nil) }
    let found = try hash(place, md5: wanted.sha256 == nil)
    guard found.checksums.agrees(with: wanted) else { return .differs(size: status.size, found.checksums) }
    return .matches(found.completed(by: wanted))
  }

  /// Size and digests of a file, with its status from before the first byte was read.
  private func hash(_ path: FilePath, md5: Bool) throws(FileError) -> DataIndex.Entry {
    var hasher = ContentHasher(md5: md5)
    let status = try files.scan(path) { hasher.update($0) }
    return DataIndex.Entry(status: status, checksums: hasher.finish())
  }

  /// Every file below a folder of the directory, relative to it, sorted; dot-files aside.
  ///
  /// Links are not followed, as they may lead anywhere: one counts as a file. The names may be any
  /// that the filesystem allows.
  package func paths(below folder: String) throws(FileError) -> [String] {
    var found: [String] = []
    var open = [folder]
    while let next = open.popLast() {
      guard let names = try readableNames(in: next) else {
        found.append(next)
        continue
      }
      for name in names where !name.hasPrefix(".") {
        let path = "\(next)/\(name)"
        let place = root.pushing(FilePath(path))
        let isFolder = try files.status(place)?.kind == .folder
        if isFolder, try !files.isLink(place) { open.append(path) } else { found.append(path) }
      }
    }
    return found.sorted(by: precedes)
  }

  /// Nil for a folder that belongs to others.
  private func readableNames(in folder: String) throws(FileError) -> [String]? {
    do throws(FileError) {
      return try files.names(in: root.pushing(FilePath(folder)))
    } catch {
      guard error.reason == .permissionDenied else { throw error }
      return nil
    }
  }

  // MARK: Changing

  /// A copy of an object, ready to be published at its path.
  package struct PreparedFile: Sendable {
    /// The copy and its path.
    package let publication: Publication
    private let before: FileStatus?
    private let checksums: Checksums

    fileprivate init(_ publication: Publication, _ before: FileStatus?, _ checksums: Checksums) {
      self.publication = publication
      self.before = before
      self.checksums = checksums
    }

    /// What to remember of it once it is published, by what is at its path then: only the file that was just
    /// written may be remembered as having these bytes.
    fileprivate func entry(_ after: FileStatus?) -> DataIndex.Entry? {
      guard let before, let after, before.inode == after.inode, before.size == after.size,
        before.modified == after.modified
      else { return nil }
      return DataIndex.Entry(status: after, checksums: checksums)
    }
  }

  /// Copies bytes for a path, and changes nothing there yet.
  ///
  /// - Parameters:
  ///   - wanted: what the bytes must be.
  ///   - verifying: whether they are hashed first.
  /// - Returns: nil when the object is gone, or its bytes turned out not to be the wanted ones.
  package func prepare(
    _ object: StoredObject, at path: DatasetPath, expecting wanted: Checksums, verifying: Bool
  ) throws(FileError) -> PreparedFile? {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    try files.createFolder(drafts)
    guard let draft = try draft(of: object, for: target) else { return nil }
    do throws(FileError) {
      if verifying, !(try hash(draft.path, md5: wanted.sha256 == nil)).checksums.agrees(with: wanted) {
        files.discard(draft)
        return nil
      }
      let publication = Publication(draft, as: target, replacing: false)
      return PreparedFile(publication, try files.status(draft.path), object.checksums.completed(by: wanted))
    } catch {
      files.discard(draft)
      throw error
    }
  }

  /// Bytes that have come, themselves ready to be published at a path; nil where they are on another filesystem
  /// and must be copied.
  package func prepare(
    _ intake: ObjectIntake, at path: DatasetPath, as checksums: Checksums
  ) throws(FileError) -> PreparedFile? {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    guard files.isOneFilesystem(intake.draft.path, target.removingLastComponent()) else { return nil }
    let publication = Publication(intake.draft, as: target, replacing: false)
    return PreparedFile(publication, try files.status(intake.draft.path), checksums)
  }

  /// Lets go of what was prepared, and says what to remember of a file that was published.
  ///
  /// - Parameter intake: what holds the bytes, if they came just now and are no copy.
  package func conclude(
    _ file: PreparedFile, isPublished: Bool, of intake: ObjectIntake? = nil
  ) throws(FileError) -> DataIndex.Entry? {
    if let intake {
      isPublished ? intake.close() : intake.discard()
    } else {
      files.discard(file.publication.draft)
    }
    return isPublished ? file.entry(try files.status(file.publication.target)) : nil
  }

  /// Brings an object to a path; `fileExists` is thrown for what turns up there.
  ///
  /// - Parameters:
  ///   - settingAside: whether a file that is there gives way: it moves to `.neuromaps/replaced`,
  ///     once the new one is ready, and back if that cannot be placed.
  /// - Returns: nil as `prepare` does; then the path is as it was.
  package func place(
    _ object: StoredObject, at path: DatasetPath, expecting wanted: Checksums, settingAside: Bool, verifying: Bool
  ) throws(FileError) -> Placement? {
    guard let file = try prepare(object, at: path, expecting: wanted, verifying: verifying) else { return nil }
    let aside: FilePath?
    do throws(FileError) {
      aside = settingAside ? try setAside(path) : nil
      do throws(FileError) { try files.publish(file.publication) } catch {
        if let aside { try files.rename(aside, to: file.publication.target, replacing: false) }
        throw error
      }
    } catch {
      files.discard(file.publication.draft)
      throw error
    }
    return Placement(setAside: aside, entry: try conclude(file, isPublished: true))
  }

  /// A file that has been brought to its path.
  package struct Placement: Sendable {
    /// Where the file is that was there before.
    package let setAside: FilePath?
    /// What to remember of it; nil if somebody changed it at once.
    package let entry: DataIndex.Entry?
  }

  /// A copy of an object; nil when another process has taken the object out of the store.
  private func draft(of object: StoredObject, for target: FilePath) throws(FileError) -> Draft? {
    do throws(FileError) {
      return try files.createDraft(in: drafts, copying: object.path)
    } catch {
      guard error.operation == .read, error.reason == .noSuchFileOrDirectory else { throw error.naming(target) }
      return nil
    }
  }

  private func setAside(_ path: DatasetPath) throws(FileError) -> FilePath? {
    let place = self.path(path)
    guard let status = try files.status(place) else { return nil }
    let folder = Self.own(root).appending("replaced")
    try files.createFolder(folder)
    var number = status.modified
    while true {
      let target = folder.appending("\(number)-\(path.fileName)")
      do throws(FileError) {
        try files.rename(place, to: target, replacing: false)
        return target
      } catch {
        guard error.reason == .fileExists else { throw error }
        number += 1
      }
    }
  }

  /// Removes what writers that died have left, where that is allowed.
  package func sweep() throws(FileError) {
    do throws(FileError) {
      if try !files.names(in: drafts).isEmpty { try files.sweepDrafts(in: drafts) }
    } catch {
      guard [.permissionDenied, .notPermitted, .readOnlyFileSystem].contains(error.reason) else { throw error }
    }
  }

  // MARK: Remembering

  /// Writes the index if there is anything new in `entries`; what it has of other files is kept.
  ///
  /// A file changed within the same tick of the filesystem's clock in which its status was taken
  /// would look unchanged, so the writing waits until that clock has moved on, and leaves out what
  /// has another status by then.
  package func remember(_ entries: [DatasetPath: DataIndex.Entry], clock: any Clock<Duration>) async throws {
    let fresh = entries.filter { $0.value.checksums.isComplete && known.entries[$0.key] != $0.value }
    guard !fresh.isEmpty else { return }
    let newest = fresh.values.map(\.status.changed).max() ?? 0
    try files.createFolder(drafts)
    for _ in 0..<20 {
      let draft = try files.createDraft(in: drafts)
      defer { files.discard(draft) }
      guard let now = try files.status(draft.path)?.changed, now > newest else {
        try await clock.sleep(for: .milliseconds(3))
        continue
      }
      var index = known
      for (path, entry) in fresh {
        index.entries[path] = try files.status(self.path(path)) == entry.status ? entry : nil
      }
      try files.append(index.bytes, to: draft)
      return try files.publish(draft, as: Self.indexPath(root), replacing: true, isReadOnly: false)
    }
  }

  // MARK: Layout of .neuromaps

  private var drafts: FilePath { Self.own(root).appending("drafts") }
  private static func own(_ root: FilePath) -> FilePath { root.appending(".neuromaps") }
  private static func indexPath(_ root: FilePath) -> FilePath { own(root).appending("index") }
}
