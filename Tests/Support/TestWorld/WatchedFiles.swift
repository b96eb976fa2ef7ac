package import Effects
private import Synchronization
package import SystemPackage

/// A filesystem that writes down what it is asked, can refuse it, and can do something just before.
package final class WatchedFiles: FileSystem {
  /// One call, with the path that it is about.
  package struct Record: Hashable, Sendable {
    /// The operation.
    package let call: FileCall
    /// The path; of a draft the path it will have.
    package let path: FilePath
  }

  private struct Refusal {
    let call: FileCall
    let part: String
    var skips: Int
    let reason: Errno
    let isLasting: Bool
  }

  private struct State {
    var records: [Record] = []
    var refusals: [Refusal] = []
    var isReadOnly = false
    var hook: (@Sendable (Record) -> Void)?
  }

  private let base: any FileSystem
  private let state = Mutex(State())

  /// Watches another filesystem.
  package init(_ base: any FileSystem) { self.base = base }

  // MARK: Watching

  /// Everything that was asked, in order.
  package var records: [Record] { state.withLock { $0.records } }

  /// How often an operation was asked for.
  package func count(_ call: FileCall) -> Int { records.count { $0.call == call } }

  /// What was asked that changes something.
  package var writes: [Record] { records.filter { !$0.call.onlyLooks } }

  /// Forgets what was asked.
  package func forget() { state.withLock { $0.records = [] } }

  /// Calls `hook` before each operation, outside of any lock; it may use the filesystem below.
  package func beforeEach(_ hook: (@Sendable (Record) -> Void)?) { state.withLock { $0.hook = hook } }

  // MARK: Refusing

  /// Refuses every operation that changes something, as a disk mounted so.
  package func makeReadOnly(_ isReadOnly: Bool = true) { state.withLock { $0.isReadOnly = isReadOnly } }

  /// Refuses one operation.
  ///
  /// - Parameters:
  ///   - part: what the path must contain.
  ///   - turn: the first, second … such operation from now on.
  ///   - reason: the error.
  ///   - lasting: whether all that follow fail too.
  package func fail(
    _ call: FileCall, on part: String = "", turn: Int = 1, with reason: Errno, lasting: Bool = false
  ) {
    state.withLock {
      $0.refusals.append(Refusal(call: call, part: part, skips: turn - 1, reason: reason, isLasting: lasting))
    }
  }

  /// Takes back all refusals.
  package func failNoMore() { state.withLock { $0.refusals = [] } }

  private func check(_ call: FileCall, _ path: FilePath, as operation: FileError.Operation) throws(FileError) {
    let record = Record(call: call, path: path)
    let (reason, hook) = state.withLock { state -> (Errno?, (@Sendable (Record) -> Void)?) in
      state.records.append(record)
      if state.isReadOnly, !call.onlyLooks { return (.readOnlyFileSystem, state.hook) }
      for index in state.refusals.indices
      where state.refusals[index].call == call
        && (state.refusals[index].part.isEmpty || path.string.contains(state.refusals[index].part))
      {
        guard state.refusals[index].skips == 0 else {
          state.refusals[index].skips -= 1
          continue
        }
        let refusal = state.refusals[index]
        if !refusal.isLasting { state.refusals.remove(at: index) }
        return (refusal.reason, state.hook)
      }
      return (nil, state.hook)
    }
    hook?(record)
    if let reason { throw FileError(operation, path, reason) }
  }

  // MARK: The operations

  package func status(_ path: FilePath) throws(FileError) -> FileStatus? {
    try check(.status, path, as: .look)
    return try base.status(path)
  }

  package func linkTarget(_ path: FilePath) throws(FileError) -> FilePath? {
    try check(.status, path, as: .look)
    return try base.linkTarget(path)
  }

  package func read(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
    try check(.read, path, as: .read)
    return try base.read(path, limit: limit)
  }

  package func read(
    _ path: FilePath, from offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    try check(.scan, path, as: .read)
    return try base.read(path, from: offset, into: buffer)
  }

  package func scan(_ path: FilePath, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> FileStatus {
    try check(.scan, path, as: .read)
    return try base.scan(path, body)
  }

  package func entries(in folder: FilePath) throws(FileError) -> [FolderEntry] {
    try check(.names, folder, as: .read)
    return try base.entries(in: folder)
  }

  package func room(at path: FilePath) -> Int64? { base.room(at: path) }

  package func removeFolder(_ path: FilePath) throws(FileError) {
    try check(.remove, path, as: .remove)
    try base.removeFolder(path)
  }

  package func setModified(_ time: Int64, of path: FilePath) throws(FileError) {
    try check(.setModified, path, as: .write)
    try base.setModified(time, of: path)
  }

  package func createFolder(_ path: FilePath) throws(FileError) {
    try check(.createFolder, path, as: .create)
    try base.createFolder(path)
  }

  package func createDraft(in folder: FilePath) throws(FileError) -> Draft {
    try check(.createDraft, folder, as: .create)
    return try base.createDraft(in: folder)
  }

  package func createDraft(in folder: FilePath, of source: FilePath, by mode: LinkMode) throws(FileError) -> Draft {
    try check(.copyDraft, source, as: .create)
    return try base.createDraft(in: folder, of: source, by: mode)
  }

  package func resumeDraft(_ path: FilePath) throws(FileError) -> Draft? {
    try check(.createDraft, path, as: .create)
    return try base.resumeDraft(path)
  }

  package func lock(_ path: FilePath) throws(FileError) -> Draft? {
    try check(.createDraft, path, as: .create)
    return try base.lock(path)
  }

  package func append(_ bytes: UnsafeRawBufferPointer, to draft: Draft) throws(FileError) {
    try check(.append, draft.path, as: .write)
    try base.append(bytes, to: draft)
  }

  package func beginFlush(_ draft: Draft) { base.beginFlush(draft) }

  package func isOneFilesystem(_ a: FilePath, _ b: FilePath) -> Bool { base.isOneFilesystem(a, b) }

  package func empty(_ draft: Draft) throws(FileError) {
    try check(.empty, draft.path, as: .write)
    try base.empty(draft)
  }

  package func keep(_ draft: Draft) { base.keep(draft) }

  package func publish(_ publications: [Publication]) -> [FileError?] {
    var errors = [FileError?](repeating: nil, count: publications.count)
    for (index, publication) in publications.enumerated() {
      do throws(FileError) { try check(.publish, publication.target, as: .place) } catch { errors[index] = error }
    }
    let allowed = publications.indices.filter { errors[$0] == nil }
    for (index, error) in zip(allowed, base.publish(allowed.map { publications[$0] })) { errors[index] = error }
    return errors
  }

  package func discard(_ draft: Draft) { base.discard(draft) }

  package func rename(_ path: FilePath, to target: FilePath, replacing: Bool) throws(FileError) {
    try check(.rename, target, as: .place)
    try base.rename(path, to: target, replacing: replacing)
  }

  package func remove(_ path: FilePath) throws(FileError) {
    try check(.remove, path, as: .remove)
    try base.remove(path)
  }

  package func flush(folder: FilePath) throws(FileError) {
    try check(.flush, folder, as: .flush)
    try base.flush(folder: folder)
  }

  package func sweepDrafts(in folder: FilePath) throws(FileError) {
    try check(.sweepDrafts, folder, as: .remove)
    try base.sweepDrafts(in: folder)
  }
}
