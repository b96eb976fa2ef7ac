internal import Dataset
internal import Project
internal import Store

/// What is done in one piece: the files that one download or one object supplies.
enum SyncWork: Sendable {
  /// Files that are the same bytes, so that they are downloaded once.
  case files(Bundle)
  /// Files of an atlas, which come out of its archive.
  case archive(LockedAtlas, [LockedFile])
  /// A file of metadata, and whether what is there now is set aside.
  case text(LockedFile, setsAside: Bool)

  /// Files that are the same bytes.
  struct Bundle: Sendable {
    /// Each with whether what is there now is set aside.
    var files: [(file: LockedFile, setsAside: Bool)]
    /// What the store has for them; nil for a download.
    let object: StoredObject?
  }

  /// The files that it brings.
  var files: [LockedFile] {
    switch self {
    case .files(let bundle): bundle.files.map(\.file)
    case .archive(_, let files): files
    case .text(let file, _): [file]
    }
  }

  /// Where something may be that gives way, and may be a link to the store.
  func paths(givingWay policy: SyncPolicy) -> [DatasetPath] {
    switch self {
    case .files(let bundle): bundle.files.filter(\.setsAside).map(\.file.path)
    case .archive(_, let files): policy.repairs ? files.map(\.path) : []
    case .text: []
    }
  }

  /// Whether bytes may have to come over the network.
  var isDownload: Bool {
    switch self {
    case .files(let bundle): bundle.object == nil
    case .archive: true
    case .text: false
    }
  }

  /// What the bytes must be that come, where known.
  var checksums: Checksums? {
    switch self {
    case .files(let bundle): bundle.files[0].file.checksums
    case .archive(let atlas, _): atlas.checksums
    case .text(let file, _): file.checksums
    }
  }

  /// Bytes that come, where known.
  var size: Int64? {
    checksums?.size
  }

  /// What a plan leaves to be done: archives first, as they are big and hide many files, then the
  /// biggest first, so that no big file is left alone at the end.
  static func pieces(of plan: SyncPlan, for lock: Lockfile) -> [SyncWork] {
    var bundles: [Bundle] = []
    var texts: [SyncWork] = []
    var byDigest: [String: Int] = [:]
    var members: [DatasetItem: [LockedFile]] = [:]
    for (file, step) in plan.steps {
      let (object, setsAside): (StoredObject?, Bool)
      switch step {
      case .place(let stored, let aside): (object, setsAside) = (stored, aside)
      case .download(let aside): (object, setsAside) = (nil, aside)
      case .unpack:
        members[file.item, default: []].append(file)
        continue
      case .write(let aside):
        texts.append(.text(file, setsAside: aside))
        continue
      case .keep, .accept, .leave, .skip, .lack: continue
      }
      let checksums = object?.checksums ?? file.checksums
      let key = checksums?.sha256?.hex ?? checksums?.md5?.hex ?? file.path.text
      if let index = byDigest[key] {
        bundles[index].files.append((file, setsAside))
      } else {
        byDigest[key] = bundles.count
        bundles.append(Bundle(files: [(file, setsAside)], object: object))
      }
    }
    let archives = lock.atlases.compactMap { atlas in
      members[.atlas(atlas.id)].map { SyncWork.archive(atlas, $0) }
    }
    return biggestFirst(archives) + biggestFirst(bundles.map(SyncWork.files)) + texts
  }

  private static func biggestFirst(_ work: [SyncWork]) -> [SyncWork] {
    work.enumerated().sorted { a, b in
      let (x, y) = (a.element.size ?? 0, b.element.size ?? 0)
      return x != y ? x > y : a.offset < b.offset
    }.map(\.element)
  }
}
