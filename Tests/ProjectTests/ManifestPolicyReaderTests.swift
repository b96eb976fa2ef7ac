import Catalog
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What a manifest says of groups and licenses")
struct ManifestPolicyReaderTests {
  @Test("arrives, with its places")
  func fields() throws {
    let text = MarkedText(
      """
      version: 1
      annotations: [a/b/c/1k]
      groups:
        ‹figures›:
          annotations: [a/b/c/1k, {source: x}]
          atlases: [fsLR/32k]
        ‹Sup-2_b›: {}
      licenses:
        deny: [‹CC BY-NC-SA 4.0›, ‹"*-NC-*"›]
        unknown: ‹warn›
      """)
    let manifest = try Desk.manifest(text.text)
    #expect(manifest.groups.map(\.name) == ["figures", "Sup-2_b"])
    #expect(manifest.groups.map(\.entries.count) == [2, 0])
    #expect(manifest.groups.map { $0.atlases.map(\.glob.text) } == [["fsLR/32k"], []])
    #expect(manifest.entries.count == 1)
    let licenses = manifest.licenses
    #expect(licenses.denied.map(\.glob.text) == ["CC BY-NC-SA 4.0", "*-NC-*"])
    #expect(licenses.unknown == .warn)
    let unknown = try #require(licenses.unknownSpan)
    #expect(manifest.groups.map(\.span) + licenses.denied.map(\.span) + [unknown] == text.marks)
  }

  @Test("is nothing where nothing is said", arguments: ["", "groups:\nlicenses:\n", "groups: {}\nlicenses: {}\n"])
  func defaults(rest: String) throws {
    let manifest = try Desk.manifest("version: 1\n\(rest)")
    #expect(manifest.groups.isEmpty)
    #expect(manifest.licenses.denied.isEmpty)
    #expect(manifest.licenses.unknown == .allow)
    #expect(manifest.licenses.unknownSpan == nil)
  }

  @Test("every entry is told with its set, the main one's first")
  func demands() throws {
    let text = MarkedText(
      """
      version: 1
      groups:
        f: {atlases: [‹p›], annotations: [‹{source: x, desc: y}›]}
        g: {annotations: [‹a/b/c/1k›]}
      annotations: [‹[a, b, c, 1k]›]
      atlases: [‹q/1k›]
      """)
    let demands = try Desk.manifest(text.text).demands
    #expect(demands.map(\.text) == ["a/b/c/1k", "q/1k", "{desc: [y], source: [x]}", "p", "a/b/c/1k"])
    #expect(demands.map(\.demand.group) == [nil, nil, "f", "f", "g"])
    #expect(demands.map(\.demand.span) == [3, 4, 1, 0, 2].map { text.marks[$0] })
  }

  @Test("a group may have a name of letters, digits, hyphens and underscores")
  func names() {
    let right = ["a", "Z", "0", "figures", "1st", "a-b_C-9", "a-", String(repeating: "x", count: 64)]
    let wrong = ["", "-a", "_a", "a b", "a.b", "a/b", "ä", "a\u{301}", "a:", "a\n", String(repeating: "x", count: 65)]
    #expect(right.filter { !ManifestGroup.isName($0) } == [])
    #expect(wrong.filter(ManifestGroup.isName) == [])
  }

  // MARK: What is refused

  private static let name = Expected(.manifestWrongValue, "a group's name has letters, digits, `-` and `_`")

  private static let groups: [Refusal] = [
    Refusal(
      "groups as a list", "version: 1\ngroups: ‹[figures]›\n",
      Expected(.manifestWrongValue, "`groups` takes names and what each wants, not a list")),
    Refusal("groups as a text", "version: 1\ngroups: ‹figures›\n", Expected(.manifestWrongValue, "not text")),
    Refusal(
      "names that are none", "version: 1\ngroups:\n  ‹a b›: {}\n  ‹-x›: {}\n  ‹größe›: {}\n  ‹''›: {}\n  ok: {}\n",
      name, name, name, name),
    Refusal(
      "a group twice", "version: 1\ngroups:\n  a: {}\n  ‹a›: {}\n",
      Expected(.manifestDuplicateKey, "`a`", note: "line 3")),
    Refusal(
      "groups that are no mappings", "version: 1\ngroups:\n  a: ‹[x/y/z/1k]›\n  b: ‹x/y/z/1k›\n  c: ‹~›\n",
      Expected(.manifestWrongValue, "the group `a` takes keys and values, not a list"),
      Expected(.manifestWrongValue, "the group `b` takes keys and values, not text"),
      Expected(.manifestWrongValue, "the group `c` takes keys and values, not nothing")),
    Refusal(
      "unknown keys in a group", "version: 1\ngroups: {a: {‹annotation›: [], ‹groups›: {}, ‹data_dir›: x}}\n",
      Expected(.manifestUnknownKey, "`annotation` in the group `a`", hint: "`annotations`"),
      Expected(.manifestUnknownKey, "`groups`"), Expected(.manifestUnknownKey, "`data_dir`")),
    Refusal(
      "lists of a group that are none", "version: 1\ngroups: {a: {annotations: ‹x/y/z/1k›, atlases: ‹{p: q}›}}\n",
      Expected(.manifestWrongValue, "`annotations` takes a list, not text"),
      Expected(.manifestWrongValue, "`atlases` takes a list, not a mapping")),
    Refusal(
      "entries of a group",
      "version: 1\ngroups:\n  a:\n    annotations: [‹x/y›, {‹sapce›: fsLR}, ‹{}›]\n    atlases: [‹a/b/c›]\n",
      Expected(.manifestWrongValue, "`source/desc/space/den-or-res`, not `x/y`"),
      Expected(.manifestUnknownKey, "`sapce` in a selector", hint: "`space`"),
      Expected(.manifestWrongValue, "what it selects"),
      Expected(.manifestWrongValue, "each of `atlases`")),
    Refusal(
      "entries of a group that match nothing",
      "version: 1\ngroups:\n  a:\n    annotations: [‹nobody›/b/c/d, {tags: [‹receptor›]}]\n    atlases: [‹fsLR›]\n",
      Expected(.matchesNothing, "no map matches `nobody/b/c/d`"), Expected(.unknownValue, hint: "`receptors`"),
      Expected(.matchesNothing, "no atlas matches `fsLR`")),
  ]

  private static let licenses: [Refusal] = [
    Refusal(
      "licenses as a list", "version: 1\nlicenses: ‹[MIT]›\n",
      Expected(.manifestWrongValue, "`licenses` takes keys and values, not a list")),
    Refusal("licenses as a text", "version: 1\nlicenses: ‹MIT›\n", Expected(.manifestWrongValue, "not text")),
    Refusal(
      "unknown keys", "version: 1\nlicenses: {‹Deny›: [MIT], ‹allow›: [CC0]}\n",
      Expected(.manifestUnknownKey, "`Deny` in `licenses`", hint: "`deny`"), Expected(.manifestUnknownKey, "`allow`")),
    Refusal(
      "one license to deny", "version: 1\nlicenses: {deny: ‹MIT›}\n",
      Expected(.manifestWrongValue, "`deny` takes a list, not text")),
    Refusal(
      "licenses to deny that are none", "version: 1\nlicenses: {deny: [‹''›, ‹~›, ‹[MIT]›, ‹{a: b}›, MIT]}\n",
      Expected(.manifestWrongValue, "each of `deny` takes the name of a license, or a pattern, not ``"),
      Expected(.manifestWrongValue, "text, not nothing"), Expected(.manifestWrongValue, "text, not a list"),
      Expected(.manifestWrongValue, "text, not a mapping")),
    Refusal(
      "what has no license among those to deny", "version: 1\nlicenses: {deny: [‹unknown›, MIT, ‹\"unknown\"›]}\n",
      Expected(.manifestWrongValue, "a matter of `unknown`", hint: "write `unknown: deny`"),
      Expected(.manifestWrongValue, "a matter of `unknown`")),
    Refusal(
      "another word for maps without a license", "version: 1\nlicenses: {unknown: ‹perhaps›}\n",
      Expected(.manifestWrongValue, "`unknown` takes allow, warn or deny, not `perhaps`")),
    Refusal(
      "a word of capitals", "version: 1\nlicenses: {unknown: ‹Warn›}\n", Expected(.manifestWrongValue, "not `Warn`")),
    Refusal(
      "a word of nothing", "version: 1\nlicenses: {unknown: ‹~›}\n", Expected(.manifestWrongValue, "not nothing")),
    Refusal(
      "two words", "version: 1\nlicenses: {unknown: ‹[warn, deny]›}\n", Expected(.manifestWrongValue, "not a list")),
    Refusal(
      "a key twice", "version: 1\nlicenses: {unknown: warn, ‹unknown›: deny}\n",
      Expected(.manifestDuplicateKey, "`unknown`", note: "line 2")),
  ]

  private static let merges: [Refusal] = [
    Refusal(
      "a merge that was not finished",
      "version: 1\nannotations:\n‹<<<<<<<› HEAD\n- a/b/c/d\n=======\n- *\n>>>>>>> other\n",
      Expected(
        .manifestConflictMarkers, "conflict markers of a merge", note: "for you to say", hint: "then `neuromaps lock`")),
    Refusal("a line between sides left behind", "version: 1\n‹=======›\n", Expected(.manifestConflictMarkers)),
    Refusal("the end of a side left behind", "version: 1\n‹>>>>>>>› other\n", Expected(.manifestConflictMarkers)),
    Refusal("what both sides were made of", "‹|||||||› base\nversion: 1\n", Expected(.manifestConflictMarkers)),
  ]

  @Test("a group is refused at its place, and so is what it wants", arguments: groups)
  func group(_ refusal: Refusal) { check(refusal) }

  @Test("a policy is refused at its place", arguments: licenses)
  func policy(_ refusal: Refusal) { check(refusal) }

  @Test("conflict markers are told for themselves alone, once", arguments: merges)
  func merge(_ refusal: Refusal) { check(refusal) }

  private func check(_ refusal: Refusal) {
    #expect(refusal.text.differences(from: Desk.findings(refusal.text.text), refusal.expected) == [])
    #expect(!Desk.refusals(refusal.text.text, catalogs: [Desk.builtin]).isEmpty)
  }

  @Test("conflict markers are found with ends of lines of Windows too")
  func windows() {
    let found = Desk.findings("version: 1\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n")
    #expect(found.map(\.code) == [.manifestConflictMarkers])
    #expect(found.map(\.location?.span.start) == [SourcePosition(line: 2, column: 1)])
  }

  @Test(
    "what only looks like a conflict marker is none",
    arguments: [
      "# <<<<<<< HEAD\n", "#======\n", "data_dir: =======\n", "data_dir: >-\n  =======\n  <<<<<<< x\n",
    ])
  func noMarkers(rest: String) {
    #expect(Desk.findings("version: 1\n\(rest)") == [])
  }
}
