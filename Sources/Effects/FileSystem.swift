package import SystemPackage

/// The operations on files that the program needs, so that tests can lose power between any two.
///
/// All block. All may be called from any number of threads; one draft belongs to one caller.
/// A relative path starts from the process's current folder.
package protocol FileSystem: Sendable {
  /// What is at a path, links followed; nil when there is nothing.
  func status(_ path: FilePath) throws(FileError) -> FileStatus?

  /// What is at many paths below a folder, links followed, in their order; nil for those at which nothing is. Made for
  /// very many.
  ///
  /// - Parameters:
  ///   - paths: where each path is in `text`.
  func statuses(_ paths: [Range<Int>], of text: [UInt8], below folder: FilePath) throws(FileError) -> [FileStatus?]

  /// Where a symbolic link leads, as it is written there; nil for anything else.
  func linkTarget(_ path: FilePath) throws(FileError) -> FilePath?

  /// The content of a file of at most `limit` bytes; `fileTooLarge` beyond that.
  func read(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8]

  /// Fills a buffer with the content from an offset on, and says how many bytes that were: as many
  /// as there is room for, fewer only at the end of the file.
  func read(_ path: FilePath, from offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int

  /// Hands the content over piece by piece and gives the status of what was read.
  func scan(_ path: FilePath, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> FileStatus

  /// What is in a folder, `.` and `..` aside, in no order; nothing when there is no such folder.
  func entries(in folder: FilePath) throws(FileError) -> [FolderEntry]

  /// Whether what is at two paths, or will be, is on one filesystem, so that files can be moved from beside the one to
  /// beside the other; false also where that cannot be told.
  func isOneFilesystem(_ a: FilePath, _ b: FilePath) -> Bool

  /// Bytes that may still be written on the filesystem that a path is on, or will be; nil where that cannot be
  /// told.
  func room(at path: FilePath) -> Int64?

  /// Makes a folder and those above it; content with what is there.
  func createFolder(_ path: FilePath) throws(FileError)

  /// Removes a folder if it is empty; content when it is not, or is not there.
  func removeFolder(_ path: FilePath) throws(FileError)

  /// Opens an empty draft in a folder that exists.
  func createDraft(in folder: FilePath) throws(FileError) -> Draft

  /// Opens a draft with the content of `source`; of a link nobody may change the content.
  ///
  /// What a filesystem cannot do is an error of the operation `share`.
  func createDraft(in folder: FilePath, of source: FilePath, by mode: LinkMode) throws(FileError) -> Draft

  /// Opens a draft that keeps its name from run to run, with what an earlier writer has left in it; what
  /// is added goes behind that. Nil while somebody else has it open; where that cannot be told, an error of the
  /// operation `lock`.
  func resumeDraft(_ path: FilePath) throws(FileError) -> Draft?

  /// Holds a file, which is made if it is not there, against everybody else who would hold it, until it is let go of
  /// by `keep`. Nil while somebody else holds it; where that cannot be told, an error of the operation `lock`.
  func lock(_ path: FilePath) throws(FileError) -> Draft?

  /// Says of a file when it was last changed, in nanoseconds since 1970.
  func setModified(_ time: Int64, of path: FilePath) throws(FileError)

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

  /// Makes what was removed from a folder, or moved into it, durable; content when there is no such folder.
  func flush(folder: FilePath) throws(FileError)

  /// Removes drafts in a folder that no living process writes.
  func sweepDrafts(in folder: FilePath) throws(FileError)
}

extension FileSystem {
  /// What is at many paths below a folder, asked one by one.
  package func statuses(
    _ paths: [Range<Int>], of text: [UInt8], below folder: FilePath
  ) throws(FileError) -> [FileStatus?] {
    var found: [FileStatus?] = []
    for path in paths { found.append(try status(FilePath("\(folder)/\(String(decoding: text[path], as: UTF8.self))"))) }
    return found
  }

  /// Whether a path is a symbolic link itself.
  package func isLink(_ path: FilePath) throws(FileError) -> Bool { try linkTarget(path) != nil }

  /// What is in a folder, as `entries` tells it; nil for a folder that belongs to others.
  package func readableEntries(in folder: FilePath) throws(FileError) -> [FolderEntry]? {
    do throws(FileError) { return try entries(in: folder) } catch {
      guard error.reason == .permissionDenied else { throw error }
      return nil
    }
  }

  /// The names in a folder, `.` and `..` aside, in no order; empty when there is no such folder.
  package func names(in folder: FilePath) throws(FileError) -> [String] { try entries(in: folder).map(\.name) }

  /// Opens a draft with the content of `source`, sharing its blocks where the filesystem can.
  package func createDraft(in folder: FilePath, copying source: FilePath) throws(FileError) -> Draft {
    try createDraft(in: folder, of: source, by: .auto)
  }

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
