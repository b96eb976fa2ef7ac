import Dataset
import Effects
import MarkedText
import Project
import Tarballs
import TestWorld

/// An atlas of a few small files, with an archive that is made by hand.
struct MadeAtlas: Sendable {
  /// A file that the catalog lists.
  struct Member: Hashable, Sendable {
    let name: String
    var bytes: [UInt8]
    let path: DatasetPath

    /// All that is to be known of the bytes, but for the MD5, which nobody reckons.
    var checksums: Checksums {
      let all = MadeFile.checksums(of: bytes)
      return Checksums(size: all.size, sha256: all.sha256) ?? all
    }

    /// The file as it stands in an archive that begins at the data directory.
    var entry: TarEntry { .file(path.text, bytes) }
  }

  let id: AtlasID
  /// Sorted by path.
  var members: [Member]
  /// The archive's bytes.
  var packed: [UInt8]
  /// The id at the origin.
  let file: String

  /// An atlas with these files, of different sizes; the bytes follow from the names.
  init(_ id: String, _ names: [String] = ["left", "right", "sphere"], size: Int = 40) {
    guard let id = AtlasID(id) else { preconditionFailure("`\(id)` names an atlas") }
    self.id = id
    members = names.sorted().enumerated().map { index, name in
      var generator = SeededGenerator(seed: Self.seed("\(id) \(name)"))
      let bytes = (0..<size + 100 * index).map { _ in UInt8.random(in: 0...255, using: &generator) }
      guard let path = DatasetPath(id, member: name) else { preconditionFailure("`\(name)` is a file name") }
      return Member(name: name, bytes: bytes, path: path)
    }
    let hex = String(Self.seed("\(id)"), radix: 16)
    file = String(repeating: "f", count: 24 - hex.count) + hex
    packed = []
    pack(entries)
  }

  private static func seed(_ text: String) -> UInt64 { text.utf8.reduce(5381) { $0 &* 33 ^ UInt64($1) } }

  /// The members of the archive as OSF has it: folders, then files.
  var entries: [TarEntry] { [.folder("atlases/"), .folder("atlases/\(id.name)/")] + members.map(\.entry) }

  /// Makes the archive of other members.
  mutating func pack(_ entries: [TarEntry]) { packed = Tarball.tarGz(entries) }

  /// The same atlas with an archive of other members.
  func packed(_ entries: [TarEntry]) -> MadeAtlas {
    var copy = self
    copy.pack(entries)
    return copy
  }

  /// The same atlas with other bytes for an archive.
  func packed(as bytes: [UInt8]) -> MadeAtlas {
    var copy = self
    copy.packed = bytes
    return copy
  }

  /// The archive's file name.
  var archive: String { "atlas-\(id.name)-\(id.sampling?.label ?? "all").tar.gz" }

  /// All about the archive's bytes.
  var checksums: Checksums { MadeFile.checksums(of: packed) }

  /// The atlas as a lock has it.
  func locked(_ knowledge: MadeFile.Knowledge = .md5) -> LockedAtlas {
    guard let origin = OSFFile(project: MadeFile.project, file: file), let md5 = Checksums(md5: checksums.md5),
      let sha256 = Checksums(sha256: checksums.sha256)
    else { preconditionFailure("an id has digits only, and hashing gives both digests") }
    let known =
      switch knowledge {
      case .md5: md5
      case .sha256: sha256
      case .all: checksums
      }
    return LockedAtlas(id: id, catalog: "lab", archive: archive, origin: .osf(origin), checksums: known)
  }

  /// A lock of atlases and files of maps; `isPinned` with what is known after a sync.
  static func lock(
    _ atlases: [MadeAtlas], _ maps: [MadeFile] = [], _ knowledge: MadeFile.Knowledge = .md5, isPinned: Bool = false
  ) -> Lockfile {
    var lock = MadeFile.lock(maps, knowledge)
    let members = atlases.flatMap { atlas in
      atlas.members.map { LockedFile(path: $0.path, atlas: atlas.id, checksums: isPinned ? $0.checksums : nil) }
    }
    lock = Lockfile(
      declarations: lock.declarations, catalogs: [], maps: lock.maps, atlases: atlases.map { $0.locked(knowledge) },
      files: lock.files + members)
    return lock
  }
}

extension ScriptedTransport {
  /// OSF as it is, with these archives and files of maps.
  static func osf(_ atlases: [MadeAtlas], _ maps: [MadeFile] = []) -> ScriptedTransport {
    ScriptedTransport { request, _ in answer(request, atlases, maps) }
  }

  /// OSF's honest answer to a request.
  static func answer(_ request: TransportRequest, _ atlases: [MadeAtlas], _ maps: [MadeFile]) -> Reply {
    for atlas in atlases where request.url.contains(atlas.file) {
      let storage = "https://storage.example.org/\(atlas.file)?signature=secret"
      return request.url == storage ? .bytes(atlas.packed) : .redirect(to: storage)
    }
    return answer(request, maps)
  }
}
