package import Effects
package import SystemPackage

/// The right to change a data directory, which one process has at a time.
///
/// The kernel keeps it: it ends with the process, however that ends, and a file that is left behind means nothing.
/// In the file stands who has it, for those who wait to read.
package struct WriterLock: Sendable {
  /// How long others are waited for.
  package struct Patience: Sendable {
    /// Until waiting is an error.
    package var limit: Duration
    /// Until it is told.
    package var silence: Duration

    /// So long.
    package init(limit: Duration = .seconds(3600), silence: Duration = .seconds(1)) {
      self.limit = limit
      self.silence = silence
    }
  }

  /// Others did not make way in time.
  package struct Busy: Error, Sendable {
    /// What they write to.
    package let folder: FilePath
    /// Who they are.
    package let holder: String
    /// How long they were waited for.
    package let waited: Duration
  }

  private let files: any FileSystem
  private let draft: Draft
  /// The lock's file as whoever had it before left it; empty if that was in order.
  private let left: FileStatus?

  /// Lets the next one in.
  package func release() {
    Self.write("", draft, files)
    files.keep(draft)
  }

  /// Whether anybody may have changed the directory since its lock had a status: who ends in order empties it.
  package func isNews(since before: FileStatus?) -> Bool {
    guard let before, let left, left.size == 0 else { return true }
    return before != left
  }

  /// Waits until nobody else writes to a data directory.
  ///
  /// - Parameters:
  ///   - holder: who asks, for others to read.
  ///   - told: called once when it takes longer, with who is waited for.
  /// - Returns: nil where the filesystem has no locks: there renames alone keep two writers from harm.
  /// - Throws: `Busy`, `FileError` where the directory cannot be written to, `CancellationError`.
  package static func take(
    _ files: any FileSystem, of folder: DataFolder, holder: String, patience: Patience, clock: any Clock<Duration>,
    told: (_ holder: String) -> Void
  ) async throws -> WriterLock? {
    try files.createFolder(folder.lockPath.removingLastComponent())
    var waited = Duration.zero
    var nap = Duration.milliseconds(5)
    var isTold = false
    while true {
      do throws(FileError) {
        if let draft = try files.lock(folder.lockPath) {
          let left = try files.status(folder.lockPath)
          write("\(holder)\n", draft, files)
          return WriterLock(files: files, draft: draft, left: left)
        }
      } catch {
        guard error.operation == .lock else { throw error }
        return nil
      }
      if waited >= patience.limit {
        throw Busy(folder: folder.root, holder: read(folder.lockPath, files), waited: waited)
      }
      if waited >= patience.silence, !isTold {
        isTold = true
        told(read(folder.lockPath, files))
      }
      try await clock.sleep(for: nap)
      waited += nap
      nap = min(nap * 2, .milliseconds(200))
    }
  }

  /// It is for people only, so it matters to nobody if it cannot be written.
  private static func write(_ text: String, _ draft: Draft, _ files: any FileSystem) {
    do throws(FileError) {
      try files.empty(draft)
      if !text.isEmpty { try files.append(Array(text.utf8), to: draft) }
    } catch {
      // A lock of another user's, say, that can be held but not written to.
    }
  }

  private static func read(_ path: FilePath, _ files: any FileSystem) -> String {
    do throws(FileError) {
      let line = String(decoding: try files.read(path, limit: 4096), as: UTF8.self).prefix { $0 != "\n" }
      return line.isEmpty ? unknown : String(line)
    } catch {
      return unknown
    }
  }

  private static let unknown = "another neuromaps"
}
