package import Dataset
package import Effects
package import SystemPackage

/// Bringing files to their paths.
extension DataFolder {
  /// A copy of an object, ready to be published at its path.
  package struct PreparedFile: Sendable {
    /// The copy and its path.
    package let publication: Publication
    private let before: FileStatus?
    private let checksums: Checksums

    init(_ publication: Publication, _ before: FileStatus?, _ checksums: Checksums) {
      self.publication = publication
      self.before = before
      self.checksums = checksums
    }

    /// What to remember of it once it is published, by what is at its path then: only the file that was just
    /// written may be remembered as having these bytes.
    func entry(_ after: FileStatus?) -> DataIndex.Entry? {
      guard let before, let after, after.hasContent(of: before) else { return nil }
      return DataIndex.Entry(status: after, checksums: checksums, isPlaced: true)
    }
  }

  /// Copies bytes for a path, or makes a link to them, and changes nothing there yet.
  ///
  /// - Parameters:
  ///   - wanted: what the bytes must be; they are hashed first unless the object's seal is unbroken.
  ///   - mode: how the file is made.
  /// - Returns: nil when the object is gone, or its bytes turned out not to be the wanted ones.
  package func prepare(
    _ object: StoredObject, at path: DatasetPath, expecting wanted: Checksums, by mode: LinkMode = .auto
  ) throws(FileError) -> PreparedFile? {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    try files.createFolder(drafts)
    guard let draft = try draft(of: object, for: target, by: mode) else { return nil }
    do throws(FileError) {
      guard try isTrue(object, draft, wanted) else {
        files.discard(draft)
        return nil
      }
      try removeBrokenLink(target)
      let publication = Publication(draft, as: target, replacing: false, isLink: mode.sharesFile)
      return PreparedFile(publication, try files.status(draft.path), object.checksums.completed(by: wanted))
    } catch {
      files.discard(draft)
      throw error
    }
  }

  /// Whether a copy of an object is what is wanted: told by the object's seal, else by hashing. That an MD5 is this
  /// object's is not sealed.
  private func isTrue(
    _ object: StoredObject, _ draft: Draft, _ wanted: Checksums
  ) throws(FileError) -> Bool {
    if object.isSealed, wanted.sha256 != nil { return true }
    let found = try hash(draft.path, md5: wanted.sha256 == nil).checksums
    guard let digest = object.checksums.sha256, found.sha256 == digest, found.agrees(with: wanted) else { return false }
    if !object.isSealed { ObjectSeal.renew(on: object.path, of: digest, files) }
    return true
  }

  /// Bytes that have come, themselves ready to be published at a path; nil where they are on another filesystem
  /// and must be copied.
  package func prepare(
    _ intake: ObjectIntake, at path: DatasetPath, as checksums: Checksums
  ) throws(FileError) -> PreparedFile? {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    guard files.isOneFilesystem(intake.draft.path, target.removingLastComponent()) else { return nil }
    try removeBrokenLink(target)
    let publication = Publication(intake.draft, as: target, replacing: false)
    return PreparedFile(publication, try files.status(intake.draft.path), checksums)
  }

  /// A file of these bytes, ready to be published at its path.
  package func prepare(
    _ bytes: [UInt8], at path: DatasetPath, as checksums: Checksums
  ) throws(FileError) -> PreparedFile {
    let target = self.path(path)
    try files.createFolder(target.removingLastComponent())
    try files.createFolder(drafts)
    let draft = try files.createDraft(in: drafts)
    do throws(FileError) {
      try files.append(bytes, to: draft)
      try removeBrokenLink(target)
      let publication = Publication(draft, as: target, replacing: false)
      return PreparedFile(publication, try files.status(draft.path), checksums)
    } catch {
      files.discard(draft)
      throw error.naming(target)
    }
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
      // What is published has no other name any more.
      isPublished ? files.keep(file.publication.draft) : files.discard(file.publication.draft)
    }
    return isPublished ? file.entry(try files.status(file.publication.target)) : nil
  }

  /// Brings an object to a path; `fileExists` is thrown for what turns up there.
  ///
  /// - Parameters:
  ///   - settingAside: whether a file that is there gives way: it moves to `.neuromaps/replaced`,
  ///     once the new one is ready, and back if that cannot be placed. One that a project has placed, that is as
  ///     it was and that nobody wants, is not kept.
  /// - Returns: nil as `prepare` does; then the path is as it was.
  package func place(
    _ object: StoredObject, at path: DatasetPath, expecting wanted: Checksums, settingAside: Bool,
    by mode: LinkMode = .auto
  ) throws(FileError) -> Placement? {
    guard let file = try prepare(object, at: path, expecting: wanted, by: mode) else { return nil }
    return try place(file, at: path, settingAside: settingAside)
  }

  /// Brings what is ready to its path, or lets go of it; `fileExists` is thrown for what turns up there.
  package func place(
    _ file: PreparedFile, at path: DatasetPath, settingAside: Bool
  ) throws(FileError) -> Placement {
    var aside: FilePath?
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
    if mayForget(path), let there = aside, try wasPlaced(there, at: path) {
      try files.remove(there)
      aside = nil
    }
    return Placement(setAside: aside, entry: try conclude(file, isPublished: true))
  }

  /// Whether a file that was at a path is what a project has placed there; one of which only the bytes are known is
  /// hashed.
  private func wasPlaced(_ file: FilePath, at path: DatasetPath) throws(FileError) -> Bool {
    guard let status = try files.status(file) else { return false }
    let placed = placed(path)
    if placed.contains(where: { status.hasContent(of: $0.status) }) { return true }
    let unsure = placed.filter { $0.status.changed == .max && $0.status.size == status.size }
    guard !unsure.isEmpty else { return false }
    let found = try hash(file, md5: false).checksums.sha256
    return unsure.contains { $0.checksums.sha256 == found }
  }

  /// A file that has been brought to its path.
  package struct Placement: Sendable {
    /// Where the file is that was there before.
    package let setAside: FilePath?
    /// What to remember of it; nil if somebody changed it at once.
    package let entry: DataIndex.Entry?
  }

  /// A copy of an object; nil when another process has taken the object out of the store.
  private func draft(
    of object: StoredObject, for target: FilePath, by mode: LinkMode
  ) throws(FileError) -> Draft? {
    do throws(FileError) {
      return try files.createDraft(in: drafts, of: object.path, by: mode)
    } catch {
      guard error.operation == .read, error.reason == .noSuchFileOrDirectory else { throw error.naming(target) }
      return nil
    }
  }

  /// A link to an object that the store has no more is nobody's file; it must not become whole by itself when the
  /// object comes.
  package func removeBrokenLink(at path: DatasetPath) throws(FileError) { try removeBrokenLink(self.path(path)) }

  /// Makes a file of its own of a link to an object that somebody has changed through it: the object goes, and the
  /// bytes must not.
  package func keepEdit(at path: DatasetPath) throws(FileError) {
    let place = self.path(path)
    guard let target = try files.linkTarget(place), try isStoreLink(place), try files.status(place)?.kind == .file
    else { return }
    let digest = target.components.suffix(2).map(\.string).joined()
    guard try hash(place, md5: false).checksums.sha256 != SHA256Digest(digest) else { return }
    try files.createFolder(drafts)
    let draft = try files.createDraft(in: drafts, of: place, by: .copy)
    defer { files.discard(draft) }
    try files.publish(draft, as: place, replacing: true, isReadOnly: false)
  }

  private func removeBrokenLink(_ path: FilePath) throws(FileError) {
    if try isStoreLink(path), try files.status(path)?.kind == .other { try files.remove(path) }
  }

  private func setAside(_ path: DatasetPath) throws(FileError) -> FilePath? {
    let place = self.path(path)
    guard let status = try files.status(place) else { return nil }
    try files.createFolder(replaced)
    var number = status.modified
    while true {
      let target = replaced.appending("\(number)-\(path.fileName)")
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
}
