package import Dataset

/// What came out of an archive once, so that it need not be unpacked again to know.
///
/// The file is text, sealed as the index is: a line `archive <tab> size <tab> sha256 <tab> md5-or-dash`
/// and for each file `path <tab> size <tab> sha256`, sorted. Any damage to it costs an unpacking.
package struct ArchiveListing: Hashable, Sendable {
  /// All that is known of the archive.
  package let archive: Checksums
  /// Each file by where it belongs below the data directory.
  package let members: [DatasetPath: Checksums]

  /// A listing of an archive that has been hashed whole.
  package init(archive: Checksums, members: [DatasetPath: Checksums]) {
    self.archive = archive
    self.members = members
  }

  private static let text = SealedText("neuromaps-listing 1")

  /// Reads a listing; nil from anything that is not one, whole.
  package init?(bytes: [UInt8]) {
    guard let lines = Self.text.open(bytes), let first = lines.first, first.count == 4, first[0] == "archive",
      let size = Int64(first[1]), let digest = SHA256Digest(first[2])
    else { return nil }
    var members: [DatasetPath: Checksums] = [:]
    for line in lines.dropFirst() {
      guard line.count == 3, let path = DatasetPath(line[0]), let size = Int64(line[1]),
        let digest = SHA256Digest(line[2])
      else { return nil }
      members[path] = Checksums(size: size, md5: nil, sha256: digest)
    }
    self.init(archive: Checksums(size: size, md5: MD5Digest(first[3]), sha256: digest), members: members)
  }

  /// The bytes of the file; the same for equal listings.
  package var bytes: [UInt8] {
    guard let digest = archive.sha256, let size = archive.size else {
      preconditionFailure("an unpacked archive has been hashed")
    }
    var lines = "archive\t\(size)\t\(digest)\t\(archive.md5.map(\.hex) ?? "-")\n"
    for (path, checksums) in members.sorted(by: { $0.key < $1.key }) {
      guard let digest = checksums.sha256, let size = checksums.size else {
        preconditionFailure("an unpacked file has been hashed")
      }
      lines += "\(path)\t\(size)\t\(digest)\n"
    }
    return Self.text.seal(lines)
  }
}
