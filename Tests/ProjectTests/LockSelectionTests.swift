import Catalog
import Dataset
import MarkedText
import Project
import Testing

@Suite("A part of a lock")
struct LockSelectionTests {
  private static func lab() throws -> LoadedCatalog {
    let atlases = [Desk.atlas("mine/1k", "a", ["m.gii", "n.gii"]), Desk.atlas("other", "b", ["o.txt"])]
    return try Desk.catalog(
      "lab",
      maps: [
        Desk.map("a/one/c/1mm", "a"), Desk.map("a/two/c/1mm", "b"), Desk.map("b/one/c/1mm", "c"),
        Desk.surface("s/three/fsLR/32k", left: "d", right: "e"),
      ],
      rest: "atlases:\n\(atlases.map { "  - \($0)\n" }.joined())")
  }

  private static func lock() throws -> Lockfile {
    try Desk.resolve(
      """
      version: 1
      annotations: [a/one/c/1mm, s/three/fsLR/32k]
      groups:
        f: {annotations: [a/two/c/1mm, b/one/c/1mm], atlases: [mine/1k]}
        g: {annotations: [b/one/c/1mm], atlases: [other]}
      """, catalogs: [lab()]
    ).lock
  }

  private static let main = ["a/one/c/1mm", "s/three/fsLR/32k"]

  private static let sets: [(groups: GroupSelection, names: [String])] = [
    (.main, main), (.named([]), main), (.named(["none"]), main),
    (.named(["f"]), ["a/one/c/1mm", "a/two/c/1mm", "b/one/c/1mm", "s/three/fsLR/32k", "mine/1k"]),
    (.named(["g"]), ["a/one/c/1mm", "b/one/c/1mm", "s/three/fsLR/32k", "other"]),
    (
      .named(["f", "g"]),
      ["a/one/c/1mm", "a/two/c/1mm", "b/one/c/1mm", "s/three/fsLR/32k", "mine/1k", "other"]
    ),
    (.all, ["a/one/c/1mm", "a/two/c/1mm", "b/one/c/1mm", "s/three/fsLR/32k", "mine/1k", "other"]),
  ]

  @Test("is the main set with the groups that are asked for", arguments: sets)
  func groups(groups: GroupSelection, names: [String]) throws {
    try check(LockSelection(groups: groups), names)
  }

  private static let patterns: [(patterns: [String], names: [String])] = [
    (["a/*/*/*"], ["a/one/c/1mm", "a/two/c/1mm"]),
    (["*/one/*/*", "mine/*"], ["a/one/c/1mm", "b/one/c/1mm", "mine/1k"]),
    (["other"], ["other"]), (["*"], ["mine/1k", "other"]), (["s/three/fsLR/32k"], ["s/three/fsLR/32k"]),
    (["nobody/*/*/*"], []),
  ]

  @Test("is what of these has one of the names", arguments: patterns)
  func names(patterns: [String], names: [String]) throws {
    let patterns = patterns.compactMap { ItemPattern($0) }
    try check(LockSelection(groups: .all, patterns: patterns), names)
    try check(LockSelection(patterns: patterns), names.filter { Self.main.contains($0) })
  }

  /// Only maps, atlases and their files are left out; what the lock answers stays.
  private func check(_ selection: LockSelection, _ names: [String]) throws {
    let lock = try Self.lock()
    let part = lock.selecting(selection)
    #expect(part.items.map(\.description) == names)
    #expect(part.files == lock.files.filter { names.contains($0.item.description) })
    #expect(part.maps == lock.maps.filter { names.contains($0.id.description) })
    #expect(part.atlases == lock.atlases.filter { names.contains($0.id.description) })
    #expect(part.declarations == lock.declarations && part.catalogs == lock.catalogs)
  }

  @Test("is all of a lock without groups, if nothing else is said")
  func whole() throws {
    let lock = try Desk.readLock(try LockFixture.pinnedAtlases.text())
    #expect(lock.selecting(LockSelection()) == lock)
    #expect(lock.selecting(LockSelection(groups: .named(["x"]))) == lock)
  }

  @Test("of groups includes what the main set asks for, always")
  func includes() {
    for selection in [GroupSelection.main, .named(["f"]), .all] { #expect(selection.includes([])) }
    #expect(!GroupSelection.main.includes(["f"]))
    #expect(GroupSelection.named(["f"]).includes(["e", "f"]))
    #expect(!GroupSelection.named(["f"]).includes(["F"]))
    #expect(GroupSelection.all.includes(["f"]))
  }
}
