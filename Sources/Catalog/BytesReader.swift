package import Dataset
package import YAML

/// Reads where a file comes from and what its bytes are; catalogs and locks write both alike.
package enum BytesReader {
  /// The keys that it looks at.
  package static let keys = ["osf", "osf_version", "url", "size", "md5", "sha256"]

  /// Origin and checksums, or problems and nil.
  package static func read(
    _ fields: YAMLFields, _ problems: inout YAMLProblems
  ) -> (origin: Origin, checksums: Checksums)? {
    let origin = readOrigin(fields, &problems)
    let before = problems.count
    let checksums = readChecksums(fields, &problems)
    if checksums == nil, problems.count == before {
      _ = fields.required("md5", &problems, hints: ["every file carries `md5`, `sha256` or both"])
    }
    guard let origin, let checksums else { return nil }
    return (origin, checksums)
  }

  /// The checksums that are there; nil for none, and with problems.
  package static func readChecksums(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> Checksums? {
    let size = fields["size"].flatMap { problems.count($0, for: "`size`") }
    let md5 = fields["md5"].flatMap {
      problems.value($0, for: "`md5`", expected: "32 lower-case hexadecimal digits") { MD5Digest($0) }
    }
    let sha256 = fields["sha256"].flatMap {
      problems.value($0, for: "`sha256`", expected: "64 lower-case hexadecimal digits") { SHA256Digest($0) }
    }
    return Checksums(size: size, md5: md5, sha256: sha256)
  }

  private static func readOrigin(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> Origin? {
    let version = fields["osf_version"].flatMap { node in
      problems.value(node, for: "`osf_version`", expected: "a whole number from 1 on") { text in
        Int(text).flatMap { $0 >= 1 && String($0) == text ? $0 : nil }
      }
    }
    if fields["osf"] == nil, let key = fields.key("osf_version") {
      problems.wrongValue("`osf_version` goes with `osf`", at: key)
    }
    if let node = fields["url"] {
      if let osf = fields.key("osf") { problems.wrongValue("a file has `osf` or `url`, not both", at: osf) }
      return problems.value(
        node, for: "`url`", expected: "https:, http:, file: or a relative path, without user or password",
        Origin.init(url:))
    }
    guard let node = fields.required("osf", &problems, hints: ["say where it comes from: `osf` or `url`"]) else {
      return nil
    }
    return problems.value(node, for: "`osf`", expected: "project/file") { text in
      OSFFile(text).flatMap { OSFFile(project: $0.project, file: $0.file, version: version) }
    }.map(Origin.osf)
  }
}
