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
  package init(_ files: any FileSystem, at root: FilePath) throws(FileError) {
    self.files = files
    self.root = root
    let index = Self.indexPath(root)
    let isThere = try files.status(index)?.kind == .file
    known = isThere ? DataIndex(bytes: try files.read(index, limit: 512 << 20)) : DataIndex()
  }

  /// The absolute path of a file.
  package func path(_ path: DatasetPath) -> FilePath { root.pushing(FilePath(path.text)) }

  // MARK: Looking

  /// What is at a path; hashes only what has changed since it was last hashed.
  ///
  /// - Parameter trustingIndex: false to hash whatever the index says.
  package func observe(
    _ path: DatasetPath, expecting wanted: Checksums, trustingIndex: Bool = true
  ) throws(FileError) -> Observation {
    let place = self.path(path)
    guard let status = try files.status(place) else { return .missing }
    guard status.kind == .file else { return .notAFile }
    if trustingIndex, let entry = known.entries[path], entry.status == status {
      // An index from before the lock knew the MD5 cannot answer for it.
      if entry.checksums.agrees(with: wanted) { return .matches(entry.checksums.completed(by: wanted)) }
      if wanted.sha256 != nil || entry.checksums.md5 != nil { return .differs(size: status.size, entry.checksums) }
    }
    if let size = wanted.size, size != status.size { return .differs(size: status.size, nil) }
    let found = try hash(place, md5: wanted.sha256 == nil)
    guard found.agrees(with: wanted) else { return .differs(size: status.size, found) }
    return .matches(found.completed(by: wanted))
  }

  /// Size and digests of a file.
  package func hash(_ path: FilePath, md5: Bool) throws(FileError) -> Checksums {
    var hasher = ContentHasher(md5: md5)
    _ = try files.scan(path) { hasher.update($0) }
    return hasher.finish()
  }

  /// Every file below a folder of the directory, sorted; the tool's own and dot-files aside.
  package func paths(below folder: String) throws(FileError) -> [DatasetPath] {
    var found: [DatasetPath] = []
    var open = [folder]
    while let next = open.popLast() {
      for name in try files.names(in: root.pushing(FilePath(next))) where !name.hasPrefix(".") {
        let text = "\(next)/\(name)"
        guard let path = DatasetPath(text) else { continue }
        if try files.status(self.path(path))?.kind == .folder { open.append(text) } else { found.append(path) }
      }
    }
    return found.sorted()
  }

  // MARK: Changing

  /// Brings an object to a path where nothing is; `fileExists` is thrown for what turns up there.
  ///
  /// - Parameters:
  ///   - settingAside: whether a file that is there gives way: it moves to `.neuromaps/replaced`,
  ///     once the new one is ready.
  ///   - verifying: whether the object's bytes are hashed first.
  /// - Returns: nil when the bytes turned out not to be what the object's name says; then the path
  ///   is as it was.
  package func place(
    _ object: StoredObject, at path: DatasetPath, settingAside: Bool, verifying: Bool
  ) throws(FileError) -> Placement? {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    try files.createFolder(drafts)
    let draft = try files.createDraft(in: drafts, copying: object.path)
    defer { files.discard(draft) }
    if verifying, !(try hash(draft.path, md5: false)).agrees(with: object.checksums) { return nil }
    let aside = settingAside ? try setAside(path) : nil
    try files.publish(draft, as: target, replacing: false, isReadOnly: false)
    return Placement(setAside: aside)
  }

  /// A file that has been brought to its path.
  package struct Placement: Sendable {
    /// Where the file is that was there before.
    package let setAside: FilePath?
  }

  private func setAside(_ path: DatasetPath) throws(FileError) -> FilePath? {
    let place = self.path(path)
    guard let status = try files.status(place) else { return nil }
    let folder = Self.own(root).appending("replaced")
    try files.createFolder(folder)
    let target = folder.appending("\(status.modified)-\(path.fileName)")
    try files.rename(place, to: target)
    return target
  }

  /// Removes what writers that died have left.
  package func sweep() throws(FileError) { try files.sweepDrafts(in: drafts) }

  // MARK: Remembering

  /// Writes the index if it has anything new; entries of other files are kept.
  ///
  /// A file changed within the same tick of the filesystem's clock in which it was hashed would
  /// look unchanged, so the writing waits until that clock has moved on, and what has changed by
  /// then is left out.
  package func remember(_ matching: [DatasetPath: Checksums], clock: any Clock<Duration>) async throws {
    var index = known
    for (path, checksums) in matching {
      guard checksums.isComplete, let status = try files.status(self.path(path)) else { continue }
      index.entries[path] = DataIndex.Entry(status: status, checksums: checksums)
    }
    guard index != known else { return }
    let fresh = index.entries.filter { known.entries[$0.key] != $0.value }
    let newest = fresh.values.map(\.status.changed).max() ?? 0
    try files.createFolder(Self.own(root))
    for _ in 0..<20 {
      let draft = try files.createDraft(in: Self.own(root))
      defer { files.discard(draft) }
      guard let now = try files.status(draft.path)?.changed, now > newest else {
        try await clock.sleep(for: .milliseconds(3))
        continue
      }
      for (path, entry) in fresh where try files.status(self.path(path)) != entry.status {
        index.entries[path] = nil
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
