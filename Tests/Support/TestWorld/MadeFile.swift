package import Dataset
package import Effects
package import LoopbackOSF
private import MarkedText
package import Project

/// A file of a lab's map, with bytes made up from a seed.
package struct MadeFile: Sendable {
  /// How much a lock or catalog says of its bytes.
  package enum Knowledge: Sendable, CaseIterable {
    /// As a catalog that knows little.
    case md5
    /// As after a download.
    case all
    /// A digest without a size.
    case sha256
  }

  /// The map.
  package let map: AnnotationID
  /// The half, of a surface.
  package let hemi: Hemisphere?
  /// The content.
  package var bytes: [UInt8]
  /// The id at the origin.
  package let id: String
  /// Whether the origin wants a token.
  package let isRestricted: Bool

  /// The project at the origin.
  package static let project = "lab01"

  /// A file of so many bytes; the bytes and the id follow from the name.
  package init(_ map: AnnotationID, _ hemi: Hemisphere? = nil, size: Int, isRestricted: Bool = false) {
    self.map = map
    self.hemi = hemi
    self.isRestricted = isRestricted
    let name = "\(map)\(hemi?.rawValue ?? "")"
    let seed = name.utf8.reduce(14_695_981_039_346_656_037 as UInt64) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    var generator = SeededGenerator(seed: seed)
    bytes = (0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }
    let hex = String(seed, radix: 16)
    id = String(repeating: "0", count: 24 - hex.count) + hex
  }

  /// A file of the map of that name.
  package init(_ map: String, _ hemi: Hemisphere? = nil, size: Int, isRestricted: Bool = false) {
    guard let map = AnnotationID(map) else { preconditionFailure("`\(map)` names a map") }
    self.init(map, hemi, size: size, isRestricted: isRestricted)
  }

  /// Where it belongs.
  package var path: DatasetPath { DatasetPath(map, hemi: hemi) }

  /// Where it comes from.
  package var origin: Dataset.Origin {
    guard let file = OSFFile(project: Self.project, file: id) else { preconditionFailure("an id has digits only") }
    return .osf(file)
  }

  /// Everything about its bytes.
  package var checksums: Checksums { MadeFile.checksums(of: bytes) }

  /// Everything about some bytes.
  package static func checksums(of bytes: [UInt8]) -> Checksums {
    var hasher = ContentHasher(md5: true)
    bytes.withUnsafeBytes { hasher.update($0) }
    return hasher.finish()
  }

  /// A part of what there is to know about its bytes.
  package func checksums(_ knowledge: Knowledge) -> Checksums {
    let all = checksums
    let part: Checksums? =
      switch knowledge {
      case .md5: Checksums(md5: all.md5)
      case .all: all
      case .sha256: Checksums(sha256: all.sha256)
      }
    guard let part else { preconditionFailure("hashing gives both digests") }
    return part
  }

  /// The file as a lock pins it.
  package func locked(_ knowledge: Knowledge = .all, from origin: Dataset.Origin? = nil) -> LockedFile {
    LockedFile(path: path, map: map, origin: origin ?? self.origin, checksums: checksums(knowledge))
  }

  /// What OSF tells of the one version that there is.
  fileprivate var attributes: String {
    let all = checksums
    let hashes = "{\"md5\": \"\(all.md5?.hex ?? "")\", \"sha256\": \"\(all.sha256?.hex ?? "")\"}"
    return "{\"version\": 1, \"size\": \(bytes.count), \"extra\": {\"version\": 1, \"hashes\": \(hashes)}}"
  }

  /// The file as the loopback server has it.
  package var served: ServedFile {
    let all = checksums
    return ServedFile(
      project: Self.project, file: id, name: path.fileName,
      versions: [ServedVersion(bytes: bytes, md5: all.md5?.hex ?? "", sha256: all.sha256?.hex ?? "")],
      isRestricted: isRestricted)
  }

  /// A lock of some files.
  package static func lock(_ files: [MadeFile], _ knowledge: Knowledge = .all) -> Lockfile {
    let maps = Dictionary(grouping: files, by: \.map).map { id, files in
      LockedMap(
        id: id, catalog: "lab", groups: [], license: nil, isRestricted: files.contains { $0.isRestricted })
    }
    return Lockfile(
      declarations: ["annotation */*/*/*"], catalogs: [], maps: maps, files: files.map { $0.locked(knowledge) })
  }
}

extension ScriptedTransport {
  /// OSF as it is, with these files: a redirect to the storage, and the bytes there.
  package static func osf(_ files: [MadeFile]) -> ScriptedTransport {
    ScriptedTransport { request, _ in answer(request, files) }
  }

  /// OSF's honest answer to a request: every file has one version.
  package static func answer(_ request: TransportRequest, _ files: [MadeFile]) -> Reply {
    let parts = request.url.split(separator: "?", maxSplits: 1).map(String.init)
    let query = parts.count > 1 ? parts[1] : ""
    for file in files {
      if parts[0] == "https://files.osf.io/v1/resources/\(MadeFile.project)/providers/osfstorage/\(file.id)" {
        if file.isRestricted, request.headers["Authorization"] == nil { return Reply(401) }
        if file.isRestricted, request.headers["Authorization"] != "Bearer right" { return Reply(403) }
        switch query {
        case "meta=": return .bytes(Array("{\"data\": {\"attributes\": \(file.attributes)}}".utf8))
        case "versions=": return .bytes(Array("{\"data\": [{\"attributes\": \(file.attributes)}]}".utf8))
        case "", "version=1": return .redirect(to: "https://storage.example.org/\(file.id)?signature=secret")
        default: return Reply(404)
        }
      }
      if request.url == "https://storage.example.org/\(file.id)?signature=secret" { return .bytes(file.bytes) }
    }
    return Reply(404)
  }

  /// The requests for bytes, not those for what is known of them.
  package var downloads: [TransportRequest] { requests.filter { !$0.isLookUp } }

  /// The requests for what OSF knows of files.
  package var lookUps: [TransportRequest] { requests.filter(\.isLookUp) }
}

extension TransportRequest {
  /// Whether it asks for metadata.
  fileprivate var isLookUp: Bool { url.hasSuffix("?meta=") || url.hasSuffix("?versions=") }
}
