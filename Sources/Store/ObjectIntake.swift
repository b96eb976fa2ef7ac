package import Dataset
package import Effects
internal import SystemPackage

/// Bytes on their way into the store: written to a draft and hashed as they come.
///
/// One that can be resumed has a name that follows from the bytes that are wanted, and what is kept of it
/// is found by the next intake of the same, in this run or another.
package struct ObjectIntake: Sendable {
  private let files: any FileSystem
  /// Where the bytes are for now.
  package let draft: Draft
  private let wantsMD5: Bool
  private var hasher: ContentHasher
  /// Where the validator is kept; nil for an intake that cannot be resumed.
  private let tag: FilePath?
  private var isTagWritten: Bool

  /// Who sent what is here, and what they called it; nil when that is not known.
  package private(set) var validator: Validator?

  /// Each time that so many bytes have come, the disk begins with them; and the validator is kept, so that
  /// even a killed run leaves it.
  private static let noteworthySize: Int64 = 8 << 20
  private static let text = SealedText("neuromaps-partial 1")

  /// An intake of nothing yet, that ends with its run.
  init(files: any FileSystem, draft: Draft, md5: Bool) {
    self.files = files
    self.draft = draft
    wantsMD5 = md5
    hasher = ContentHasher(md5: md5)
    tag = nil
    isTagWritten = false
  }

  /// An intake that goes on with what is in its draft.
  init(files: any FileSystem, resuming draft: Draft, md5: Bool) throws(FileError) {
    self.files = files
    self.draft = draft
    wantsMD5 = md5
    var hasher = ContentHasher(md5: md5)
    let isNew = try files.status(draft.path)?.size == 0
    if !isNew { _ = try files.scan(draft.path) { hasher.update($0) } }
    self.hasher = hasher
    let tag = Self.tagPath(of: draft.path)
    self.tag = tag
    isTagWritten = isNew ? false : try files.status(tag) != nil
    if isTagWritten, hasher.count > 0,
      let fields = Self.text.open(try files.read(tag, limit: 4096))?.first, fields.count == 2
    {
      validator = Validator(server: fields[0], tag: fields[1])
    }
  }

  /// Bytes so far.
  package var count: Int64 { hasher.count }

  /// Takes the next bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    hasher.update(bytes)
    try files.append(bytes, to: draft)
    try note(bytes.count)
  }

  /// Takes the next bytes; many are hashed and written at the same time.
  package mutating func append(_ piece: BodyPiece) async throws(FileError) {
    let (files, draft) = (files, draft)
    if piece.count >= Self.parallelSize {
      async let written = Self.write(piece, to: draft, files)
      piece.withUnsafeBytes { hasher.update($0) }
      try await written.get()
    } else {
      piece.withUnsafeBytes { hasher.update($0) }
      try piece.withUnsafeBytes { bytes throws(FileError) in try files.append(bytes, to: draft) }
    }
    try note(piece.count)
  }

  /// Fewer bytes are done before another thread has begun.
  private static let parallelSize = 64 << 10

  private static func write(
    _ piece: BodyPiece, to draft: Draft, _ files: any FileSystem
  ) async -> Result<Void, FileError> {
    piece.withUnsafeBytes { bytes in Result { () throws(FileError) in try files.append(bytes, to: draft) } }
  }

  private mutating func note(_ added: Int) throws(FileError) {
    guard (count - Int64(added)) / Self.noteworthySize != count / Self.noteworthySize else { return }
    files.beginFlush(draft)
    if !isTagWritten { try writeTag() }
  }

  /// What has come so far.
  package var checksums: Checksums { hasher.finish() }

  /// Takes back all that has come, and begins anew with what a server calls by this name.
  package mutating func restart(_ validator: Validator?) throws(FileError) {
    if count > 0 { try files.empty(draft) }
    if isTagWritten, let tag { try files.remove(tag) }
    isTagWritten = false
    hasher = ContentHasher(md5: wantsMD5)
    self.validator = validator
  }

  /// Lets go of the draft, for another intake to go on with; of one that cannot be resumed nothing stays.
  package mutating func keep() throws(FileError) {
    guard tag != nil, count > 0 else { return discard() }
    defer { files.keep(draft) }
    if !isTagWritten { try writeTag() }
  }

  /// Lets go of the draft and of what is in it.
  package func discard() {
    files.discard(draft)
    removeTag()
  }

  /// Lets go of the draft after it was published. Its old name may be somebody else's by now.
  package func close() {
    guard tag != nil else { return files.discard(draft) }
    files.keep(draft)
    removeTag()
  }

  private mutating func writeTag() throws(FileError) {
    guard let tag, let validator else { return }
    try files.write(Self.text.seal("\(validator.server)\t\(validator.tag)\n"), to: tag)
    isTagWritten = true
  }

  private func removeTag() {
    guard isTagWritten, let tag else { return }
    do throws(FileError) { try files.remove(tag) } catch {
      // It is swept with the drafts.
    }
  }

  static let tagSuffix = ".tag"

  /// Where the validator of a draft is kept.
  static func tagPath(of draft: FilePath) -> FilePath {
    draft.removingLastComponent().appending("\(draft.lastComponent?.string ?? "")\(tagSuffix)")
  }
}
