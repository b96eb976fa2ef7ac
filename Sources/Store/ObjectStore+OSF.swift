package import Dataset
package import Effects
internal import SystemPackage

/// What OSF said of files, so that it need not be asked again: a version never changes.
///
/// The file is text, sealed as the index is: a line `server <tab> https://files.osf.io`, and for each version
/// `number <tab> size <tab> md5 <tab> sha256`, a dash for what was not told. Any damage to it costs a request.
extension ObjectStore {
  private static let text = SealedText("neuromaps-versions 1")

  /// The versions of a file that a server has told of; none when it was never asked.
  package func versions(of file: OSFFile, at server: String) throws(FileError) -> [OSFVersion] {
    let path = versionsPath(file)
    guard let status = try files.status(path), status.kind == .file, status.size <= 1 << 20,
      let lines = Self.text.open(try files.read(path, limit: 1 << 20)), lines.first == ["server", server]
    else { return [] }
    return lines.dropFirst().compactMap { fields in
      guard fields.count == 4, let number = Int(fields[0]) else { return nil }
      let checksums = Checksums(size: Int64(fields[1]), md5: MD5Digest(fields[2]), sha256: SHA256Digest(fields[3]))
      return checksums.flatMap { OSFVersion(number: number, checksums: $0) }
    }
  }

  /// Remembers versions of a file, beside those that were told before.
  package func record(_ versions: [OSFVersion], of file: OSFFile, at server: String) throws(FileError) {
    var known = Dictionary(
      try self.versions(of: file, at: server).map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    for version in versions { known[version.number] = version }
    let lines = known.values.sorted { $0.number < $1.number }.map { version in
      let sums = version.checksums
      let fields = [sums.size.map { "\($0)" }, sums.md5?.hex, sums.sha256?.hex].map { $0 ?? "-" }
      return "\(version.number)\t\(fields.joined(separator: "\t"))\n"
    }
    try write(Self.text.seal("server\t\(server)\n\(lines.joined())"), to: versionsPath(file), isCache: true)
  }

  private func versionsPath(_ file: OSFFile) -> FilePath {
    root.appending("osf").appending(file.project).appending(file.file)
  }
}
