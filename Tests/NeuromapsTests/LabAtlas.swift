import Dataset
import SystemPackage
import Tarballs
import TestWorld

/// A template of the lab, whose archive lies beside the lab's catalog.
struct LabAtlas {
  static let mine = LabAtlas("mine/1k", ["left.surf.gii": "left", "right.surf.gii": "right"])
  static let tiny = LabAtlas("tiny", ["tiny.txt": "tiny"])

  let name: String
  let members: [String: String]

  init(_ name: String, _ members: [String: String]) {
    self.name = name
    self.members = members
  }

  private var folder: String { "atlases/\(name.prefix { $0 != "/" })" }

  private var stem: String { name.replacing("/", with: "") }

  /// Its files below the data directory, sorted, with their bytes.
  var files: [(path: String, bytes: [UInt8])] {
    members.sorted { $0.key < $1.key }.map { ("\(folder)/\($0.key)", Array($0.value.utf8)) }
  }

  /// Where its archive lies, from the catalog.
  var origin: String { "archives/\(stem).tar.gz" }

  /// The archive: the listed files, and what nobody asks for.
  var archive: [UInt8] {
    Tarball.tarGz(
      [.folder("\(folder)/"), .file("\(folder)/README", "of no use")] + files.map { .file($0.path, $0.bytes) })
  }

  /// The item of a catalog's `atlases`; its archive is beside the catalog unless an address is given.
  func entry(url: String? = nil) -> String {
    let names = members.keys.sorted().joined(separator: ", ")
    let md5 = MadeFile.checksums(of: archive).md5?.hex ?? ""
    return
      "  - {atlas: \(name), archive: \(stem).tar.gz, url: \"\(url ?? origin)\", md5: \(md5), members: [\(names)]}\n"
  }
}

extension Lab {
  /// A lab whose catalog has atlases too, and a manifest for these and all open maps.
  static func complete(
    atlases: [LabAtlas], wanting entries: [String] = ["- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm"],
    _ transport: ScriptedTransport = .osf(Lab.all)
  ) throws -> Lab {
    let lab = try Lab(transport)
    try lab.write(atlases)
    let list = atlases.map(\.name).joined(separator: ", ")
    let maps = entries.joined(separator: "\n  ")
    try lab.write(manifest(maps, also: "atlases: [\(list)]"))
    return lab
  }

  /// The catalog with these atlases, and their archives.
  func write(_ atlases: [LabAtlas], revision: String = "1") throws {
    let entries = atlases.map { $0.entry() }.joined()
    try write(Lab.catalog(Lab.all, revision: revision) + "atlases:\n\(entries)", at: "catalog.yaml")
    for atlas in atlases { try bench.put(atlas.archive, at: project(atlas.origin)) }
  }

  /// The bytes of a file of the data directory.
  func data(_ path: String) throws -> [UInt8]? { try bench.bytes(project("data/\(path)")) }
}
