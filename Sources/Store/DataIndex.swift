package import Dataset
package import Effects

/// What is known of the files in a data directory, so that unchanged ones need not be hashed again.
///
/// A cache: any damage to it costs a rehash and nothing else. The file is text, a line a file:
/// `path <tab> size <tab> mtime <tab> ctime <tab> inode <tab> sha256 <tab> md5-or-dash`, times in
/// nanoseconds, sorted by path. The first line tells the format, and the SHA-256 of the rest:
/// `neuromaps-index 1 91c0…7e`.
package struct DataIndex: Hashable, Sendable {
  /// A file as it was when it was hashed.
  package struct Entry: Hashable, Sendable {
    /// What the filesystem said of it.
    package let status: FileStatus
    /// What its bytes were.
    package let checksums: Checksums

    /// An entry.
    package init(status: FileStatus, checksums: Checksums) {
      self.status = status
      self.checksums = checksums
    }

    /// This with what only `other` knows of the bytes.
    func completed(by other: Checksums) -> Entry {
      Entry(status: status, checksums: checksums.completed(by: other))
    }
  }

  /// By path.
  package var entries: [DatasetPath: Entry]

  /// An index of these files.
  package init(_ entries: [DatasetPath: Entry] = [:]) { self.entries = entries }

  private static let text = SealedText("neuromaps-index 1")

  /// Reads an index; an empty one from anything that is not one, whole.
  package init(bytes: [UInt8]) {
    entries = [:]
    guard let lines = Self.text.open(bytes) else { return }
    var read: [DatasetPath: Entry] = [:]
    read.reserveCapacity(lines.count)
    for line in lines {
      guard let (path, entry) = Self.entry(line) else { return }
      read[path] = entry
    }
    entries = read
  }

  /// The bytes of the file; the same for equal indexes.
  package var bytes: [UInt8] {
    var lines = ""
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let sha256 = entry.checksums.sha256 else { preconditionFailure("an indexed file has been hashed") }
      let status = entry.status
      let md5 = entry.checksums.md5.map(\.hex) ?? "-"
      lines += "\(path)\t\(status.size)\t\(status.modified)\t\(status.changed)\t\(status.inode)\t\(sha256)\t\(md5)\n"
    }
    return Self.text.seal(lines)
  }

  private static func entry(_ fields: [String]) -> (DatasetPath, Entry)? {
    guard fields.count == 7, let path = DatasetPath(fields[0]), let size = Int64(fields[1]),
      let modified = Int64(fields[2]), let changed = Int64(fields[3]), let inode = UInt64(fields[4]),
      let sha256 = SHA256Digest(fields[5]), fields[6] == "-" || MD5Digest(fields[6]) != nil
    else { return nil }
    let status = FileStatus(kind: .file, size: size, modified: modified, changed: changed, inode: inode)
    return (path, Entry(status: status, checksums: Checksums(size: size, md5: MD5Digest(fields[6]), sha256: sha256)))
  }
}
