import Catalog
import Dataset
import MarkedText
import Project
import Testing

@Suite("A lock that is written and read")
struct LockRoundTripTests {
  @Test("is the same lock, and the same bytes when written again", arguments: 0..<100)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let catalogs = try (0..<2).map { try Self.catalog("lab\($0)", &generator) }
    let names = catalogs.flatMap { loaded in loaded.catalog.maps.map(\.id.description) }
    let wanted = names.filter { _ in Bool.random(using: &generator) } + [names[0]]
    let tags = catalogs.flatMap { $0.catalog.maps.flatMap(\.tags) }.prefix(2)
    let selectors = tags.map { "  - {tags: [\(quoted($0))], restricted: true}\n" }
    let entries = wanted.map { "  - \($0)\n" } + selectors
    let atlasNames = catalogs.flatMap { loaded in loaded.catalog.atlases.map(\.id.description) }
    let atlases = atlasNames.filter { _ in Bool.random(using: &generator) }.map { "  - \($0)\n" }
    let groups = ["f", "G-1"].map { name in
      let grouped = [names, atlasNames].map { list in
        list.filter { _ in Bool.random(using: &generator) }.joined(separator: ", ")
      }
      return "  \(name): {annotations: [\(grouped[0])], atlases: [\(grouped[1])]}\n"
    }
    let sets = Bool.random(using: &generator) ? "groups:\n\(groups.joined())" : ""
    var lock = try Desk.resolve(
      "version: 1\n\(seed.isMultiple(of: 2) ? "metadata: true\n" : "")annotations:\n\(entries.joined())atlases:\n\(atlases.joined())\(sets)",
      catalogs: catalogs + [Desk.builtin]
    ).lock
    if lock.metadata == nil, Bool.random(using: &generator) { lock = Self.withRevisions(lock, &generator) }
    // As after a sync, or one that was broken off.
    for file in lock.files where file.item.kind == "atlas" && Bool.random(using: &generator) {
      lock = lock.completed(with: [file.path: try #require(Self.pin(&generator))])
    }
    let text = Desk.print(lock)
    let read = try Desk.readLock(text)
    #expect(read == lock)
    #expect(read.declarations.map { Array($0.utf8) } == lock.declarations.map { Array($0.utf8) })
    #expect(Desk.print(read) == text)
    #expect(text.utf8.filter { $0 == UInt8(ascii: "\n") }.count == Self.lines(of: lock), "one field a line")
  }

  /// As after catalogs have changed: some of it is pinned from another revision.
  private static func withRevisions(_ lock: Lockfile, _ generator: inout SeededGenerator) -> Lockfile {
    func revision() -> String? { Bool.random(using: &generator) ? "r" + generator.text(upTo: 4) : nil }
    var copy = lock
    copy.maps = lock.maps.map { map in
      LockedMap(
        id: map.id, catalog: map.catalog, revision: revision(), groups: map.groups, license: map.license,
        isRestricted: map.isRestricted)
    }
    copy.atlases = lock.atlases.map { atlas in
      LockedAtlas(
        id: atlas.id, catalog: atlas.catalog, revision: revision(), groups: atlas.groups, archive: atlas.archive,
        origin: atlas.origin, checksums: atlas.checksums)
    }
    return copy
  }

  /// Two lines of head, a line for each key of the whole, for each declaration and for each field.
  private static func lines(of lock: Lockfile) -> Int {
    let maps = lock.maps.reduce(0) { $0 + 5 + lines($1.groups, $1.revision) + lines(of: $1.facts) }
    let atlases = lock.atlases.reduce(lock.atlases.isEmpty ? 0 : 1) { count, atlas in
      count + 4 + lines(atlas.groups, atlas.revision) + lines(of: atlas.origin) + lines(of: atlas.checksums)
    }
    let isFirst =
      lock.groups.isEmpty && (lock.maps.map(\.revision) + lock.atlases.map(\.revision)).allSatisfy { $0 == nil }
    let files = lock.files.reduce(0) { $0 + 2 + lines(of: $1.origin) + lines(of: $1.checksums) }
    let isPlain = lock.metadata == nil
    return 2 + (isPlain ? isFirst ? 5 : 6 : 8) + lock.declarations.count + lock.catalogs.count * 3 + maps + atlases
      + files + lock.catalogs.reduce(0) { $0 + lines(of: $1) } + lock.references.reduce(0) { $0 + lines(of: $1) }
  }

  private static func lines(of facts: MapFacts?) -> Int {
    guard let facts else { return 0 }
    let lists = [facts.primary, facts.secondary].count { !$0.isEmpty }
    return facts.texts.count { $0.text != nil } + lists
  }

  private static func lines(of catalog: LockedCatalog) -> Int {
    [catalog.title != nil, !catalog.cite.isEmpty, catalog.caution != nil].count { $0 }
  }

  private static func lines(of locked: LockedReference) -> Int {
    let paper = locked.reference
    return 3 + (paper.authors.isEmpty ? 0 : 1) + paper.texts.count { $0.text != nil }
  }

  private static func lines(_ groups: [String], _ revision: String?) -> Int {
    (groups.isEmpty ? 0 : 1) + (revision == nil ? 0 : 1)
  }

  private static func lines(of origin: Dataset.Origin?) -> Int {
    switch origin {
    case nil: 0
    case .osf(let osf)?: osf.version == nil ? 1 : 2
    case .url?, .relative?: 1
    }
  }

  private static func lines(of sums: Checksums?) -> Int {
    [sums?.size != nil, sums?.md5 != nil, sums?.sha256 != nil].count { $0 }
  }

  /// All that a member of an archive is pinned by, with or without an MD5.
  private static func pin(_ generator: inout SeededGenerator) -> Checksums? {
    let size = Int64.random(in: 0...Int64.max, using: &generator)
    let md5 = Bool.random(using: &generator) ? MD5Digest(hex(32, &generator)) : nil
    return Checksums(size: size, md5: md5, sha256: SHA256Digest(hex(64, &generator)))
  }

  private static func catalog(_ name: String, _ generator: inout SeededGenerator) throws -> LoadedCatalog {
    var maps: [String] = []
    for index in 0..<Int.random(in: 1...5, using: &generator) {
      let isVolume = Bool.random(using: &generator)
      let hemispheres =
        isVolume
        ? [""] : [["hemi: L, "], ["hemi: R, "], ["hemi: R, ", "hemi: L, "]].randomElement(using: &generator) ?? []
      let files = hemispheres.map { "{\($0)\(bytes(&generator))}" }.joined(separator: ", ")
      let license = Bool.random(using: &generator) ? "license: \(quoted(generator.text(upTo: 6))), " : ""
      let restricted = Bool.random(using: &generator) ? "restricted: true, " : ""
      let tags = "tags: [\(quoted("t" + generator.text(upTo: 4)))]" + facts(&generator)
      maps.append(
        "{map: \(name)/m\(index).\(name)/X+/\(isVolume ? "2.5mm" : "10k"), \(license)\(restricted)\(tags), files: [\(files)]}"
      )
    }
    let atlases = try (0..<Int.random(in: 0...3, using: &generator)).map { index in
      let sampling = ["", "/10k", "/2.5mm"].randomElement(using: &generator) ?? ""
      let members = try (0..<Int.random(in: 1...4, using: &generator)).map { number in
        let member = "m\(number)" + generator.text(upTo: 3)
        let id = try #require(AtlasID(name: "x", sampling: nil))
        return quoted(DatasetPath(id, member: member) == nil ? "m\(number)" : member)
      }
      return "  - {atlas: \(name).\(index)\(sampling), archive: a\(index).tar.gz, \(bytes(&generator)), "
        + "members: [\(members.joined(separator: ", "))]}\n"
    }
    let revision = quoted("r" + generator.text(upTo: 4)).dropFirst().dropLast()
    return try Desk.catalog(
      name, revision: String(revision), folder: ["", "maps", "../x", "/abs"].randomElement(using: &generator) ?? "",
      maps: maps, rest: papers(&generator) + (atlases.isEmpty ? "" : "atlases:\n\(atlases.joined())"))
  }

  private static func facts(_ generator: inout SeededGenerator) -> String {
    func some(_ text: (String) -> String) -> String {
      Bool.random(using: &generator) ? ", " + text(quoted(generator.text(upTo: 8))) : ""
    }
    let keys = some { _ in "primary: [p, q]" } + some { _ in "secondary: [q, q]" }
    return some { "title: \($0)" } + some { "note: \($0)" } + some { "age: \($0)" } + keys
  }

  private static func papers(_ generator: inout SeededGenerator) -> String {
    func text() -> String { quoted(generator.text(upTo: 8)) }
    let authors = (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() }.joined(separator: ", ")
    return "title: \(text())\ncaution: \(text())\ncite: [q]\nreferences:\n"
      + "  p: {type: \(text()), authors: [\(authors)]}\n  q: {type: misc, title: \(text()), doi: \(text())}\n"
  }

  private static func bytes(_ generator: inout SeededGenerator) -> String {
    func hex(_ count: Int) -> String { Self.hex(count, &generator) }
    let origin = [
      "osf: abc12/\(hex(24))", "osf: abc12/\(hex(24)), osf_version: 2", "url: \"a/\(hex(4))\"",
      "url: \"https://h/\(hex(4))?a=b#c\"",
    ]
    let sums = ["md5: \"\(hex(32))\"", "sha256: \"\(hex(64))\"", "md5: \"\(hex(32))\", sha256: \"\(hex(64))\""]
    let size = Bool.random(using: &generator) ? ", size: \(Int64.random(in: 0...Int64.max, using: &generator))" : ""
    return "\(origin.randomElement(using: &generator) ?? ""), \(sums.randomElement(using: &generator) ?? "")\(size)"
  }

  private static func hex(_ count: Int, _ generator: inout SeededGenerator) -> String {
    String(
      (0..<count).map { _ in
        ["0123456789abcdef", "0123456789e"].randomElement(using: &generator)?.randomElement(using: &generator) ?? "0"
      })
  }
}
