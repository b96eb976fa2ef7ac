internal import Catalog
internal import Dataset
internal import Neuromaps
internal import Project

extension LockDifference {
  /// What both locks say of a map or an atlas as a whole, not alike. That its catalog has moved as a whole is told of
  /// the catalog.
  func facts(of change: LockItemChange) -> [LockFact] {
    guard let a = change.older, let b = change.newer else { return [] }
    let isCatalogsOwn = catalogs.contains { catalog in
      catalog.name == a.catalog && a.catalog == b.catalog && catalog.older.revision == a.revision
        && catalog.newer.revision == b.revision
    }
    var facts = [
      LockFact(name: "catalog", older: a.catalog, newer: b.catalog),
      LockFact(name: "license", older: a.license ?? "unknown", newer: b.license ?? "unknown"),
      LockFact(name: "groups", older: Self.words(a.groups), newer: Self.words(b.groups)),
      LockFact(name: "restricted", older: a.isRestricted ? "yes" : "no", newer: b.isRestricted ? "yes" : "no"),
    ]
    if !isCatalogsOwn {
      facts.insert(
        LockFact(name: "revision", older: a.revision ?? "unknown", newer: b.revision ?? "unknown"), at: 1)
    }
    return facts.filter { $0.older != $0.newer } + known(of: change)
  }

  /// What is known of a map in both locks, not alike.
  private func known(of change: LockItemChange) -> [LockFact] {
    guard let a = change.older?.facts, let b = change.newer?.facts else { return [] }
    let lists = [
      LockFact(name: "primary", older: Self.known(a.primary), newer: Self.known(b.primary)),
      LockFact(name: "secondary", older: Self.known(a.secondary), newer: Self.known(b.secondary)),
    ]
    let all = Self.facts(nil, a.texts, b.texts) + lists + change.references.flatMap { Self.facts(of: $0) }
    return all.filter { $0.older != $0.newer }
  }

  private static func facts(of change: LockReferenceChange) -> [LockFact] {
    let (a, b) = (change.older, change.newer)
    return [
      LockFact(name: "type", paper: change.key, older: a.type, newer: b.type),
      LockFact(name: "authors", paper: change.key, older: known(a.authors), newer: known(b.authors)),
    ] + facts(change.key, a.texts, b.texts)
  }

  private static func facts(
    _ paper: String?, _ older: [(name: String, text: String?)], _ newer: [(name: String, text: String?)]
  ) -> [LockFact] {
    zip(older, newer).map { a, b in
      LockFact(name: a.name, paper: paper, older: a.text ?? "unknown", newer: b.text ?? "unknown")
    }
  }

  private static func known(_ texts: [String]) -> String { texts.isEmpty ? "none" : texts.joined(separator: ", ") }

  private static func words(_ groups: [String]) -> String {
    groups.isEmpty ? "the main set" : groups.joined(separator: ", ")
  }
}

extension LockItemChange {
  /// How much it is, or was: `2 files, 1.2 MB`; the size only if it is known.
  var extent: String {
    guard let about = newer ?? older else { return "" }
    let count = counted(about.fileCount, "file")
    guard let size = about.size else { return count }
    switch item {
    case .map, .dataset: return "\(count), \(ByteCount(size))"
    case .atlas: return "\(count), archive of \(ByteCount(size))"
    }
  }
}

extension LockFileChange {
  /// Its file name, and its size if only one of the locks has it.
  var title: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let size = kind == .changed ? nil : (newer ?? older)?.checksums?.size
    return (isArchive ? "archive \(name)" : name) + (size.map { " (\(ByteCount($0)))" } ?? "")
  }

  /// What differs if both locks have it: its bytes, where they come from.
  var facts: [String] {
    guard let older, let newer else { return [] }
    var facts: [String] = []
    if let a = older.checksums, let b = newer.checksums, !a.agrees(with: b) {
      facts.append("\(a.brief(beside: b)) → \(b.brief(beside: a))")
    }
    if older.origin != newer.origin {
      let (a, b) = (older.origin?.words ?? "an archive", newer.origin?.words ?? "an archive")
      facts.append(a == b ? "\(a), with another query" : "\(a) → \(b)")
    }
    return facts
  }
}

extension LockCatalogChange {
  /// What became of it.
  var words: String {
    if older.sha256 == newer.sha256, older.revision == newer.revision { return "described otherwise" }
    return older.revision == newer.revision
      ? "other contents, still revision \(newer.revision)" : "revision \(older.revision) → \(newer.revision)"
  }
}

extension Origin {
  /// As in a message, with the version if one is pinned.
  fileprivate var words: String {
    guard case .osf(let file) = self, let version = file.version else { return description }
    return "\(self), version \(version)"
  }
}

extension Checksums {
  /// A digest in short, and the size: `sha256:91c0…7e, 4.2 MB`. The digest is one by which it can be told from the
  /// other, if there is one.
  fileprivate func brief(beside other: Checksums) -> String {
    let isSHA256NoHelp = sha256 == nil || other.sha256 == nil || sha256 == other.sha256
    let showsMD5 = isSHA256NoHelp && md5 != nil && other.md5 != nil && md5 != other.md5
    let strongest = sha256.map { "sha256:\(short($0.hex))" }
    let weakest = md5.map { "md5:\(short($0.hex))" }
    let digest = showsMD5 ? weakest : strongest ?? weakest
    return [digest, size.map { ByteCount($0).description }].compactMap { $0 }.joined(separator: ", ")
  }

  private func short(_ digits: String) -> String { "\(digits.prefix(4))…\(digits.suffix(2))" }
}
