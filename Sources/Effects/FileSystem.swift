package import SystemPackage

/// The operations on files that the program needs, so that tests can lose power between any two.
///
/// All block. All may be called from any number of threads; one draft belongs to one caller.
/// A relative path starts from the process's current folder.
package protocol FileSystem: Sendable {
  /// What is at a path, links followed; nil when there is nothing.
  func status(_ path: FilePath) throws(FileError) -> FileStatus?

  /// Whether a path is a symbolic link itself.
  func isLink(_ path: FilePath) throws(FileError) -> Bool

  /// The content of a file of at most `limit` bytes; `fileTooLarge` beyond that.
  func read(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8]

  /// Fills a buffer with the content from an offset on, and says how many bytes that were: as many
  /// as there is room for, fewer only at the end of the file.
  func read(_ path: FilePath, from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Hands the content over piece by piece and gives the status of what was read.
  func scan(_ path: FilePath, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> FileStatus

  /// The names in a folder, `.` and `..` aside, in no order; empty when there is no such folder.
  func names(in folder: FilePath) throws(FileError) -> [String]

  /// Whether what is at two paths is on one filesystem, so that files can be moved from beside the one to
  /// beside the other; false also where that cannot be told.
  func isOneFilesystem(_ a: FilePath, _ b: FilePath) -> Bool

  /// Makes a folder and those above it; content with what is there.
  func createFolder(_ path: FilePath) throws(FileError)

  /// Opens an empty draft in a folder that exists.
  func createDraft(in folder: FilePath) throws(FileError) -> Draft

  /// Opens a draft with the content of `source`, sharing its blocks where the filesystem can.
  func createDraft(in folder: FilePath, copying source: FilePath) throws(FileError) -> Draft

  /// Opens a draft that keeps its name from run to run, with what an earlier writer has left in it; what
  /// is added goes behind that. Nil while somebody else writes it, and where that cannot be told.
  func resumeDraft(_ path: FilePath) throws(FileError) -> Draft?

  /// Adds to a draft.
  func append(_ bytes: UnsafeRawBufferPointer, to draft: Draft) throws(FileError)

  /// Has the disk begin with what was added to a draft, so that publishing it need not wait so long.
  func beginFlush(_ draft: Draft)

  /// Takes back all that was added to a draft.
  func empty(_ draft: Draft) throws(FileError)

  /// Makes drafts durable and moves each to its target, which is then durable too; what one flush can do for
  /// many is done by one.
  ///
  /// After a crash each target is what it was, or its draft, whole, but for those that are cache. Where
  /// there is an error the target is what it was. Each draft is still the caller's to discard, which does no
  /// harm after success either.
  ///
  /// - Returns: an error or nil for each, in their order.
  func publish(_ publications: [Publication]) -> [FileError?]

  /// Closes and removes a draft; a draft that cannot be removed is swept later.
  func discard(_ draft: Draft)

  /// Closes a draft and leaves it, for another run to resume.
  func keep(_ draft: Draft)

  /// Moves a file; what is at the target goes away, or `fileExists` is thrown for it.
  func rename(_ path: FilePath, to target: FilePath, replacing: Bool) throws(FileError)

  /// Removes a file; content when there is none.
  func remove(_ path: FilePath) throws(FileError)

  /// Removes drafts in a folder that no living process writes.
  func sweepDrafts(in folder: FilePath) throws(FileError)
}

extension FileSystem {
  /// Adds to a draft.
  package func append(_ bytes: [UInt8], to draft: Draft) throws(FileError) {
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(FileError) in try append(buffer, to: draft) }
    }
    try result.get()
  }

  /// Makes one draft durable and moves it to its target, which is then durable too.
  package func publish(
    _ draft: Draft, as target: FilePath, replacing: Bool, isReadOnly: Bool
  ) throws(FileError) {
    try publish(Publication(draft, as: target, replacing: replacing, isReadOnly: isReadOnly))
  }

  /// Publishes one draft.
  package func publish(_ publication: Publication) throws(FileError) {
    if let error = publish([publication]).first ?? nil { throw error }
  }

  /// Writes a small file whole: draft beside the target, flush, rename, flush the folder.
  package func write(_ bytes: [UInt8], to target: FilePath, replacing: Bool = true) throws(FileError) {
    let folder = target.removingLastComponent()
    do throws(FileError) {
      let draft = try createDraft(in: folder.isEmpty ? "." : folder)
      defer { discard(draft) }
      try append(bytes, to: draft)
      try publish(draft, as: target, replacing: replacing, isReadOnly: false)
    } catch {
      throw error.naming(target)
    }
  }
}
