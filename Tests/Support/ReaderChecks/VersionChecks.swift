internal import Dataset
internal import OSFMetadata

/// What must hold of the versions of a file that were read from an answer of OSF.
enum VersionChecks {
  static func read(_ bytes: [UInt8]) -> Reading {
    let (newest, all) = (VersionReader.newest(bytes), VersionReader.all(bytes))
    var violations = Violations()
    violations.require(newest == nil || all == nil, "one answer tells of a version and of several")
    let versions = (all ?? []) + (newest.map { [$0] } ?? [])
    for version in versions {
      violations.require(version.number >= 1, "no number of a version: \(version)")
      violations.require(version.checksums.size ?? 0 >= 0, "a size below nothing: \(version)")
      violations.require(version.checksums.md5 != nil || version.checksums.sha256 != nil, "no digest: \(version)")
    }
    violations.add(reprint(versions))
    return Reading(isAccepted: !versions.isEmpty, violations)
  }

  /// Written as OSF writes them, they are the same versions.
  private static func reprint(_ versions: [OSFVersion]) -> Violations {
    var violations = Violations()
    let items = versions.map(item)
    let list = VersionReader.all(Array("{\"data\": [\(items.joined(separator: ","))]}".utf8))
    violations.require(list == versions, "written anew they are \(String(describing: list)): \(versions)")
    for (version, item) in zip(versions, items) {
      let copy = VersionReader.newest(Array("{\"data\": \(item)}".utf8))
      violations.require(copy == version, "written anew it is \(String(describing: copy)): \(version)")
    }
    return violations
  }

  private static func item(_ version: OSFVersion) -> String {
    var hashes: [String] = []
    if let md5 = version.checksums.md5 { hashes.append("\"md5\": \"\(md5)\"") }
    if let sha256 = version.checksums.sha256 { hashes.append("\"sha256\": \"\(sha256)\"") }
    let size = version.checksums.size.map { "\"size\": \($0), " } ?? ""
    let extra = "{\"hashes\": {\(hashes.joined(separator: ", "))}}"
    return "{\"attributes\": {\"version\": \(version.number), \(size)\"extra\": \(extra)}}"
  }
}
