import Catalog
import Dataset
import Diagnostics
import Project

/// Atlases for the tests of this module: a catalog of them, and locks that answer a manifest.
extension Desk {
  /// An atlas of a catalog, in one line; the digest of its archive is one letter.
  static func atlas(
    _ name: String, _ letter: String, _ members: [String], archive: String = "a.tar.gz", url: String? = nil
  ) -> String {
    "{atlas: \(name), archive: \(archive), url: \(url ?? letter), md5: \(digest(letter, 32)), "
      + "members: [\(members.joined(separator: ", "))]}"
  }

  /// A catalog of atlases alone.
  static func catalog(
    _ name: String, revision: String = "1", folder: String = "", atlases: [String]
  ) throws(Findings) -> LoadedCatalog {
    let list = atlases.map { "  - \($0)\n" }.joined()
    return try catalog(name, revision: revision, folder: folder, maps: [], rest: "atlases:\n\(list)")
  }

  /// The lock that answers some names of atlases, each an item of YAML.
  static func lock(
    atlases: String..., catalogs: [LoadedCatalog], previous: Lockfile? = nil
  ) throws(Findings) -> Lockfile {
    try resolve(
      "version: 1\natlases: [\(atlases.joined(separator: ", "))]\n", catalogs: catalogs, previous: previous
    ).lock
  }

  /// Checksums whose digests are one letter each.
  static func sums(_ letter: String, size: Int64 = 7, md5: String? = nil) -> Checksums? {
    Checksums(size: size, md5: MD5Digest(digest(md5 ?? letter, 32)), sha256: SHA256Digest(digest(letter, 64)))
  }
}

extension Lockfile {
  /// The files' names with the first letter of their digests; `-` for those that nothing is known of.
  var members: [String] { files.map { "\($0.path.fileName) \($0.checksums?.sha256?.hex.first ?? "-")" } }

  /// This as after a sync: archives and members complete, the members' digests a letter.
  func unpacked(_ letter: String) -> Lockfile {
    guard let sums = Desk.sums(letter) else { return self }
    let learned = Dictionary(files.map { ($0.path, sums) }, uniquingKeysWith: { first, _ in first })
    let archives = atlases.compactMap { atlas in
      Desk.sums("e", md5: atlas.checksums.md5.map { String($0.hex.prefix(1)) }).map { (atlas.id, $0) }
    }
    return completed(with: learned, archives: Dictionary(archives, uniquingKeysWith: { first, _ in first }))
  }
}
