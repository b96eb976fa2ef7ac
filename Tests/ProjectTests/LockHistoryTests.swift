import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

/// A project over time: its manifest is edited, its catalog gets new revisions, and now and then pins are upgraded.
@Suite("A lock that is made again and again")
struct LockHistoryTests {
  private static let names = (0..<6).map { "a/m\($0)/c/1mm" } + ["b/s/fsLR/32k"]

  private static let entries = [
    "\"a/*/*/*\"", "{source: a}", "{source: [a, b]}", "a/m0/c/1mm", "a/m1/c/1mm", "{tags: [x]}", "{desc: [m2, m3, s]}",
    "{source: b, hemi: L}", "b/s/fsLR/32k", "{source: a, exclude: [a/m0/c/1mm, a/m1/c/1mm]}",
  ]

  /// A revision of the catalog: some maps and atlases are not there, and some have other bytes, places and licenses.
  private static func catalog(_ revision: Int, _ generator: inout SeededGenerator) throws -> LoadedCatalog {
    let about = Self.about(&generator)
    func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }
    func file(_ hemi: String) -> String {
      let letter = pick(["a", "a", "b"])
      let sha256 = pick(["", ", sha256: \(digest(letter, 64))"])
      return "{\(hemi)url: \(pick(["p", "p", "q"])), md5: \(digest(letter, 32))\(sha256)}"
    }
    var maps = names.dropLast().filter { _ in Int.random(in: 0..<6, using: &generator) > 0 }.map { name in
      "{map: \(name), license: \(pick(["CC0", "CC0", "MIT"])), \(pick(["", "", "title: t, ", "n: \"2\", "]))"
        + "\(pick(["", "primary: [p], ", "primary: [p, q], ", "secondary: [q], "]))tags: [\(pick(["x", "y"]))], "
        + "files: [\(file(""))]}"
    }
    let right = pick(["", ", \(file("hemi: R, "))"])
    maps.append("{map: b/s/fsLR/32k, files: [\(file("hemi: L, "))\(right)]}")
    let atlases = ["mine/1k", "mine/2k"].filter { _ in Int.random(in: 0..<6, using: &generator) > 0 }.map { name in
      let member = name.split(separator: "/").joined(separator: "-")
      return "  - "
        + Desk.atlas(
          name, pick(["a", "b"]), ["\(member).gii", pick(["\(member).txt", "\(member).x"])],
          archive: pick(["one.tgz", "two.tgz"])) + "\n"
    }
    return try Desk.catalog(
      "lab", revision: "\(revision)", maps: maps,
      rest: about + (atlases.isEmpty ? "" : "atlases:\n\(atlases.joined())"))
  }

  /// What is said of the catalog as a whole, and its papers.
  private static func about(_ generator: inout SeededGenerator) -> String {
    func pick(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }
    let papers = ["p", "q"].map { "  \($0): {type: \(pick(["misc", "misc", "article"]))}\n" }.joined()
    return "references:\n\(papers)\(pick(["", "cite: [q]\n"]))\(pick(["", "title: T\n"]))"
  }

  private static func manifest(_ generator: inout SeededGenerator) -> String {
    func some(_ items: [String]) -> String {
      items.filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }.joined(separator: ", ")
    }
    func wish() -> String { "annotations: [\(some(entries))], atlases: [\(some(["mine/1k", "\"mine/*\""]))]" }
    let main = wish().replacing("], atlases", with: "]\natlases")
    let head = ["", "data_dir: d\n", "metadata: true\n"].randomElement(using: &generator) ?? ""
    return "version: 1\n\(head)\(main)\ngroups: {f: {\(wish())}, g: {\(wish())}}\n"
  }

  @Test("reads back, is the same when made once more, and is as each of its catalogs says", arguments: 0..<100)
  func history(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var catalogs = [try Self.catalog(1, &generator)]
    var manifest = "version: 1\n\(seed.isMultiple(of: 2) ? "data_dir: d\n" : "")annotations: [\"*/*/*/*\"]\n"
    var lock: Lockfile?
    for _ in 0..<12 {
      let moving = Set(Self.names.filter { _ in Int.random(in: 0..<6, using: &generator) == 0 })
      if let next = try Self.lock(manifest, Array(catalogs.suffix(1)), lock, upgrading: moving) {
        try Self.check(next, manifest, catalogs)
        lock = next
      }
      if Bool.random(using: &generator) { catalogs.append(try Self.catalog(catalogs.count + 1, &generator)) }
      if Int.random(in: 0..<3, using: &generator) == 0 { manifest = Self.manifest(&generator) }
    }
    #expect(lock != nil)
  }

  /// Nil where the manifest was written for another revision, and something in it matches nothing in this one.
  private static func lock(
    _ manifest: String, _ catalogs: [LoadedCatalog], _ previous: Lockfile?, upgrading names: Set<String>
  ) throws -> Lockfile? {
    let isUpgraded: (DatasetItem) -> Bool = { names.contains($0.description) }
    let found = Desk.refusals(manifest, catalogs: catalogs, previous: previous, upgrading: isUpgraded)
    let codes: [DiagnosticCode] = [.matchesNothing, .unknownValue]
    #expect(found.allSatisfy { codes.contains($0.code) }, "\(found)")
    guard found.isEmpty else { return nil }
    return try Desk.resolve(manifest, catalogs: catalogs, previous: previous, upgrading: isUpgraded).lock
  }

  private static func check(_ lock: Lockfile, _ manifest: String, _ catalogs: [LoadedCatalog]) throws {
    let text = Desk.print(lock)
    #expect(try Desk.readLock(text) == lock, "\(text)")
    #expect(try lock.answers(Desk.manifest(manifest)))
    #expect(try (lock.metadata != nil) == Desk.manifest(manifest).wantsMetadata)
    #expect(lock.maps.allSatisfy { ($0.facts != nil) == (lock.metadata != nil) })
    let again = try Desk.resolve(manifest, catalogs: Array(catalogs.suffix(1)), previous: lock).lock
    #expect(Desk.print(again) == text)
    for catalog in catalogs {
      let audit = LockAudit(lock, Desk.lockSource(text), catalogs: [catalog])
      #expect(audit.findings == [], "\(text)")
    }
  }
}
