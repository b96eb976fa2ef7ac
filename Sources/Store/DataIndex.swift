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

  private static let magic = "neuromaps-index 1 "

  /// Reads an index; an empty one from anything that is not one, whole.
  package init(bytes: [UInt8]) {
    entries = [:]
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return }
    let rest = Array(bytes[(end + 1)...])
    guard String(decoding: bytes[..<end], as: UTF8.self) == "\(Self.magic)\(ContentHasher.sha256(rest))" else { return }
    let lines = rest.split(separator: UInt8(ascii: "\n"))
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
    var text = ""
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
      guard let sha256 = entry.checksums.sha256 else { preconditionFailure("an indexed file has been hashed") }
      let status = entry.status
      let md5 = entry.checksums.md5.map(\.hex) ?? "-"
      text += "\(path)\t\(status.size)\t\(status.modified)\t\(status.changed)\t\(status.inode)\t\(sha256)\t\(md5)\n"
    }
    let rest = Array(text.utf8)
    return Array("\(Self.magic)\(ContentHasher.sha256(rest))\n".utf8) + rest
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (DatasetPath, Entry)? {
    let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 7, let path = DatasetPath(fields[0]), let size = Int64(fields[1]),
      let modified = Int64(fields[2]), let changed = Int64(fields[3]), let inode = UInt64(fields[4]),
      let sha256 = SHA256Digest(fields[5]), fields[6] == "-" || MD5Digest(fields[6]) != nil
    else { return nil }
    let status = FileStatus(kind: .file, size: size, modified: modified, changed: changed, inode: inode)
    return (path, Entry(status: status, checksums: Checksums(size: size, md5: MD5Digest(fields[6]), sha256: sha256)))
  }
}
