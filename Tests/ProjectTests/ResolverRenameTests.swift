import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("A locked map that its catalog has renamed")
struct ResolverRenameTests {
  private static let two = Desk.map("a/two/c/1mm", "b")

  private static func older() throws -> LoadedCatalog {
    try Desk.catalog("lab", revision: "1", maps: [Desk.map("a/one/c/1mm", "a"), two])
  }

  private static func newer() throws -> LoadedCatalog {
    try Desk.catalog(
      "lab", revision: "2", maps: [Desk.map("a/uno/c/1mm", "c"), two],
      rest: "renamed:\n  - {from: a/one, to: a/uno}\n")
  }

  private static func text(_ annotations: String) -> String { "version: 1\nannotations: [\(annotations)]\n" }

  private static func isOne(_ item: DatasetItem) -> Bool { item.description == "a/one/c/1mm" }

  private static let forms = ["a/one/c/1mm, a/two/c/1mm", "{source: a}", "\"a/*/*/*\""]

  @Test("stays by its old name, and is not there by its new one beside", arguments: forms)
  func stays(annotations: String) throws {
    let manifest = Self.text(annotations)
    let earlier = try Desk.resolve(manifest, catalogs: [Self.older()]).lock
    let later = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: earlier)
    #expect(LockWriter.bytes(later.lock) == LockWriter.bytes(earlier))
    #expect(later.warnings.map(\.code) == [.leftCatalog])
    #expect(later.warnings.flatMap(\.notes) == ["it is called `a/uno/c/1mm` now"])
    #expect(later.warnings.contains { $0.hints.contains { $0.contains("--upgrade-map a/one/c/1mm") } })
  }

  @Test("is taken by its new name when it is upgraded", arguments: forms)
  func upgraded(annotations: String) throws {
    let manifest = Self.text(annotations)
    let earlier = try Desk.resolve(manifest, catalogs: [Self.older()]).lock
    let choices: [(DatasetItem) -> Bool] = [Self.isOne, { _ in true }]
    // A pattern has no name to write anew.
    let isNamed = annotations.contains("one")
    let codes: [DiagnosticCode] = isNamed ? [.matchesNothing] : []
    for isUpgraded in choices {
      let later = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: earlier, upgrading: isUpgraded)
      #expect(later.lock.pins == ["a/two/c/1mm b -", "a/uno/c/1mm c -"])
      #expect(later.lock.recorded == ["lab 2"])
      #expect(later.lock.declarations == earlier.declarations)
      #expect(later.warnings.map(\.code) == codes)
      #expect(later.warnings.allSatisfy { $0.message == "`a/one/c/1mm` is called `a/uno/c/1mm` now" })
      let again = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: later.lock)
      #expect(LockWriter.bytes(again.lock) == LockWriter.bytes(later.lock))
    }
  }

  @Test("stays while others are upgraded")
  func othersUpgraded() throws {
    let manifest = Self.text("{source: a}")
    let earlier = try Desk.resolve(manifest, catalogs: [Self.older()]).lock
    let later = try Desk.resolve(
      manifest, catalogs: [Self.newer()], previous: earlier, upgrading: { !Self.isOne($0) }
    ).lock
    #expect(later.pins == ["a/one/c/1mm a 1", "a/two/c/1mm b -"])
  }

  @Test("is there by both names if both are asked for by name")
  func bothNames() throws {
    let earlier = try Desk.resolve(Self.text("a/one/c/1mm"), catalogs: [Self.older()]).lock
    let manifest = Self.text("a/one/c/1mm, a/uno/c/1mm")
    let later = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: earlier).lock
    #expect(later.pins == ["a/one/c/1mm a 1", "a/uno/c/1mm c -"])
    let again = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: later).lock
    #expect(LockWriter.bytes(again) == LockWriter.bytes(later))
  }

  @Test("that a new selector brings in by its new name stays there on the next run, the old name beside")
  func newSelector() throws {
    let earlier = try Desk.resolve(Self.text("a/one/c/1mm"), catalogs: [Self.older()]).lock
    let manifest = Self.text("a/one/c/1mm, {source: a}")
    let later = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: earlier).lock
    #expect(later.names == ["a/one/c/1mm", "a/two/c/1mm", "a/uno/c/1mm"])
    let again = try Desk.resolve(manifest, catalogs: [Self.newer()], previous: later).lock
    #expect(LockWriter.bytes(again) == LockWriter.bytes(later))
  }

  @Test("is locked by its new name from the start in a new project")
  func fromTheStart() throws {
    let resolution = try Desk.resolve(Self.text("a/one/c/1mm"), catalogs: [Self.newer()])
    #expect(resolution.lock.names == ["a/uno/c/1mm"])
    #expect(resolution.warnings.map(\.code) == [.matchesNothing])
  }
}
