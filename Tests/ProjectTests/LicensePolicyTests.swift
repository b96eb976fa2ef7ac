import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Which licenses a project allows its maps to have")
struct LicensePolicyTests {
  private static func lab(_ revision: String = "1", one: String = "CC0") throws -> LoadedCatalog {
    try Desk.catalog(
      "lab", revision: revision,
      maps: [
        Desk.map("a/one/c/1mm", "a", "license: \(one)"), Desk.map("a/two/c/1mm", "b", "license: CC BY-NC-SA 4.0"),
        Desk.map("b/three/c/1mm", "c", "license: MIT"), Desk.map("b/four/c/1mm", "d"),
        Desk.map("b/five/c/1mm", "e", "license: unknown"), Desk.map("b/six/c/1mm", "f", "license: CC BY-NC 4.0"),
      ],
      rest: "atlases:\n  - \(Desk.atlas("mine", "a", ["m.gii"]))\n")
  }

  private static let policies: [Refusal] = [
    Refusal(
      "a license that is named",
      "version: 1\nannotations:\n- a/one/c/1mm\n- ‹a/two/c/1mm›\nlicenses: {deny: [CC BY-NC-SA 4.0]}\n",
      Expected(
        .licenseDenied, "`a/two/c/1mm` has the license `CC BY-NC-SA 4.0`, which this project denies",
        note: "`licenses` denies `CC BY-NC-SA 4.0`, line 5", hint: "leave it out")),
    Refusal(
      "licenses by a pattern, that a selector brings in",
      "version: 1\nlicenses:\n  deny:\n  - \"*-NC*\"\nannotations: [‹‹{source: [a, b]}››]\n",
      Expected(.licenseDenied, "`a/two/c/1mm`", note: "denies `*-NC*`, line 4", hint: "`exclude`"),
      Expected(.licenseDenied, "`b/six/c/1mm`", note: "denies `*-NC*`, line 4")),
    Refusal(
      "a part of a name is another name", "version: 1\nannotations: [a/two/c/1mm]\nlicenses: {deny: [‹CC BY›]}\n",
      Expected(.unknownValue, hint: "did you mean `CC BY-NC 4.0`?", severity: .warning)),
    Refusal(
      "all that are known, and nothing of those that are not",
      "version: 1\nannotations: [‹b/three/c/1mm›, b/four/c/1mm, b/five/c/1mm]\nlicenses: {deny: [all]}\n",
      Expected(.licenseDenied, "`MIT`", note: "denies `all`")),
    Refusal(
      "the first rule that it breaks is told",
      "version: 1\nannotations: [‹b/three/c/1mm›]\nlicenses:\n  deny:\n  - CC0\n  - M?T\n  - MIT\n",
      Expected(.licenseDenied, note: "denies `M?T`, line 6")),
    Refusal(
      "what a group asks for is denied there",
      "version: 1\nannotations: [a/one/c/1mm]\ngroups: {g: {annotations: [‹b/three/c/1mm›]}}\nlicenses: {deny: [MIT]}\n",
      Expected(.licenseDenied, "`b/three/c/1mm`")),
    Refusal(
      "of several places the main set's is told",
      "version: 1\ngroups: {g: {annotations: [b/three/c/1mm]}}\nannotations: [‹{desc: three}›]\n"
        + "licenses: {deny: [MIT]}\n", Expected(.licenseDenied)),
    Refusal("an atlas has no license", "version: 1\natlases: [mine]\nlicenses: {deny: [all], unknown: deny}\n"),
    Refusal("nothing is said of what is not wanted", "version: 1\nlicenses: {deny: [all], unknown: deny}\n"),
    Refusal("without a word all are allowed", "version: 1\nannotations: [{source: all}]\nlicenses: {unknown: allow}\n"),
    Refusal(
      "maps without a license are told of once",
      "version: 1\nannotations: [{source: all}]\nlicenses: {unknown: ‹warn›}\n",
      Expected(
        .licenseUnknown, "the authors of `b/five/c/1mm` state no license, which is no permission",
        note: "the same for `b/four/c/1mm`", hint: "`unknown: allow` silences this", severity: .warning)),
    Refusal(
      "maps without a license are denied", "version: 1\nannotations: [‹{source: b}›]\nlicenses: {unknown: deny}\n",
      Expected(
        .licenseUnknown, "`b/five/c/1mm` state no license, which is no permission; this project denies that",
        note: "the same for `b/four/c/1mm`", hint: "leave it out")),
    Refusal(
      "with every license known there is nothing to tell",
      "version: 1\nannotations: [{source: a}]\nlicenses: {unknown: deny}\n"),
    Refusal(
      "a license that no map has, but almost",
      "version: 1\nannotations: [b/three/c/1mm]\n"
        + "licenses: {deny: [‹CC-0›, CC0, ‹CC BY-NC-SA 4›, Proprietary, \"CX*\"]}\n",
      Expected(
        .unknownValue, "no map has the license `CC-0`", hint: "did you mean `CC0`?", severity: .warning),
      Expected(.unknownValue, hint: "did you mean `CC BY-NC-SA 4.0`?", severity: .warning)),
  ]

  @Test("is told at the place of the manifest that asks for the map, or that says so", arguments: policies)
  func policy(_ refusal: Refusal) throws {
    let found = Desk.findings(refusal.text.text, catalogs: [try Self.lab()])
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
    let isRefused = found.contains { $0.severity == .error }
    #expect(try Desk.refusals(refusal.text.text, catalogs: [Self.lab()]).isEmpty == !isRefused)
  }

  @Test("of many maps without a license ten are told by name, and the rest counted")
  func many() throws {
    let lab = try Desk.catalog("lab", maps: (10..<23).map { Desk.map("a/m\($0)/c/1mm", "a") })
    let found = Desk.findings(
      "version: 1\nannotations: [{source: a}]\nlicenses: {unknown: warn}\n", catalogs: [lab])
    #expect(found.count == 1)
    let notes = try #require(found.first).notes
    #expect(notes.count == 11)
    #expect(notes.first == "the same for `a/m11/c/1mm`")
    #expect(notes.suffix(2) == ["the same for `a/m20/c/1mm`", "and for 2 more"])
  }

  @Test("the license that counts is the locked one, until the pin moves")
  func locked() throws {
    let wanted = "version: 1\nannotations: [a/one/c/1mm]\n"
    let policy = "\(wanted)licenses: {deny: [GPL]}\n"
    let (free, strict) = (try Self.lab("1"), try Self.lab("2", one: "GPL"))
    let earlier = try Desk.resolve(wanted, catalogs: [free]).lock
    let later = try Desk.resolve(policy, catalogs: [strict], previous: earlier).lock
    #expect(later.maps.map(\.license) == ["CC0"])
    let moved = Desk.refusals(policy, catalogs: [strict], previous: earlier, upgrading: { _ in true })
    #expect(moved.map(\.code) == [.licenseDenied])

    let denied = try Desk.resolve(wanted, catalogs: [strict]).lock
    #expect(Desk.refusals(policy, catalogs: [free], previous: denied).map(\.code) == [.licenseDenied])
    let freed = try Desk.resolve(policy, catalogs: [free], previous: denied, upgrading: { _ in true }).lock
    #expect(freed.maps.map(\.license) == ["CC0"])
  }

  @Test("a catalog that writes that there is none has none, and the lock says so on every run")
  func writtenUnknown() throws {
    let lock = try Desk.lock("b/five/c/1mm", catalogs: [Self.lab()])
    #expect(lock.maps.map(\.license) == [nil])
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
    #expect(try Desk.lock("b/five/c/1mm", catalogs: [Self.lab()], previous: lock) == lock)
  }
}
