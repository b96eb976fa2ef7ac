import Catalog
import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What groups of a manifest ask for")
struct ResolverGroupTests {
  private static func lab() throws -> LoadedCatalog {
    try Desk.catalog(
      "lab",
      maps: [
        Desk.map("a/one/MNI152/1mm", "a", "tags: [x]"), Desk.map("a/one/other/1mm", "b", "tags: [x, y]"),
        Desk.map("a/two/MNI152/1mm", "c", "tags: [y]"), Desk.map("a/shut/MNI152/1mm", "d", "restricted: true"),
        Desk.surface("s/three/fsLR/32k", left: "e", right: "f"),
      ],
      rest: "atlases:\n"
        + [Desk.atlas("mine/1k", "a", ["m.gii"]), Desk.atlas("mine/2k", "b", ["n.gii"])]
        .map { "  - \($0)\n" }.joined())
  }

  private static let answers: [(rest: String, demanded: [String])] = [
    ("annotations: [a/two/MNI152/1mm]", ["a/two/MNI152/1mm"]),
    ("groups: {g: {annotations: [a/two/MNI152/1mm]}}", ["a/two/MNI152/1mm g"]),
    ("annotations: [a/two/MNI152/1mm]\ngroups: {g: {annotations: [a/two/MNI152/1mm]}}", ["a/two/MNI152/1mm"]),
    ("annotations: [{desc: two}]\ngroups: {g: {annotations: [\"a/two/*/*\"]}}", ["a/two/MNI152/1mm"]),
    (
      "groups: {zeta: {annotations: [a/two/MNI152/1mm]}, Alpha: {annotations: [{desc: two}]}}",
      ["a/two/MNI152/1mm Alpha zeta"]
    ),
    (
      "groups: {g: {annotations: [a/two/MNI152/1mm, {desc: two}, {tags: y, desc: [two]}]}}", ["a/two/MNI152/1mm g"]
    ),
    (
      "annotations: [a/one/other/1mm]\ngroups: {g: {annotations: [{tags: [y]}]}}",
      ["a/one/other/1mm", "a/two/MNI152/1mm g"]
    ),
    ("atlases: [mine/1k]\ngroups: {g: {atlases: [\"mine/*\"]}}", ["mine/1k", "mine/2k g"]),
    ("groups: {f: {atlases: [mine/1k]}, g: {atlases: [all]}}", ["mine/1k f g", "mine/2k g"]),
    (
      "groups: {f: {atlases: [mine/1k, mine/1k]}, g: {annotations: [{desc: two}]}}",
      ["a/two/MNI152/1mm g", "mine/1k f"]
    ),
    (
      "groups: {g: {annotations: [{source: a, exclude: [\"a/one/*/*\"]}]}, h: {annotations: [{desc: one}]}}",
      ["a/one/MNI152/1mm h", "a/one/other/1mm h", "a/two/MNI152/1mm g"]
    ),
    (
      "prefer: {space: [other]}\nannotations: [a/one/MNI152/1mm]\ngroups: {g: {annotations: [{source: a}]}}",
      ["a/one/MNI152/1mm", "a/one/other/1mm g", "a/two/MNI152/1mm g"]
    ),
    ("groups: {g: {annotations: [{source: a, space: MNI152}]}}", ["a/one/MNI152/1mm g", "a/two/MNI152/1mm g"]),
    ("groups: {g: {annotations: [a/shut/MNI152/1mm]}}", ["a/shut/MNI152/1mm g"]),
    (
      "groups: {g: {annotations: [{desc: [shut, two]}]}, h: {annotations: [{desc: [shut, two], restricted: true}]}}",
      ["a/shut/MNI152/1mm h", "a/two/MNI152/1mm g h"]
    ),
    ("groups: {g: {}, h: {annotations: []}}", []),
  ]

  @Test("is locked with their names; what the main set asks for too has none", arguments: answers)
  func answered(rest: String, demanded: [String]) throws {
    let lock = try Desk.resolve("version: 1\n\(rest)\n", catalogs: [try Self.lab()]).lock
    #expect(lock.demanded == demanded)
    let text = Desk.print(lock)
    #expect(try Desk.readLock(text) == lock)
    #expect(text.contains("\nrevision: 2\n") == demanded.contains(where: { $0.contains(" ") }))
    #expect(lock.groups == Set(demanded.flatMap { $0.split(separator: " ").dropFirst().map(String.init) }))
  }

  @Test("has the files that any of them asks for; a map is of a set as a whole")
  func hemispheres() throws {
    func lock(_ main: String, _ group: String) throws -> Lockfile {
      try Desk.resolve(
        "version: 1\nannotations: [\(main)]\ngroups: {g: {annotations: [\(group)]}}\n", catalogs: [try Self.lab()]
      ).lock
    }
    let both = try lock("{source: s, hemi: L}", "{source: s, hemi: R}")
    #expect(both.pins == ["s/three/fsLR/32k ef -"])
    #expect(both.demanded == ["s/three/fsLR/32k"])
    let right = try lock("", "{source: s, hemi: R}")
    #expect(right.pins == ["s/three/fsLR/32k f -"])
    #expect(right.demanded == ["s/three/fsLR/32k g"])
  }

  @Test("is told with every place that asks for it, in the order of the manifest")
  func demands() throws {
    let text = MarkedText(
      """
      version: 1
      annotations: [‹a/one/MNI152/1mm›, ‹{tags: [x]}›]
      atlases: [‹"mine/*"›]
      groups:
        g: {annotations: [‹"a/one/*/*"›], atlases: [‹mine/1k›]}
        f: {annotations: [‹{desc: one, space: MNI152}›]}
      """)
    let demands = try Desk.resolve(text.text, catalogs: [try Self.lab()]).demands
    func told(_ item: DatasetItem?) -> [String] {
      (item.flatMap { demands[$0] } ?? []).map { demand in
        "\(demand.group ?? "-") \(text.marks.firstIndex(of: demand.span) ?? -1)"
      }
    }
    #expect(told(AnnotationID("a/one/MNI152/1mm").map(DatasetItem.map)) == ["- 0", "- 1", "g 3", "f 5"])
    #expect(told(AnnotationID("a/one/other/1mm").map(DatasetItem.map)) == ["- 1", "g 3"])
    #expect(told(AtlasID("mine/1k").map(DatasetItem.atlas)) == ["- 2", "g 4"])
    #expect(told(AtlasID("mine/2k").map(DatasetItem.atlas)) == ["- 2"])
    #expect(demands.count == 4)
  }

  @Test("is a conflict with what another set takes from another catalog")
  func conflict() throws {
    let catalogs = [
      try Desk.catalog("first", maps: [Desk.map("a/b/c/1mm", "a")]),
      try Desk.catalog("second", maps: [Desk.map("a/b/c/1mm", "b")]),
    ]
    let text = MarkedText(
      """
      version: 1
      annotations:
      - {catalog: first}
      groups:
        g: {annotations: [‹{catalog: second}›]}
      """)
    let expected = Expected(.pathConflict, "`a/b/c/1mm` comes from two catalogs", note: "catalog `first` by line 3")
    #expect(text.differences(from: Desk.findings(text.text, catalogs: catalogs), [expected]) == [])
  }

  @Test("of the built-in catalog reads back, however many ask for it")
  func builtin() throws {
    let lock = try Desk.resolve(
      """
      version: 1
      annotations: [abagen/genepc1/fsaverage/10k]
      groups:
        pet: {annotations: [{tags: [PET]}], atlases: [MNI152/2mm]}
        all: {annotations: [{source: all, restricted: true}], atlases: [all]}
      """
    ).lock
    #expect(lock.files.count == 124 + 179)
    #expect(lock.maps.filter { $0.groups.isEmpty }.map(\.id.source) == ["abagen"])
    let tagged = Desk.builtin.catalog.maps.filter { $0.tags.contains("PET") && !$0.isRestricted }.map(\.id)
    #expect(Set(lock.maps.filter { $0.groups == ["all", "pet"] }.map(\.id)) == Set(tagged))
    #expect(lock.atlases.filter { $0.groups == ["all", "pet"] }.map(\.id.description) == ["MNI152/2mm"])
    #expect(try Desk.readLock(Desk.print(lock)) == lock)
  }
}
