import Catalog
import Diagnostics
import Testing

@testable import NeuromapsCLI

@Suite("What can be chosen from") struct CompletionChoicesTests {
  private static let names = [
    "beta/x/MNI152/2mm", "alpha/one/fsLR/32k", "alpha/one/fsLR/164k", "alpha/two/MNI152/1mm", "fsLR/32k", "regfusion",
  ]

  @Test(
    "Names are told part by part, sorted, each once",
    arguments: [
      ("", ["alpha/", "beta/", "fsLR/", "regfusion"]),
      ("al", ["alpha/", "beta/", "fsLR/", "regfusion"]),
      ("alpha/", ["alpha/one/", "alpha/two/"]),
      ("alpha/tw", ["alpha/one/", "alpha/two/"]),
      ("alpha/one/fsLR/", ["alpha/one/fsLR/164k", "alpha/one/fsLR/32k"]),
      ("fsLR/", ["fsLR/32k"]),
      ("fsLR/32k/", []),
      ("regfusion", ["alpha/", "beta/", "fsLR/", "regfusion"]),
      ("gamma/", []),
      ("/", []),
    ])
  func parts(_ word: String, _ parts: [String]) {
    #expect(CompletionChoices.parts(of: Self.names, after: word) == parts)
  }

  @Test("A path that starts with a slash has it as its first part")
  func absolute() {
    #expect(CompletionChoices.parts(of: ["/data/a", "/data/b"], after: "") == ["/"])
    #expect(CompletionChoices.parts(of: ["/data/a", "/data/b"], after: "/d") == ["/data/"])
  }

  @Test(
    "What a shell might run, cut or show otherwise is not told",
    arguments: [
      "$(touch x)", "`touch x`", "$HOME", "a;b", "a|b", "a&b", "a>b", "~", "a*", "a?", "[a]", "{a,b}", "'a", "\"a",
      "a\\",
      "a:b", "a=b", "#a", "!a", "a\nb", "a\tb", "a\u{1b}[2J", "a\u{202e}b", "a\u{9b}b", "",
    ])
  func hostile(_ word: String) {
    #expect(CompletionChoices.choices([word, "plain"]) == ["plain"])
    #expect(CompletionChoices.parts(of: ["lab/\(word)/fsLR/32k"], after: "lab/").allSatisfy { $0 == "lab//" })
  }

  @Test("Letters of any script, digits, spaces and `._+-/` are told")
  func plain() {
    let words = ["10k", "2.5mm", "a+b", "a_b", "meta-analysis", "two words", "Ärger"]
    #expect(CompletionChoices.choices(words.reversed() + words) == words)
  }

  // MARK: Keywords

  private static func catalogs() throws -> CatalogSet {
    let text = """
      version: 1
      name: lab
      revision: "1"
      maps:
        - {map: alpha/one/fsLR/32k, tags: [MRI, structural], files: [{hemi: L, url: l, md5: \(zeros)}]}
        - {map: alpha/two/MNI152/2mm, tags: [PET], files: [{url: v, md5: \(zeros)}]}
        - {map: beta/one/MNI152/1mm, tags: [PET, receptors, $(x)], files: [{url: v, md5: \(zeros)}]}
        - {map: gamma/one/MNI152/3mm, tags: [secret], restricted: true, files: [{url: v, md5: \(zeros)}]}
      """
    return CatalogSet([try CatalogReader.read(SourceText(name: "lab.yaml", bytes: Array(text.utf8)))])
  }

  private static let zeros = String(repeating: "0", count: 32)

  private func values(_ key: MapQuery.Key, _ words: String) throws -> [String] {
    let words = ["neuromaps", "list"] + words.split(separator: " ").map(String.init) + [key.option, ""]
    return CompletionChoices.values(of: key, in: try Self.catalogs(), CompletionLine(words, at: words.count - 1, ""))
  }

  @Test(
    "A keyword has the values of some map, without the line's other keywords",
    arguments: [
      (MapQuery.Key.source, ["alpha", "beta"]), (.desc, ["one", "two"]), (.space, ["MNI152", "fsLR"]), (.den, ["32k"]),
      (.res, ["1mm", "2mm"]), (.hemi, ["L"]), (.tags, ["MRI", "PET", "receptors", "structural"]),
      (.format, ["surface", "volume"]), (.license, ["unknown"]), (.catalog, ["lab"]),
    ])
  func all(_ key: MapQuery.Key, _ expected: [String]) throws {
    #expect(try values(key, "") == expected)
  }

  @Test("The other keywords on the line narrow it")
  func narrowed() throws {
    #expect(try values(.source, "--tag receptors") == ["beta"])
    #expect(try values(.desc, "--source=alpha --space MNI152") == ["two"])
    #expect(try values(.tags, "--source beta") == ["PET", "receptors"])
    #expect(try values(.res, "--source b*") == ["1mm"])
    #expect(try values(.source, "--space nowhere").isEmpty)
  }

  @Test("Any of several values will do, but all tags must be there; none is told twice")
  func repeated() throws {
    #expect(try values(.source, "--source alpha") == ["beta"])
    #expect(try values(.tags, "--tag PET") == ["receptors"])
    #expect(try values(.tags, "--tag MRI --tag PET").isEmpty)
    #expect(try values(.res, "--den 32k") == ["1mm", "2mm"])
    #expect(try values(.den, "--res 1mm --den 10k") == ["32k"])
  }

  @Test("Restricted maps count when they are asked for")
  func restricted() throws {
    #expect(try values(.source, "--restricted") == ["alpha", "beta", "gamma"])
    #expect(try values(.tags, "--restricted --source gamma") == ["secret"])
  }
}
