internal import Dataset

/// What must hold of where a file comes from, and of what is known of its bytes.
enum OriginChecks {
  /// What is wrong; a file out of an archive has no origin, and no checksums before it was unpacked.
  static func violations(_ origin: Origin?, _ checksums: Checksums?, archive: String = "") -> Violations {
    var violations = Violations()
    if let origin { violations.require(readsBack(origin), "no origin: \(origin)") }
    violations.require(checksums?.size ?? 0 >= 0, "a size below nothing")
    // By bytes: what is a slash to the kernel is none to Swift if a combining mark follows.
    violations.require(
      !archive.utf8.contains(UInt8(ascii: "/")), "an archive in a folder: \(archive.debugDescription)")
    return violations
  }

  private static func readsBack(_ origin: Origin) -> Bool {
    switch origin {
    case .osf(let file):
      OSFFile(file.text).map { $0.project == file.project && $0.file == file.file } == true && file.version ?? 1 >= 1
    case .url(let text), .relative(let text): Origin(url: text) == origin
    }
  }
}
