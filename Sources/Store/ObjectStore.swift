package import Dataset
package import Effects
package import SystemPackage

/// The cache that all projects of a user share: objects named by the SHA-256 of their bytes.
///
/// ```
/// v1/sha256/91/c0…7e     the bytes, read-only
/// v1/md5/3e/c7…28        the SHA-256 of the object with that MD5, one line
/// v1/unpacked/91/c0…7e   what came out of the archive with that SHA-256
/// v1/osf/4mw3a/60c2…eb   what OSF said of the versions of a file
/// v1/partial/3ec7…28     what has come of a download that is not finished, by the MD5 that is wanted, if one is
/// v1/drafts/             what is being written
/// ```
/// Any number of processes may use it at once: an object appears whole, by a rename, or not at all,
/// and two that write the same object write the same bytes. The layout is versioned by its first
/// folder; a later layout gets another folder.
package struct ObjectStore: Sendable {
  let files: any FileSystem
  let root: FilePath
  /// Where it is.
  package let folder: FilePath

  /// The store in a folder, which is made when first written to.
  package init(_ files: any FileSystem, at folder: FilePath) {
    self.files = files
    self.folder = folder
    root = folder.appending("v1")
  }

  /// The object that has these checksums, if the store has it; its bytes are not read.
  package func object(_ wanted: Checksums) throws(FileError) -> StoredObject? {
    guard let digest = try digest(of: wanted) else { return nil }
    let path = objectPath(digest)
    guard let status = try files.status(path), status.kind == .file else { return nil }
    let known = Checksums(size: status.size, md5: wanted.md5, sha256: digest)
    // Another size is damage; the object is passed over, and replaced when the right one comes.
    guard known.agrees(with: wanted) else { return nil }
    return StoredObject(checksums: known, path: path, isSealed: ObjectSeal.isOn(status, of: digest))
  }

  /// Begins to take in bytes; MD5 is reckoned too where the expectation has one.
  package func intake(expecting wanted: Checksums?) throws(FileError) -> ObjectIntake {
    try files.createFolder(drafts)
    return ObjectIntake(files: files, draft: try files.createDraft(in: drafts), md5: wanted?.md5 != nil)
  }

  /// Begins to take in bytes, or goes on with what an earlier run has left of them; nil while somebody else, of
  /// this process or another, takes in the same. Where that cannot be told, this intake cannot be resumed.
  package func resumableIntake(expecting wanted: Checksums) throws(FileError) -> ObjectIntake? {
    try files.createFolder(partials)
    let draft: Draft?
    do throws(FileError) { draft = try files.resumeDraft(partialPath(wanted)) } catch {
      guard error.operation == .lock else { throw error }
      return try intake(expecting: wanted)
    }
    guard let draft else { return nil }
    do throws(FileError) {
      return try ObjectIntake(files: files, resuming: draft, md5: wanted.md5 != nil)
    } catch {
      files.keep(draft)
      throw error
    }
  }

  /// How much has come of bytes that somebody else takes in.
  package func partialSize(of wanted: Checksums) throws(FileError) -> Int64? {
    try files.status(partialPath(wanted))?.size
  }

  /// Publishes bytes that were taken in; what they are has been reckoned and compared.
  ///
  /// Afterwards the intake is closed; on an error it is still the caller's, to keep or to discard.
  package func add(_ intake: ObjectIntake, as checksums: Checksums) throws(FileError) -> StoredObject {
    let entry = try entry(of: intake.draft, as: checksums)
    defer { entry.name.map(files.discard) }
    for publication in entry.publications { try files.publish(publication) }
    intake.close()
    return entry.object
  }

  /// A copy of bytes that were taken in, ready to become an object, so that the bytes themselves can become a
  /// file of the data directory.
  package func copy(
    of intake: ObjectIntake, as checksums: Checksums, by mode: LinkMode = .auto
  ) throws(FileError) -> ObjectEntry {
    try files.createFolder(drafts)
    let draft: Draft
    do throws(FileError) { draft = try files.createDraft(in: drafts, of: intake.draft.path, by: mode) } catch {
      throw error.naming(checksums.sha256.map(objectPath) ?? drafts)
    }
    do throws(FileError) { return try entry(of: draft, as: checksums) } catch {
      files.discard(draft)
      throw error
    }
  }

  private func entry(of draft: Draft, as checksums: Checksums) throws(FileError) -> ObjectEntry {
    guard let digest = checksums.sha256 else { preconditionFailure("an intake always has a SHA-256") }
    let path = objectPath(digest)
    try files.createFolder(path.removingLastComponent())
    let content = Publication(draft, as: path, replacing: true, isReadOnly: true, modified: ObjectSeal.time(of: digest))
    var publications = [content]
    var name: Draft?
    if let md5 = checksums.md5, try self.digest(of: md5) != digest {
      let place = namePath(md5)
      try files.createFolder(place.removingLastComponent())
      let note = try self.draft(of: Array("\(digest)\n".utf8))
      // Who waits for the bytes looks for them by this name as soon as they are there.
      publications = [Publication(note, as: place, replacing: true, isCache: true), content]
      name = note
    }
    return ObjectEntry(
      object: StoredObject(checksums: checksums, path: path, isSealed: true), publications: publications,
      content: draft, name: name,
      files: files)
  }

  /// Takes an object out, one that was found damaged.
  package func remove(_ object: StoredObject) throws(FileError) { try files.remove(object.path) }

  /// Removes what writers that died have left, and what was begun so long ago that nobody goes on with it.
  package func sweep() throws(FileError) {
    try files.sweepDrafts(in: drafts)
    let names = try files.names(in: partials)
    guard !names.isEmpty else { return }
    try files.createFolder(drafts)
    let draft = try files.createDraft(in: drafts)
    defer { files.discard(draft) }
    // By the filesystem's own clock, as ages are.
    guard let now = try files.status(draft.path)?.modified else { return }
    for name in names {
      let path = partials.appending(name)
      guard let status = try files.status(path), now - status.modified > Self.partialAge else { continue }
      try removePartial(path)
    }
  }

  /// Removes what has come of a download, with what its server called it, unless somebody goes on with it just now.
  func removePartial(_ path: FilePath) throws(FileError) {
    let name = path.lastComponent?.string ?? ""
    guard !name.hasSuffix(ObjectIntake.tagSuffix) else {
      let download = partials.appending(String(name.dropLast(ObjectIntake.tagSuffix.count)))
      if try files.status(download) == nil { try files.remove(path) }
      return
    }
    guard let draft = try files.resumeDraft(path) else { return }
    files.discard(draft)
    try files.remove(ObjectIntake.tagPath(of: path))
  }

  /// Nanoseconds: two weeks.
  private static let partialAge: Int64 = 14 * 86_400 * 1_000_000_000

  // MARK: Archives

  /// What came out of an archive with these checksums, if one has been unpacked into this store.
  package func listing(of archive: Checksums) throws(FileError) -> ArchiveListing? {
    guard let digest = try digest(of: archive) else { return nil }
    let path = listingPath(digest)
    guard let status = try files.status(path), status.kind == .file, status.size <= 16 << 20 else { return nil }
    guard let listing = ArchiveListing(bytes: try files.read(path, limit: 16 << 20)) else { return nil }
    return listing.archive.agrees(with: archive) ? listing : nil
  }

  /// Remembers what came out of an archive.
  package func record(_ listing: ArchiveListing) throws(FileError) {
    guard let digest = listing.archive.sha256 else { preconditionFailure("an unpacked archive has been hashed") }
    try write(listing.bytes, to: listingPath(digest))
  }

  // MARK: Layout

  var drafts: FilePath { root.appending("drafts") }

  var partials: FilePath { root.appending("partial") }

  /// By the weaker digest where both are known: of two locks of one file, one may know it alone.
  private func partialPath(_ wanted: Checksums) -> FilePath {
    guard let digest = wanted.md5?.hex ?? wanted.sha256?.hex else { preconditionFailure("checksums have a digest") }
    return partials.appending(digest)
  }

  func objectPath(_ digest: SHA256Digest) -> FilePath { path("sha256", digest.hex) }

  private func namePath(_ md5: MD5Digest) -> FilePath { path("md5", md5.hex) }

  private func listingPath(_ digest: SHA256Digest) -> FilePath { path("unpacked", digest.hex) }

  /// Paths are made as one text: taking them apart and together again takes its time.
  private func path(_ folder: String, _ hex: String) -> FilePath {
    FilePath("\(root)/\(folder)/\(hex.prefix(2))/\(hex.dropFirst(2))")
  }

  private func digest(of wanted: Checksums) throws(FileError) -> SHA256Digest? {
    if let digest = wanted.sha256 { return digest }
    guard let md5 = wanted.md5 else { return nil }
    return try digest(of: md5)
  }

  private func digest(of md5: MD5Digest) throws(FileError) -> SHA256Digest? {
    let path = namePath(md5)
    guard let status = try files.status(path), status.kind == .file, status.size <= 4096 else { return nil }
    let text = String(decoding: try files.read(path, limit: 4096), as: UTF8.self)
    return SHA256Digest(text.prefix { $0 != "\n" })
  }

  /// - Parameter isCache: whether it can be had again, so that nobody need wait until the disk has it.
  func write(_ bytes: [UInt8], to path: FilePath, isCache: Bool = false) throws(FileError) {
    try files.createFolder(path.removingLastComponent())
    let draft = try draft(of: bytes)
    defer { files.discard(draft) }
    try files.publish(Publication(draft, as: path, replacing: true, isCache: isCache))
  }

  /// A small file that is not published yet.
  private func draft(of bytes: [UInt8]) throws(FileError) -> Draft {
    try files.createFolder(drafts)
    let draft = try files.createDraft(in: drafts)
    do throws(FileError) { try files.append(bytes, to: draft) } catch {
      files.discard(draft)
      throw error
    }
    return draft
  }
}
