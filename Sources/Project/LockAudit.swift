internal import Catalog
public import Dataset
public import Diagnostics
internal import YAML

/// Compares a lock with the catalogs that it names: whether anybody has made it point elsewhere.
///
/// Only a catalog whose bytes are those that the lock has of it can be compared with, and of its maps and atlases only
/// those that are pinned from that revision. The rest is not wrong; nothing can be said of it here.
public struct LockAudit: Sendable {
  /// Everything that is not as its catalog says, in the order of the lock.
  public let findings: [Diagnostic]
  /// Catalogs of the lock that could be compared with, sorted.
  public let compared: [String]
  /// Maps and atlases that could not be compared, sorted.
  public let unknown: [DatasetItem]

  /// Compares.
  ///
  /// - Parameters:
  ///   - lock: what is compared.
  ///   - source: the lock's text, for the places of its entries.
  ///   - catalogs: those that are at hand.
  public init(_ lock: Lockfile, _ source: SourceText, catalogs: [LoadedCatalog]) {
    let digests = Dictionary(lock.catalogs.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let same = catalogs.filter { loaded in
      digests[loaded.catalog.name].map { $0.sha256 == loaded.catalog.digest } ?? false
    }
    let byName = Dictionary(same.map { ($0.catalog.name, $0) }, uniquingKeysWith: { first, _ in first })
    let files = Dictionary(grouping: lock.files, by: \.item)
    var auditor = Auditor(source: source)
    var unknown: [DatasetItem] = []
    for catalog in lock.catalogs {
      auditor.compareWithBuiltin(catalog)
      if let present = byName[catalog.name]?.catalog {
        auditor.compare(catalog, present, isDescribed: lock.metadata != nil)
      }
    }
    for locked in lock.references where locked.revision == nil {
      if let present = byName[locked.catalog]?.catalog { auditor.compare(locked, present) }
    }
    for map in lock.maps {
      guard map.revision == nil, let loaded = byName[map.catalog] else {
        unknown.append(.map(map.id))
        continue
      }
      auditor.compare(map, files[.map(map.id)] ?? [], loaded)
    }
    for atlas in lock.atlases {
      guard atlas.revision == nil, let loaded = byName[atlas.catalog] else {
        unknown.append(.atlas(atlas.id))
        continue
      }
      auditor.compare(atlas, files[.atlas(atlas.id)] ?? [], loaded)
    }
    findings = auditor.findings.enumerated().sorted { a, b in
      guard let x = a.element.location?.span.start, let y = b.element.location?.span.start, x != y else {
        return a.offset < b.offset
      }
      return x < y
    }.map(\.element)
    compared = same.map(\.catalog.name).sorted(by: precedes)
    self.unknown = unknown.sorted()
  }
}

/// Collects what differs.
private struct Auditor {
  let source: SourceText
  private(set) var findings: [Diagnostic] = []

  /// A lab may change a catalog of its own and not call it a new revision; of the built-in one each revision has bytes
  /// of its own.
  mutating func compareWithBuiltin(_ locked: LockedCatalog) {
    guard locked.name == BuiltinCatalog.name else { return }
    let builtin = BuiltinCatalog.load()
    guard locked.revision == builtin.revision, locked.sha256 != builtin.digest else { return }
    report(
      "the SHA-256 of the catalog `\(locked.name)`", locked.sha256.hex, builtin.digest.hex,
      at: place(of: "- name", locked.name), remedy: "lock --upgrade")
  }

  mutating func compare(_ locked: LockedCatalog, _ present: MapCatalog, isDescribed: Bool) {
    let name = locked.name
    if locked.revision != present.revision {
      report("the revision of the catalog `\(name)`", locked.revision, present.revision, "- name", name)
    }
    guard isDescribed else { return }
    let texts = [("title", locked.title, present.title), ("caution", locked.caution, present.caution)]
    for (what, own, wanted) in Self.differing(texts, [("cite", locked.cite, present.cite)]) {
      report("the \(what) of the catalog `\(name)`", own, wanted, "- name", name)
    }
  }

  mutating func compare(_ locked: LockedReference, _ present: MapCatalog) {
    let own = locked.reference
    guard let wanted = present.references[own.key] else {
      return report("the reference `\(own.key)`", own.key, nil, at: place(of: locked))
    }
    let texts = [("type", own.type, wanted.type)] + zip(own.texts, wanted.texts).map { ($0.name, $0.text, $1.text) }
    for (what, text, other) in Self.differing(texts, [("authors", own.authors, wanted.authors)]) {
      report("the \(what) of the reference `\(own.key)`", text, other, at: place(of: locked))
    }
  }

  private mutating func compare(_ own: MapFacts, _ wanted: MapFacts, of name: String) {
    let texts = zip(own.texts, wanted.texts).map { ($0.name, $0.text, $1.text) }
    let lists = [("primary", own.primary, wanted.primary), ("secondary", own.secondary, wanted.secondary)]
    for (what, text, other) in Self.differing(texts, lists) {
      report("the \(what) of `\(name)`", text, other, "- map", name)
    }
  }

  /// Of texts and lists, each by name with what the lock and what the catalog has, those that differ, as texts.
  private static func differing(
    _ texts: [(String, String?, String?)], _ lists: [(String, [String], [String])]
  ) -> [(String, String?, String?)] {
    func text(_ list: [String]) -> String? { list.isEmpty ? nil : YAMLWriter.inline(list) }
    return texts.filter { $0.1 != $0.2 } + lists.filter { $0.1 != $0.2 }.map { ($0.0, text($0.1), text($0.2)) }
  }

  mutating func compare(_ map: LockedMap, _ files: [LockedFile], _ loaded: LoadedCatalog) {
    guard let present = loaded.catalog[map.id] else { return report(missing: .map(map.id), "- map") }
    let license = (map.license ?? LockReader.unknownLicense, present.license ?? LockReader.unknownLicense)
    if license.0 != license.1 {
      report("the license of `\(map.id)`", license.0, license.1, "- map", map.id.description)
    }
    if map.isRestricted != present.isRestricted {
      report(
        "whether `\(map.id)` is restricted", "\(map.isRestricted)", "\(present.isRestricted)", "- map",
        map.id.description)
    }
    if let facts = map.facts { compare(facts, MapFacts(present), of: map.id.description) }
    for file in files {
      guard let own = present.files.first(where: { DatasetPath(map.id, hemi: $0.hemi) == file.path }) else {
        report("a file of `\(map.id)`", file.path.text, nil, "- path", file.path.text)
        continue
      }
      compare(
        file.origin, own.origin.moved(into: loaded.folder), of: file.path.text, "- path", file.path.text)
      compare(file.checksums, own.checksums, of: file.path.text, "- path", file.path.text)
    }
  }

  mutating func compare(_ atlas: LockedAtlas, _ files: [LockedFile], _ loaded: LoadedCatalog) {
    guard let present = loaded.catalog.atlases.first(where: { $0.id == atlas.id }) else {
      return report(missing: .atlas(atlas.id), "- atlas")
    }
    let (name, line) = (atlas.id.description, "- atlas")
    if atlas.archive != present.archive {
      report("the archive of `\(name)`", atlas.archive, present.archive, line, name)
    }
    compare(atlas.origin, present.origin.moved(into: loaded.folder), of: name, line, name)
    compare(atlas.checksums, present.checksums, of: name, line, name)
    for file in files where !present.members.contains(file.path) {
      report("a file of `\(name)`", file.path.text, nil, "- path", file.path.text)
    }
  }

  /// A version on OSF is no matter of the catalog; its checksums are.
  private mutating func compare(
    _ locked: Origin?, _ present: Origin, of name: String, _ key: String, _ value: String
  ) {
    guard let locked, locked != present else { return }
    if case .osf(let a) = locked, case .osf(let b) = present, a.text == b.text { return }
    report("the origin of `\(name)`", locked.description, present.description, key, value)
  }

  /// The lock may know more than the catalog; what the catalog knows must be there.
  private mutating func compare(
    _ locked: Checksums?, _ present: Checksums, of name: String, _ key: String, _ value: String
  ) {
    let pairs: [(String, String?, String?)] = [
      ("size", locked?.size.map { "\($0)" }, present.size.map { "\($0)" }),
      ("md5", locked?.md5?.hex, present.md5?.hex), ("sha256", locked?.sha256?.hex, present.sha256?.hex),
    ]
    for (what, own, wanted) in pairs where wanted != nil && own != wanted {
      report("the \(what) of `\(name)`", own, wanted, key, value)
    }
  }

  private mutating func report(missing item: DatasetItem, _ key: String) {
    report("the \(item.kind) `\(item)`", item.description, nil, key, item.description)
  }

  private mutating func report(_ what: String, _ locked: String?, _ present: String?, _ key: String, _ value: String) {
    report(what, locked, present, at: place(of: key, value))
  }

  private mutating func report(
    _ what: String, _ locked: String?, _ present: String?, at place: SourceSpan, remedy: String = "lock"
  ) {
    func shown(_ text: String?) -> String { text.map { "`\($0)`" } ?? "none" }
    findings.append(
      Diagnostic(
        .lockTampered, "\(what) is not what its catalog says", at: source.location(place),
        notes: [
          "the lock has \(shown(locked))", "the catalog, in the revision that the lock names, has \(shown(present))",
        ],
        hints: [
          "if nobody meant to change it, take the lock of an earlier commit",
          "`neuromaps \(remedy)` takes the catalog's pins again",
        ]))
  }

  private func place(of locked: LockedReference) -> SourceSpan {
    place(of: "- key", locked.reference.key, before: "  catalog: \(YAMLWriter.line(locked.catalog))")
  }

  /// The line that begins an entry, `next` being the one below where that tells it from others: a lock is written in
  /// one way only.
  private func place(of key: String, _ value: String, before next: String? = nil) -> SourceSpan {
    let line = "\(key): \(YAMLWriter.line(value))"
    let all = source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let number =
      all.indices.first { index in
        guard all[index].elementsEqual(line.utf8) else { return false }
        guard let next else { return true }
        return index + 1 < all.count && all[index + 1].elementsEqual(next.utf8)
      } ?? 0
    let length = String(decoding: all[number], as: UTF8.self).unicodeScalars.count
    return SourceSpan(
      SourcePosition(line: number + 1, column: 1), SourcePosition(line: number + 1, column: length + 1))
  }
}
