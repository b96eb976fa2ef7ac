import MarkedText
import Project
import Testing

@Suite("A manifest's declarations in normal form")
struct DeclarationTests {
  @Test("are one a line, sorted, each in one way")
  func normalForm() throws {
    let manifest = try Desk.manifest(
      """
      # a comment
      prefer: {space: [fsLR, MNI152]}
      builtin: false
      version: 1
      catalogs:
        - path: my lab/catalog.yaml
        - {url: "https://h/c.yaml", sha256: \(digest("a", 64))}
      annotations:
        - {space: [b, a, b], tags: x y, restricted: true, exclude: [q/*/*/*, c/d/e/f]}
        - [neurosynth, cogpc1, MNI152, 2mm]
        - a/b?/c*/1.5mm
        - "a/ü \\"x\\"/c/d\\n"
      atlases: [regfusion, fsLR/32k, "MNI152/*", regfusion, "ä b/1k"]
      """)
    #expect(
      manifest.declarations == [
        #"annotation a/"ü \"x\""/c/"d\u{a}""#,
        "annotation a/b?/c*/1.5mm",
        "annotation neurosynth/cogpc1/MNI152/2mm",
        #"annotation {exclude: [c/d/e/f, q/*/*/*], restricted: true, space: [a, b], tags: ["x y"]}"#,
        #"atlas "ä b/1k""#,
        "atlas MNI152/*",
        "atlas fsLR/32k",
        "atlas regfusion",
        "builtin false",
        #"catalog path "my lab/catalog.yaml""#,
        "catalog url https://h/c.yaml sha256 \(digest("a", 64))",
        "prefer space fsLR MNI152",
      ])
  }

  @Test("of groups say which, and of licenses what may refuse a map")
  func setsAndLicenses() throws {
    let manifest = try Desk.manifest(
      """
      version: 1
      groups:
        zeta: {annotations: [b/c/d/1k, {tags: [y, x]}, b/c/d/1k], atlases: [fsLR/32k, "ä b/1k"]}
        Alpha: {annotations: [[a, b, c, 1mm]]}
      licenses: {unknown: deny, deny: [MIT, CC BY-NC-SA 4.0, "CC*", MIT]}
      annotations: [a/b/c/1mm]
      """)
    #expect(
      manifest.declarations == [
        "annotation a/b/c/1mm",
        "group Alpha annotation a/b/c/1mm",
        "group zeta annotation b/c/d/1k",
        "group zeta annotation {tags: [x, y]}",
        #"group zeta atlas "ä b/1k""#,
        "group zeta atlas fsLR/32k",
        #"license deny "CC BY-NC-SA 4.0""#,
        "license deny CC*",
        "license deny MIT",
        "license unknown deny",
      ])
  }

  @Test("do not tell the order of groups, of their keys and of licenses", arguments: 0..<10)
  func orderOfSets(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    func list(_ words: [String]) -> String { "[\(words.shuffled(using: &generator).joined(separator: ", "))]" }
    func mapping(_ fields: [String]) -> String { "{\(fields.shuffled(using: &generator).joined(separator: ", "))}" }
    func text() -> String {
      let maps = "annotations: \(list(["a/b/c/1k", "{tags: [x, y]}", "\"*/*/c/*\""]))"
      let groups = mapping([
        "f: \(mapping([maps, "atlases: \(list(["p", "q/1k"]))"]))", "g: \(mapping(["annotations: [a/b/c/1k]"]))",
        "h: {}",
      ])
      let licenses = mapping(["deny: \(list(["MIT", "CC0"]))", "unknown: warn"])
      return ["version: 1", "groups: \(groups)", "licenses: \(licenses)"].shuffled(using: &generator)
        .map { "\($0)\n" }.joined()
    }
    let declarations = try Desk.manifest(text()).declarations
    #expect(declarations.count == 9)
    #expect(try Desk.manifest(text()).declarations == declarations)
  }

  private static let base = "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\n"

  @Test(
    "do not tell layout, comments, order, repeats, folders and mirrors",
    arguments: [
      "# c\nversion: 1   # c\n\nannotations:\n  -   a/b/c/1k\n  - {tags: [x, y], space: z}\n",
      "annotations:\n- {space: z, tags: [x, y]}\n- a/b/c/1k\nversion: 1\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- space: [z]\n  tags:\n  - y\n  - x\n  - y\n",
      "version: 1\nannotations: [[a, b, c, 1k], {tags: ['x', \"y\"], space: z, restricted: false, exclude: []}, a/b/c/1k]\n",
      "version: 1\ndata_dir: elsewhere\nmirrors: [https://h]\nbuiltin: true\ncatalogs: []\nprefer: {space: []}\natlases: []\n"
        + "annotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\n",
      "version: 1\ngroups: {none: {}, empty: {annotations: [], atlases: []}}\nlicenses: {unknown: allow, deny: []}\n"
        + "annotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\n",
      "version: 1\ngroups:\nlicenses: {}\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\n",
    ])
  func same(_ text: String) throws {
    #expect(try Desk.manifest(text).declarations == Desk.manifest(Self.base).declarations)
    #expect(try lock(Self.base).answers(Desk.manifest(text)))
  }

  @Test(
    "tell everything that changes what is wanted",
    arguments: [
      "version: 1\nannotations:\n- a/b/c/1k\n",
      "version: 1\nannotations:\n- a/b/c/1K\n- {tags: [x, y], space: z}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], desc: z}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x], space: z}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z, restricted: true}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z, exclude: [a/b/c/1k]}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nprefer: {space: [z]}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nbuiltin: false\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nmetadata: true\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nmetadata: false\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\ncatalogs: [{path: x}]\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y]}\n- {space: z}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\natlases: [a]\n",
      "version: 1\nannotations:\n- a/b/c/1k\ngroups: {g: {annotations: [{tags: [x, y], space: z}]}}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\ngroups: {g: {annotations: [a/b/c/1k]}}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\ngroups: {g: {atlases: [a]}}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nlicenses: {deny: [MIT]}\n",
      "version: 1\nannotations:\n- a/b/c/1k\n- {tags: [x, y], space: z}\nlicenses: {unknown: warn}\n",
    ])
  func different(_ text: String) throws {
    #expect(try Desk.manifest(text).declarations != Desk.manifest(Self.base).declarations)
    #expect(try !lock(Self.base).answers(Desk.manifest(text)))
  }

  @Test("tell a group by its name, and one rule on licenses from another")
  func names() throws {
    func declarations(_ rest: String) throws -> [String] { try Desk.manifest("version: 1\n\(rest)\n").declarations }
    let all = [
      "groups: {g: {annotations: [a/b/c/1k]}}", "groups: {G: {annotations: [a/b/c/1k]}}",
      "groups: {g: {annotations: [a/b/c/1k]}, h: {annotations: [a/b/c/1k]}}", "groups: {annotation: {atlases: [a]}}",
      "licenses: {deny: [warn]}", "licenses: {deny: [MIT, CC0]}", "licenses: {deny: [\"MIT, CC0\"]}",
      "licenses: {unknown: warn}", "licenses: {unknown: deny}",
    ]
    #expect(try Set(all.map(declarations)).count == all.count)
  }

  @Test("tell the order of preferred spaces")
  func preference() throws {
    func declarations(_ spaces: String) throws -> [String] {
      try Desk.manifest("version: 1\nprefer: {space: \(spaces)}\n").declarations
    }
    #expect(try declarations("[a, b]") != declarations("[b, a]"))
  }

  @Test("of different values are different, whatever the values are")
  func injective() throws {
    let groups = [
      ["a", "b"], ["a, b"], ["a\", \"b"], ["a\\", "b"], ["\"a\"", "b"], ["[a, b]"], ["a b"], ["a", "b", ""], ["a\nb"],
      ["a\\nb"], ["a\\u{a}b"], ["a\tb"], ["a]}", "b"], ["a", "b\u{301}"], ["a:b"], ["a: b"], [""], ["\""], ["\\"],
      ["\\\""],
    ]
    let forms = try groups.map { try declarations(tags: $0) }
    for (index, form) in forms.enumerated() {
      for (other, second) in forms.enumerated() where other != index {
        #expect(Array(form.utf8) != Array(second.utf8), "\(groups[index]) \(groups[other])")
      }
    }
    let path = try Desk.manifest("version: 1\ncatalogs: [{path: \(quoted("x sha256 y"))}]\n").declarations
    let two = try Desk.manifest("version: 1\ncatalogs: [{path: x}]\n").declarations
    #expect(path != two)
  }

  @Test("are the same exactly for the same set of values", arguments: 0..<10)
  func injectiveByChance(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    var seen: [[UInt8]: Set<[UInt8]>] = [:]
    for _ in 0..<100 {
      let values = (0..<Int.random(in: 1...3, using: &generator)).map { _ in generator.text(upTo: 3) }
      let form = Array(try declarations(tags: values).utf8)
      let set = Set(values.map { Array($0.utf8) })
      #expect(seen[form, default: set] == set, "\(String(decoding: form, as: UTF8.self))")
      seen[form] = set
      #expect(try Array(declarations(tags: values.reversed() + values).utf8) == form)
      #expect(!form.contains(UInt8(ascii: "\n")))
    }
  }

  private func declarations(tags: [String]) throws -> String {
    let list = tags.map(quoted).joined(separator: ", ")
    return try #require(Desk.manifest("version: 1\nannotations: [{tags: [\(list)]}]\n").declarations.first)
  }

  private func lock(_ text: String) throws -> Lockfile {
    Lockfile(declarations: try Desk.manifest(text).declarations, catalogs: [], maps: [], files: [])
  }
}
