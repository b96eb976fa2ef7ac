import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A lock is a function of manifest, catalogs and earlier lock")
struct ResolverOrderTests {
  /// A set of a manifest, to be written in any order: its name, empty for the main one; of each entry a tuple alone, or
  /// the fields of a selector; and atlases.
  private struct Wish {
    let name: String
    let entries: [[String]]
    let atlases: [String]
  }

  private static let entries: [[String]] = [
    ["a/one/MNI152/1mm"], ["\"a/*/*/*\""], ["[s, three, fsLR, 32k]"], ["b/one/MNI152/1mm"], ["\"*/one/*/*\""],
    ["source: a", "space: [other, MNI152]"], ["tags: [x, y]", "desc: [one, two]"], ["source: s", "hemi: L"],
    ["source: [a, b]", "exclude: [a/one/other/1mm, \"*/two/*/*\"]"], ["restricted: true", "desc: [shut, one]"],
    ["catalog: second", "desc: one"], ["license: [unknown, CC0]", "source: b"],
  ]

  private static let atlases = ["mine/1k", "\"mine/*\"", "other", "all"]

  private static func catalogs(_ revision: String, _ letter: String) throws -> [LoadedCatalog] {
    let shared = Desk.map("b/one/MNI152/1mm", "a", "license: CC0", "tags: [x]", "primary: [p, q]", "title: B")
    let papers = "references: {q: {type: misc, title: \(letter)}, p: {type: misc}, r: {type: misc}}\ncite: [r, q]\n"
    return [
      try Desk.catalog(
        "second", revision: revision, folder: "second",
        maps: [shared, Desk.surface("s/three/fsLR/32k", left: letter, right: "c", "tags: [x, y]")],
        rest: "\(papers)atlases:\n  - \(Desk.atlas("other", letter, ["o.txt"]))\n"),
      try Desk.catalog(
        "first", revision: revision, folder: "first",
        maps: [
          Desk.map("a/one/MNI152/1mm", letter, "tags: [y, x]", "secondary: [q]"), Desk.map("a/one/other/1mm", "b"),
          Desk.map("a/two/MNI152/1mm", letter, "tags: [x, y]"), Desk.map("a/shut/MNI152/1mm", "d", "restricted: true"),
          shared,
        ],
        rest: "\(papers)atlases:\n  - \(Desk.atlas("mine/1k", "a", ["m.gii"]))\n"
          + "  - \(Desk.atlas("mine/2k", letter, ["n.gii", "p.gii"]))\n"),
    ]
  }

  private static func wishes(_ generator: inout SeededGenerator) -> [Wish] {
    ["", "f", "g", "Supplement-1"].map { name in
      Wish(
        name: name, entries: entries.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 },
        atlases: atlases.filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
    }
  }

  /// The manifest with everything of which the order does not count in some order.
  private static func text(
    _ wishes: [Wish], metadata: Bool = false, _ generator: inout SeededGenerator
  ) -> String {
    func shuffled(_ parts: [String], _ open: String, _ close: String) -> String {
      open + parts.shuffled(using: &generator).joined(separator: ", ") + close
    }
    func fields(_ wish: Wish) -> [String] {
      let items = wish.entries.map { $0[0].contains(": ") ? shuffled($0, "{", "}") : $0[0] }
      return ["annotations: \(shuffled(items, "[", "]"))", "atlases: \(shuffled(wish.atlases, "[", "]"))"]
    }
    let groups = wishes.filter { !$0.name.isEmpty }.map { "\($0.name): \(shuffled(fields($0), "{", "}"))" }
    let main = wishes.filter(\.name.isEmpty).flatMap { fields($0) }
    let licenses = shuffled(["deny: \(shuffled(["MIT", "\"GPL*\""], "[", "]"))", "unknown: warn"], "{", "}")
    let lines =
      main + (metadata ? ["metadata: true"] : []) + [
        "version: 1", "groups: \(shuffled(groups, "{", "}"))", "licenses: \(licenses)",
      ]
    return lines.shuffled(using: &generator).map { "\($0)\n" }.joined()
  }

  @Test("whatever the order of keys, entries, groups and catalogs", arguments: 0..<50)
  func order(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let wishes = Self.wishes(&generator)
    func lock(_ catalogs: [LoadedCatalog], _ previous: Lockfile?, upgrading: Bool = false) throws -> Lockfile {
      let text = Self.text(wishes, metadata: seed.isMultiple(of: 2), &generator)
      return try Desk.resolve(
        text, catalogs: catalogs.shuffled(using: &generator), previous: previous,
        upgrading: { _ in upgrading }
      ).lock
    }
    let (old, new) = (try Self.catalogs("1", "e"), try Self.catalogs("2", "f"))
    let first = try lock(old, nil)
    #expect(try LockWriter.bytes(lock(old, nil)) == LockWriter.bytes(first))
    #expect(try LockWriter.bytes(lock(old, first)) == LockWriter.bytes(first))
    #expect(try LockWriter.bytes(lock(new, first)) == LockWriter.bytes(first), "nothing moves by itself")
    let second = try lock(new, first, upgrading: true)
    #expect(try LockWriter.bytes(lock(new, nil)) == LockWriter.bytes(second), "new pins are those of a new lock")
    #expect(try LockWriter.bytes(lock(new, second)) == LockWriter.bytes(second))
    let manifest = try Desk.manifest(Self.text(wishes, metadata: seed.isMultiple(of: 2), &generator))
    for lock in [first, second] {
      #expect(try Desk.readLock(Desk.print(lock)) == lock)
      #expect(lock.answers(manifest))
    }
    #expect(second.maps.allSatisfy { $0.revision == nil } && second.atlases.allSatisfy { $0.revision == nil })
    #expect(first.demanded == second.demanded)
  }

  @Test("a part of the maps that moves leaves the rest, whatever the order", arguments: 0..<20)
  func part(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let wishes = [Wish(name: "", entries: [Self.entries[1], Self.entries[2]], atlases: ["all"])]
    let (old, new) = (try Self.catalogs("1", "e"), try Self.catalogs("2", "f"))
    let isDescribing = seed.isMultiple(of: 2)
    let first = try Desk.resolve(Self.text(wishes, metadata: isDescribing, &generator), catalogs: old).lock
    let moving = Set(first.items.filter { _ in Bool.random(using: &generator) })
    func lock() throws -> Lockfile {
      try Desk.resolve(
        Self.text(wishes, metadata: isDescribing, &generator), catalogs: new.shuffled(using: &generator),
        previous: first, upgrading: { moving.contains($0) }
      ).lock
    }
    let second = try lock()
    #expect(try LockWriter.bytes(lock()) == LockWriter.bytes(second))
    let upgraded = try Desk.resolve(Self.text(wishes, metadata: isDescribing, &generator), catalogs: new).lock
    for item in first.items {
      let source = moving.contains(item) ? upgraded : first
      #expect(second.files.filter { $0.item == item } == source.files.filter { $0.item == item })
    }
    // A map that has the same bytes may cite a paper that is described otherwise now.
    let older = second.pins.filter { $0.hasSuffix(" 1") }
    #expect(isDescribing || older.allSatisfy { $0.split(separator: " ")[1].contains("e") })
    #expect(try Desk.readLock(Desk.print(second)) == second)
  }
}
