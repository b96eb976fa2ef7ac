internal import Dataset

/// A lock by its maps and atlases: what can be compared with another.
struct LockContents {
  /// A map or an atlas.
  struct Entry {
    let about: LockedItem
    /// Whether its revision is its own, and not simply its catalog's.
    let hasOwnRevision: Bool
    /// The file name of the archive; nil for a map.
    let archive: String?
    /// By path; that of the archive by its file name.
    let pins: [String: LockPin]

    /// Whether it is said to be the same as a whole. That its catalog has moved is told of the catalog, once.
    func isDescribed(like other: Entry) -> Bool {
      let (a, b) = (about, other.about)
      if a.revision != b.revision, hasOwnRevision || other.hasOwnRevision { return false }
      return a.catalog == b.catalog && a.license == b.license && a.isRestricted == b.isRestricted
        && a.groups == b.groups && (a.facts == nil || b.facts == nil || a.facts == b.facts)
    }
  }

  private(set) var entries: [DatasetItem: Entry] = [:]
  /// By name.
  let catalogs: [String: LockedCatalog]
  /// The version of what is to be written about the maps; nil where nothing is known of them.
  let metadata: Int64?
  private let papers: LockedReferences?
  private var maps: [AnnotationID: LockedMap] = [:]

  /// The contents of a lock; nothing of none.
  init(_ lock: Lockfile?) {
    let named = (lock?.catalogs ?? []).map { ($0.name, $0) }
    catalogs = Dictionary(named, uniquingKeysWith: { first, _ in first })
    metadata = lock?.metadata
    papers = lock.flatMap { $0.metadata == nil ? nil : LockedReferences($0) }
    if papers != nil { maps = Dictionary(lock?.maps.map { ($0.id, $0) } ?? [], uniquingKeysWith: { a, _ in a }) }
    let files = Dictionary(grouping: lock?.files ?? [], by: \.item)
    for map in lock?.maps ?? [] {
      let item = DatasetItem.map(map.id)
      entries[item] = entry(map, files[item] ?? [])
    }
    for atlas in lock?.atlases ?? [] {
      let item = DatasetItem.atlas(atlas.id)
      entries[item] = entry(atlas, files[item] ?? [])
    }
  }

  private func entry(_ map: LockedMap, _ files: [LockedFile]) -> Entry {
    let about = LockedItem(
      catalog: map.catalog, revision: map.revision ?? catalogs[map.catalog]?.revision, license: map.license,
      isRestricted: map.isRestricted, groups: map.groups, fileCount: files.count, size: Self.size(of: files),
      facts: map.facts)
    return Entry(about: about, hasOwnRevision: map.revision != nil, archive: nil, pins: Self.pins(of: files))
  }

  private func entry(_ atlas: LockedAtlas, _ files: [LockedFile]) -> Entry {
    let about = LockedItem(
      catalog: atlas.catalog, revision: atlas.revision ?? catalogs[atlas.catalog]?.revision, license: nil,
      isRestricted: false, groups: atlas.groups, fileCount: files.count, size: atlas.checksums.size,
      facts: nil)
    var pins = Self.pins(of: files)
    pins[atlas.archive] = LockPin(origin: atlas.origin, checksums: atlas.checksums)
    return Entry(about: about, hasOwnRevision: atlas.revision != nil, archive: atlas.archive, pins: pins)
  }

  /// The papers that a map cites by the same key in both locks, and that are not described alike, sorted by key.
  func changedPapers(of item: DatasetItem, to other: LockContents) -> [LockReferenceChange] {
    guard let papers, let others = other.papers, case .map(let id) = item, let map = maps[id],
      let newer = other.maps[id], let keys = map.facts?.keys, !keys.isEmpty
    else { return [] }
    return Set(keys).sorted(by: precedes).compactMap { key in
      guard let own = papers[key, of: map], let theirs = others[key, of: newer], own != theirs else { return nil }
      return LockReferenceChange(older: own, newer: theirs)
    }
  }

  private static func pins(of files: [LockedFile]) -> [String: LockPin] {
    let pins = files.map { ($0.path.text, LockPin(origin: $0.origin, checksums: $0.checksums)) }
    return Dictionary(pins, uniquingKeysWith: { first, _ in first })
  }

  /// A lock may say any size, so the sum may be more than there are numbers.
  private static func size(of files: [LockedFile]) -> Int64? {
    var total: Int64 = 0
    for file in files {
      guard let size = file.checksums?.size else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(size)
      guard !overflows else { return nil }
      total = sum
    }
    return total
  }
}
