package import Dataset
package import Effects

/// What a project knows of the files in a data directory, so that unchanged ones need not be hashed again, and of
/// which of them it has put there.
///
/// A cache: any damage to it costs a rehash and nothing else; a project that has lost it removes nothing. The file
/// is text, sealed (see `SealedText`), format `neuromaps-index 2`:
///
/// ```
/// project <tab> whose it is
/// answer <tab> sha256 of the lock <tab> sha256 of its declarations <tab> files <tab> maps <tab> atlases
/// path <tab> size <tab> mtime <tab> ctime <tab> inode <tab> sha256 <tab> md5 or dash <tab> flags
/// …
/// folder/ <tab> size <tab> mtime <tab> ctime <tab> inode <tab> -
/// …
/// ```
/// Times are in nanoseconds since 1970, the lines of files and those of folders sorted by path. Flags: `w` the project
/// wants the file, `p` the project has placed it. `answer <tab> -` stands for a directory that is not known to answer a
/// lock. The folders are all that lead to files of the project; they are there if nothing else was in any of them.
///
/// History: 1 had one file for all projects, neither project, answer nor flags.
package struct DataIndex: Hashable, Sendable {
  /// A file as it was when it was hashed.
  package struct Entry: Hashable, Sendable {
    /// What the filesystem said of it.
    package let status: FileStatus
    /// What its bytes were.
    package let checksums: Checksums
    /// Whether the project has put it there, so that it may take it away.
    package var isPlaced: Bool
    /// Whether the project wants it there.
    package var isWanted: Bool

    /// An entry.
    package init(status: FileStatus, checksums: Checksums, isPlaced: Bool = false, isWanted: Bool = true) {
      self.status = status
      self.checksums = checksums
      self.isPlaced = isPlaced
      self.isWanted = isWanted
    }

    /// The same with times that no file has, so that it must be hashed to know more.
    var untrusted: Entry {
      let status = FileStatus(
        kind: .file, size: status.size, modified: status.modified, changed: .max, inode: status.inode)
      return Entry(status: status, checksums: checksums, isPlaced: isPlaced, isWanted: isWanted)
    }

    /// This with what only `other` knows of the bytes.
    func completed(by other: Checksums) -> Entry {
      Entry(status: status, checksums: checksums.completed(by: other), isPlaced: isPlaced, isWanted: isWanted)
    }

    /// Whether a file that is so now has not been changed since.
    func describes(_ now: FileStatus) -> Bool {
      status == now || checksums.sha256.map { ObjectSeal.isUnbroken(on: now, before: status, of: $0) } ?? false
    }
  }

  /// Whose it is, as a person would say it.
  package var project: String
  /// The lock that the directory answers; nil when that is not known.
  package var answer: IndexedAnswer?
  /// By path.
  package var entries: [DatasetPath: Entry]
  /// By path, the folders that lead to the files; none if there is anything else in them.
  package var folders: [String: FileStatus] = [:]
  /// When the file was written, in nanoseconds since 1970, by the filesystem's clock.
  let written: Int64

  /// An index of these files.
  package init(_ entries: [DatasetPath: Entry] = [:], project: String = "", answer: IndexedAnswer? = nil) {
    self.project = project
    self.answer = answer
    self.entries = entries
    written = .max
  }

  /// Reads an index; an empty one from anything that is not one, whole.
  package init(bytes: [UInt8]) {
    self = IndexTable(bytes: bytes).flatMap { DataIndex($0) } ?? DataIndex()
  }

  /// Nil when a line is none of a file.
  init?(_ table: IndexTable, written: Int64 = .max) {
    project = table.project
    answer = table.answer
    self.written = written
    var entries: [DatasetPath: Entry] = [:]
    entries.reserveCapacity(table.rows.count)
    for row in table.rows {
      if row.status.kind == .folder {
        folders[table.path(of: row)] = row.status
        continue
      }
      guard let path = DatasetPath(table.path(of: row)), let entry = table.entry(of: row) else { return nil }
      entries[path] = entry
    }
    self.entries = entries
  }

  /// Whether a file was changed in the tick of the clock in which the index was written, or later.
  func isRacy(_ entry: Entry) -> Bool { entry.status.changed >= written }

  /// What is known of a file that is so now; nil when it must be hashed to know.
  ///
  /// A file that was changed in the tick of the clock in which the index was written may have been changed after
  /// it was hashed and look the same, so it is not trusted: as git does it.
  func entry(_ path: DatasetPath, _ now: FileStatus) -> Entry? {
    guard let entry = entries[path], !isRacy(entry), entry.describes(now) else { return nil }
    return entry
  }

  /// The bytes of the file; the same for equal indexes.
  package var bytes: [UInt8] {
    var lines = "project\t\(project.withoutControls)\nanswer\t\(answer?.text ?? "-")\n"
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let sha256 = entry.checksums.sha256 else { preconditionFailure("an indexed file has been hashed") }
      let status = entry.status
      let md5 = entry.checksums.md5.map(\.hex) ?? "-"
      let flags = (entry.isWanted ? "w" : "") + (entry.isPlaced ? "p" : "")
      lines += "\(path)\t\(status.size)\t\(status.modified)\t\(status.changed)\t\(status.inode)\t\(sha256)\t\(md5)\t"
      lines += "\(flags)\n"
    }
    for (path, status) in folders.sorted(by: { precedes($0.key, $1.key) }) {
      lines += "\(path)/\t\(status.size)\t\(status.modified)\t\(status.changed)\t\(status.inode)\t-\n"
    }
    return IndexTable.text.seal(lines)
  }
}

extension String {
  /// The name of a folder may hold anything; here it is for people to read.
  fileprivate var withoutControls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? "?" : $0 }))
  }
}
