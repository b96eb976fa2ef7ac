import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A locked map that its catalog has no more")
struct ResolverDepartureTests {
  private static let one = Desk.map("a/one/c/1mm", "a", "tags: [x]", "license: MIT")
  private static let two = Desk.map("a/two/c/1mm", "b", "tags: [y]")

  private static func lab(_ revision: String, _ maps: String..., rest: String = "") throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: revision, maps: maps, rest: rest)
  }

  private static func text(_ annotations: String, _ rest: String = "") -> String {
    "version: 1\nannotations: [\(annotations)]\n\(rest)"
  }

  /// What becomes of the lock that the first manifest has had, with a catalog that has both maps, when the second is
  /// resolved with one that has only the second map.
  private static func after(_ earlier: String, _ later: String) throws -> [String] {
    let lock = try Desk.resolve(earlier, catalogs: [lab("1", one, two)]).lock
    return try Desk.resolve(later, catalogs: [lab("2", two)], previous: lock).lock.names
  }

  @Test("stays locked, byte for byte, and is told of")
  func stays() throws {
    let manifest = MarkedText(Self.text("‹a/one/c/1mm›, a/two/c/1mm"))
    let earlier = try Desk.resolve(manifest.text, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    for revision in ["2", "3"] {
      let later = try Desk.resolve(
        manifest.text, catalogs: [Self.lab(revision, Self.two)], previous: earlier)
      #expect(LockWriter.bytes(later.lock) == LockWriter.bytes(earlier))
      let expected = Expected(
        .leftCatalog, "the catalog `lab` has no `a/one/c/1mm` any more; it stays locked", hint: "a mirror keeps them",
        severity: .warning)
      #expect(manifest.differences(from: later.warnings, [expected]) == [])
    }
  }

  @Test("stays when everything is upgraded: there is nothing newer")
  func upgraded() throws {
    let manifest = Self.text("\"a/*/*/*\"")
    let earlier = try Desk.resolve(manifest, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    let newer = try Self.lab("2", Desk.map("a/two/c/1mm", "c"))
    let later = try Desk.resolve(manifest, catalogs: [newer], previous: earlier, upgrading: { _ in true })
    #expect(later.lock.pins == ["a/one/c/1mm a 1", "a/two/c/1mm c -"])
    #expect(later.lock.recorded == ["lab 2"])
    #expect(later.lock.maps.map(\.license) == ["MIT", nil])
    #expect(later.warnings.map(\.code) == [.leftCatalog])
    #expect(try Desk.readLock(Desk.print(later.lock)) == later.lock)
    let again = try Desk.resolve(manifest, catalogs: [newer], previous: later.lock)
    #expect(LockWriter.bytes(again.lock) == LockWriter.bytes(later.lock))
  }

  @Test("stays with just the files that were locked, and what was learned of them")
  func files() throws {
    let surface = Desk.surface("a/s/fsLR/32k", left: "e", right: "f")
    let manifest = Self.text("{source: a, hemi: L}, a/two/c/1mm")
    let lock = try Desk.resolve(manifest, catalogs: [Self.lab("1", surface, Self.two)]).lock
    let sums = try #require(Desk.sums("e"))
    let earlier = lock.completed(with: [lock.files[0].path: sums])
    #expect(earlier.files[0].checksums == sums)
    let later = try Desk.resolve(manifest, catalogs: [Self.lab("2", Self.two)], previous: earlier).lock
    #expect(later == earlier)
    #expect(later.pins == ["a/s/fsLR/32k e -", "a/two/c/1mm b -"])
  }

  private static let both = ["a/one/c/1mm", "a/two/c/1mm"]
  private static let second = ["a/two/c/1mm"]

  private static let entries: [(earlier: String, later: String, names: [String])] = [
    // What names it has it, whatever the lock says of the manifest.
    ("a/one/c/1mm, a/two/c/1mm", "a/one/c/1mm, a/two/c/1mm", both),
    ("{source: a}", "[a, one, c, 1mm], a/two/c/1mm", both), ("{source: a}", "\"*/*/c/*\"", both),
    ("{source: a}", "a/two/c/1mm", second), ("{source: a}", "\"a/t*/*/*\"", second),
    // Of a selector only the lock can tell that it has had it.
    ("{source: a}", "{source: a}", both), ("{source: a}", "{source: [a]}", both),
    ("{source: a}", "{source: a, space: c}", second), ("a/one/c/1mm", "{source: a}", second),
    ("{tags: x}, {tags: y}", "{tags: [x]}, {tags: [y]}", both), ("{tags: x}, {desc: two}", "{desc: two}", second),
    ("{license: MIT}, {desc: two}", "{license: MIT}, {desc: two}", both),
    (
      "{desc: [one, two], res: 1mm, format: volume, catalog: lab}",
      "{catalog: lab, format: volume, res: 1mm, desc: [two, one]}", both
    ),
    ("a/one/c/1mm, {desc: two}", "{desc: two}", second),
    // What is excluded is not wanted, gone or not.
    ("{source: a}", "{source: a, exclude: [\"a/one/*/*\"]}", second),
    ("a/one/c/1mm, {source: a, exclude: [a/one/c/1mm]}", "{source: a, exclude: [a/one/c/1mm]}", second),
  ]

  @Test("stays only while the manifest asks for it", arguments: entries)
  func wanted(earlier: String, later: String, names: [String]) throws {
    #expect(try Self.after(Self.text(earlier), Self.text(later)) == names)
  }

  @Test("stays when its values have left the catalogs with it, unless the selector is new")
  func lastOfItsKind() throws {
    let lone = Desk.map("lone/one/elsewhere/1mm", "a", "tags: [rare]")
    for entry in ["{source: lone}", "{tags: [rare]}", "{space: elsewhere}"] {
      let manifest = Self.text("\(entry), a/two/c/1mm")
      let earlier = try Desk.resolve(manifest, catalogs: [Self.lab("1", lone, Self.two)]).lock
      let later = try Desk.resolve(manifest, catalogs: [Self.lab("2", Self.two)], previous: earlier).lock
      #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
      let other = try Desk.resolve(
        Self.text("\"*/*/*/*\""), catalogs: [Self.lab("1", lone, Self.two)]
      ).lock
      let found = Desk.refusals(manifest, catalogs: [try Self.lab("2", Self.two)], previous: other)
      #expect(found.map(\.code) == [.unknownValue])
    }
  }

  @Test("may still be excluded by who excluded it before; to exclude what never was is a mistake")
  func exclusions() throws {
    let manifest = Self.text("{source: a, exclude: [a/one/c/1mm]}")
    let earlier = try Desk.resolve(manifest, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    let newer = try Self.lab("2", Self.two)
    let later = try Desk.resolve(manifest, catalogs: [newer], previous: earlier).lock
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
    let other = try Desk.resolve(Self.text("a/two/c/1mm"), catalogs: [newer]).lock
    #expect(Desk.refusals(manifest, catalogs: [newer], previous: other).map(\.code) == [.matchesNothing])
  }

  @Test("that is restricted stays for who asks for it by name, or for restricted maps")
  func restricted() throws {
    let shut = Desk.map("a/one/c/1mm", "a", "restricted: true")
    func after(_ entry: String) throws -> [String] {
      let manifest = Self.text("\(entry), a/two/c/1mm")
      let earlier = try Desk.resolve(
        Self.text("a/one/c/1mm, \(entry), a/two/c/1mm"), catalogs: [Self.lab("1", shut, Self.two)]
      ).lock
      return try Desk.resolve(manifest, catalogs: [Self.lab("2", Self.two)], previous: earlier).lock.names
    }
    #expect(try after("a/one/c/1mm") == Self.both)
    #expect(try after("{source: a, restricted: true}") == Self.both)
    #expect(try after("{source: a}") == Self.second)
    #expect(try after("\"a/*/*/*\"") == Self.second)
  }

  // MARK: Groups

  @Test("is in the groups that ask for it now")
  func groups() throws {
    let catalogs = (try Self.lab("1", Self.one, Self.two), try Self.lab("2", Self.two))
    func demanded(_ earlier: String, _ later: String) throws -> [String] {
      let lock = try Desk.resolve("version: 1\n\(earlier)\n", catalogs: [catalogs.0]).lock
      return try Desk.resolve("version: 1\n\(later)\n", catalogs: [catalogs.1], previous: lock).lock.demanded
    }
    let main = "annotations: [a/one/c/1mm]"
    let group = "groups: {g: {annotations: [a/one/c/1mm]}}"
    #expect(try demanded(main, group) == ["a/one/c/1mm g"])
    #expect(try demanded(group, main) == ["a/one/c/1mm"])
    #expect(try demanded(group, "\(main)\n\(group)") == ["a/one/c/1mm"])
    let selectors =
      "annotations: [{desc: two}]\ngroups: {g: {annotations: [{source: a}]}, h: {annotations: [{tags: x}]}}"
    #expect(try demanded(selectors, selectors) == ["a/one/c/1mm g h", "a/two/c/1mm"])
    // A selector of another set is another one.
    #expect(try demanded(selectors, "annotations: [{source: a}]") == ["a/two/c/1mm"])
  }

  @Test("is not said to be of a set whose selector only might have had it")
  func otherSet() throws {
    let manifest = "version: 1\nannotations: [{tags: y}]\ngroups: {g: {annotations: [{tags: x}]}}\n"
    let earlier = try Desk.resolve(manifest, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    #expect(earlier.demanded == ["a/one/c/1mm g", "a/two/c/1mm"])
    let later = try Desk.resolve(manifest, catalogs: [Self.lab("2", Self.two)], previous: earlier).lock
    #expect(LockWriter.bytes(later) == LockWriter.bytes(earlier))
  }

  // MARK: Other catalogs

  @Test("does not stay when its catalog is taken out of the manifest")
  func catalogGone() throws {
    let earlier = try Desk.resolve(Self.text("\"a/*/*/*\""), catalogs: [Self.lab("1", Self.one)]).lock
    let other = try Desk.catalog("other", maps: [Self.two])
    let later = try Desk.resolve(Self.text("\"a/*/*/*\""), catalogs: [other], previous: earlier)
    #expect(later.lock.names == Self.second)
    #expect(later.warnings == [])
    let found = Desk.refusals(Self.text("a/one/c/1mm"), catalogs: [other], previous: earlier)
    #expect(found.map(\.code) == [.matchesNothing])
  }

  @Test("is taken from another catalog that has it")
  func otherCatalog() throws {
    let manifest = Self.text("\"a/*/*/*\"")
    let earlier = try Desk.resolve(manifest, catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    let other = try Desk.catalog("other", revision: "7", maps: [Desk.map("a/one/c/1mm", "c")])
    let later = try Desk.resolve(manifest, catalogs: [Self.lab("2", Self.two), other], previous: earlier)
    #expect(later.lock.pins == ["a/one/c/1mm c -", "a/two/c/1mm b -"])
    #expect(later.lock.recorded == ["lab 1", "other 7"])
    #expect(later.lock.maps.map(\.catalog) == ["other", "lab"])
    #expect(later.warnings == [])
  }

  @Test("cannot stay if a merge has lost its files")
  func filesLost() throws {
    var earlier = try Desk.resolve(Self.text("\"a/*/*/*\""), catalogs: [Self.lab("1", Self.one, Self.two)]).lock
    earlier.files.removeFirst()
    let later = try Desk.resolve(Self.text("\"a/*/*/*\""), catalogs: [Self.lab("2", Self.two)], previous: earlier).lock
    #expect(later.names == Self.second)
  }

  // MARK: prefer

  @Test("counts among the spaces of which one is preferred")
  func preference() throws {
    func after(_ spaces: String) throws -> [String] {
      let (x, y) = (Desk.map("a/one/x/1mm", "a"), Desk.map("a/one/y/1mm", "b"))
      let manifest = Self.text("\"a/*/*/*\"", "prefer: {space: \(spaces)}\n")
      let earlier = try Desk.resolve(Self.text("\"a/*/*/*\""), catalogs: [Self.lab("1", x)]).lock
      return try Desk.resolve(manifest, catalogs: [Self.lab("2", y)], previous: earlier).lock.names
    }
    #expect(try after("[x, y]") == ["a/one/x/1mm"])
    #expect(try after("[x]") == ["a/one/x/1mm"])
    #expect(try after("[y, x]") == ["a/one/y/1mm"])
    #expect(try after("[y]") == ["a/one/y/1mm"])
  }
}
