internal import Catalog
internal import Dataset
internal import Diagnostics

/// From the maps that are wanted to the lock.
extension Resolver {
  /// What is locked; for each map of which two catalogs have different bytes, a finding.
  mutating func lock(with atlases: AtlasResolver) -> Lockfile {
    let pins = Dictionary(grouping: previous?.files ?? [], by: \.item)
    let locked = Dictionary((previous?.maps ?? []).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var entries: [Entry] = []
    for id in demands.keys.sorted() {
      let groups = demands[id]?.groups ?? []
      guard let choices = chosen[id] else {
        guard let map = locked[id] else { continue }
        entries.append(
          Entry(
            departed(map).pinned(from: map.revision, in: groups), pins[.map(id)] ?? [], .departed, describedBy: map))
        continue
      }
      let earlier = isUpgraded(.map(id)) ? nil : locked[id]
      guard let (catalog, choice) = single(choices, of: id, lockedFrom: earlier?.catalog) else { continue }
      entries.append(entry(choice, of: catalog, groups, earlier, pins[.map(id)] ?? []))
    }
    let moved = atlases.moved.union(entries.filter(\.fate.isTaken).map(\.map.catalog))
    let used = Set(entries.map(\.map.catalog) + atlases.atlases.map(\.catalog))
    let record = CatalogRecord(
      catalogs.map(\.catalog), used: used, moved: moved, previous, isDescribing: isDescribing)
    let maps = entries.map { entry in
      let map = entry.map
      return map.pinned(
        from: record.revision(map.revision, of: map.catalog, isPresent: entry.fate.isPresent), in: map.groups)
    }
    let recorded = described(record)
    return Lockfile(
      declarations: manifest.declarations, catalogs: recorded, maps: maps, atlases: record.revised(atlases),
      files: entries.flatMap(\.files) + atlases.files,
      metadata: isDescribing ? previous?.metadata ?? Lockfile.metadataVersion : nil,
      references: references(
        of: recorded, record, zip(maps, entries).map { (map: $0, earlier: $1.describedBy) }))
  }

  /// A map with its files, as far as it is known which revision of its catalog they are from.
  private struct Entry {
    let map: LockedMap
    let files: [LockedFile]
    let fate: PinFate
    /// The earlier pin, if what is known of the map comes from it, and not from the catalog as it is now.
    let describedBy: LockedMap?

    init(_ map: LockedMap, _ files: [LockedFile], _ fate: PinFate, describedBy: LockedMap?) {
      self.map = map
      self.files = files
      self.fate = fate
      self.describedBy = describedBy
    }
  }

  private func entry(
    _ choice: Choice, of catalog: String, _ groups: Set<String>, _ locked: LockedMap?, _ pins: [LockedFile]
  ) -> Entry {
    let id = choice.map.id
    let folder = catalogs.first { $0.catalog.name == catalog }?.folder ?? ""
    let now = LockedMap(
      id: id, catalog: catalog, groups: groups, license: choice.map.license, isRestricted: choice.map.isRestricted,
      facts: isDescribing ? MapFacts(choice.map) : nil)
    let earlier = locked.flatMap { $0.catalog == catalog ? $0 : nil }
    let isClaimed = claimsToBeNow(earlier?.revision, of: catalog)
    let describedBy = isClaimed ? nil : earlier.flatMap { isDescribed($0) ? $0 : nil }
    let kept = isClaimed ? earlier.map { _ in now } : earlier?.described(by: describedBy?.facts ?? now.facts)
    var isTaken = earlier == nil || (isDescribing && !isClaimed && describedBy == nil)
    var isOtherwise =
      kept.map { $0.license != now.license || $0.isRestricted != now.isRestricted || $0.facts != now.facts } ?? false
    if let describedBy, !isOtherwise { isOtherwise = hasOtherPapers(describedBy) }
    let files = choice.files.map { file in
      let present = LockedFile(
        path: DatasetPath(id, hemi: file.hemi), map: id, origin: file.origin.moved(into: folder),
        checksums: file.checksums)
      guard earlier != nil, let pin = pins.first(where: { $0.path == present.path }) else {
        isTaken = true
        return present
      }
      guard pin.checksums?.agrees(with: file.checksums) != true else {
        let kept = pin.following(present).completed(by: file.checksums)
        if kept != pin { isTaken = true }
        return kept
      }
      // Git merges line by line, and may put the path of one half before the checksums of the other.
      let others = choice.map.files.filter { $0 != file }.compactMap(\.checksums.md5)
      let isOfOther = pin.checksums?.md5.map { others.contains($0) } ?? false
      guard !isClaimed, !isOfOther else {
        isTaken = true
        return present
      }
      isOtherwise = true
      return pin.following(present).completed(by: file.checksums)
    }
    let map = kept?.pinned(from: earlier?.revision, in: groups) ?? now
    return Entry(map, files, PinFate(isOtherwise: isOtherwise, isTaken: isTaken), describedBy: describedBy)
  }

  /// Whether a pin says of itself that it is what the catalog at hand has. If it is not, it is no pin.
  private func claimsToBeNow(_ revision: String?, of catalog: String) -> Bool {
    guard revision == nil, let recorded = previous?.catalogs.first(where: { $0.name == catalog }) else { return false }
    return catalogs.contains { $0.catalog.name == catalog && $0.catalog.digest == recorded.sha256 }
  }

  /// The one catalog that a map is taken from: the one it is locked from, else the first by name;
  /// a conflict if another has other bytes for a file that both would write.
  private mutating func single(
    _ choices: [String: Choice], of id: AnnotationID, lockedFrom earlier: String?
  ) -> (String, Choice)? {
    func rank(_ catalog: String) -> Int { catalog == earlier ? 0 : 1 }
    let sorted = choices.sorted { a, b in
      rank(a.key) != rank(b.key) ? rank(a.key) < rank(b.key) : precedes(a.key, b.key)
    }
    guard let first = sorted.first else { return nil }
    var whole = first.value
    for other in sorted.dropFirst() {
      for file in other.value.files {
        // What another is asked for and this one has too is taken from this one.
        guard let own = first.value.map.files.first(where: { $0.hemi == file.hemi }),
          own.checksums.agrees(with: file.checksums)
        else {
          report(conflictOf: id, between: first, and: other)
          return nil
        }
        whole.files.insert(own)
      }
    }
    return (first.key, whole)
  }
}
