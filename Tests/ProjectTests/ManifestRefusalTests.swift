import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What is refused of a manifest")
struct ManifestRefusalTests {
  private static let head = "version: 1\nannotations:\n"

  private static let wholes: [Refusal] = [
    Refusal("an empty file", "‹›", Expected(.manifestWrongValue, "the manifest takes keys and values, not nothing")),
    Refusal("a file of comments", "‹›# nothing yet\n", Expected(.manifestWrongValue, "not nothing")),
    Refusal("a list", "‹- a/b/c/d\n›", Expected(.manifestWrongValue, "not a list")),
    Refusal("a text", "‹hello›\n", Expected(.manifestWrongValue, "not text")),
    Refusal("no version", "‹a›nnotations: []\n", Expected(.manifestMissingKey, "`version`", hint: "`version: 1`")),
    Refusal("a newer version", "version: ‹2›\n", Expected(.manifestVersion, "format 2", hint: "install a newer")),
    Refusal(
      "a newer version with keys that are new too", "version: ‹2›\nnovelty: [x]\nannotations: {}\n",
      Expected(.manifestVersion, "format 2", hint: "install a newer")),
    Refusal(
      "a version before the first", "version: ‹0›\n", Expected(.manifestVersion, "format 0", hint: "`version: 1`")),
    Refusal("a version in quotes", "version: ‹\"1\"›\n", Expected(.manifestWrongValue, "whole number")),
    Refusal("a version with a point", "version: ‹1.0›\n", Expected(.manifestWrongValue, "whole number")),
    Refusal("a version below nothing", "version: ‹-1›\n", Expected(.manifestWrongValue, "whole number")),
    Refusal("a version of nothing", "version:‹›\n", Expected(.manifestWrongValue, "whole number")),
    Refusal(
      "an unknown key", "version: 1\n‹anotations›: []\n",
      Expected(.manifestUnknownKey, "unknown key `anotations` in the manifest", hint: "did you mean `annotations`?")),
    Refusal(
      "a key twice", "version: 1\ndata_dir: a\n‹data_dir›: b\n",
      Expected(.manifestDuplicateKey, "`data_dir`", note: "line 2")),
    Refusal("a second document", "version: 1\n‹---›\nversion: 1\n", Expected(.manifestSyntax, "a second document")),
    Refusal("a tab", "version: 1\nannotations:‹\t›[]\n", Expected(.manifestSyntax, "a tab")),
    Refusal(
      "an anchor and its alias", "version: 1\ndata_dir: ‹&x a›\nannotations: [‹*x›]\n",
      Expected(.manifestSyntax, "an anchor"), Expected(.manifestSyntax, "an alias", hint: "quotes")),
    Refusal("a tag", "version: ‹!!int 1›\n", Expected(.manifestSyntax, "a tag")),
    Refusal(
      "33 levels",
      "version: 1\nannotations: \(String(repeating: "[", count: 31))‹[›\(String(repeating: "]", count: 32))\n",
      Expected(.manifestSyntax, "nested deeper than 32 levels")),
    Refusal(
      "a folder that is a list", "version: 1\ndata_dir: ‹[a]›\n", Expected(.manifestWrongValue, "`data_dir` takes text")
    ),
    Refusal("a folder of nothing", "version: 1\ndata_dir:‹›\n", Expected(.manifestWrongValue, "not nothing")),
    Refusal("an empty folder", "version: 1\ndata_dir: ‹''›\n", Expected(.manifestWrongValue, "takes a folder")),
    Refusal(
      "a folder with a zero", "version: 1\ndata_dir: ‹\"a\\0b\"›\n", Expected(.manifestWrongValue, "takes a folder")),
    Refusal("metadata as a word", "version: 1\nmetadata: ‹yes›\n", Expected(.manifestWrongValue, "`true` or `false`")),
    Refusal(
      "metadata as a list", "version: 1\nmetadata: ‹[true]›\n",
      Expected(.manifestWrongValue, "`metadata` takes `true` or `false`")),
    Refusal("builtin as a word", "version: 1\nbuiltin: ‹yes›\n", Expected(.manifestWrongValue, "`true` or `false`")),
    Refusal(
      "mirrors that are no list", "version: 1\nmirrors: ‹https://h›\n",
      Expected(.manifestWrongValue, "a list, not text")),
    Refusal(
      "mirrors that are no addresses",
      "version: 1\nmirrors: [‹ftp://h›, ‹a/b›, ‹https://u:p@h›, ‹/a›, ‹[x]›, https://h]\n",
      Expected(.manifestWrongValue, "https:, http: or file:"), Expected(.manifestWrongValue),
      Expected(.manifestWrongValue), Expected(.manifestWrongValue), Expected(.manifestWrongValue, "a list")),
    Refusal(
      "annotations that are no list", "version: 1\nannotations: ‹a/b/c/d›\n",
      Expected(.manifestWrongValue, "a list, not text")),
    Refusal(
      "catalogs that are no list", "version: 1\ncatalogs: ‹{›path: a}\n".replacing("‹{›path: a}", with: "‹{path: a}›"),
      Expected(.manifestWrongValue, "a list, not a mapping")),
    Refusal(
      "a catalog that is no mapping", "version: 1\ncatalogs: [‹a.yaml›]\n",
      Expected(.manifestWrongValue, "a catalog takes keys")),
    Refusal(
      "a catalog of nothing", "version: 1\ncatalogs: [‹{›}]\n",
      Expected(.manifestMissingKey, "`path`", hint: "`url` with its `sha256`")),
    Refusal(
      "a catalog of both", "version: 1\ncatalogs: [{path: a, url: ‹https://h›, sha256: \(digest("a", 64))}]\n",
      Expected(.manifestWrongValue, "not both")),
    Refusal(
      "a catalog with an unknown key", "version: 1\ncatalogs: [{path: a, ‹nme›: b}]\n",
      Expected(.manifestUnknownKey, "`nme` in a catalog")),
    Refusal(
      "a path with a digest", "version: 1\ncatalogs: [{path: a, ‹sha256›: b}]\n",
      Expected(.manifestWrongValue, "goes with `url`")),
    Refusal("an empty path", "version: 1\ncatalogs: [{path: ‹''›}]\n", Expected(.manifestWrongValue, "takes a file")),
    Refusal(
      "an address without a digest", "version: 1\ncatalogs: [‹{›url: https://h}]\n",
      Expected(.manifestMissingKey, "`sha256`", hint: "pin")),
    Refusal(
      "an address that is none, with a digest that is none",
      "version: 1\ncatalogs: [{url: ‹lab.yaml›, sha256: ‹abc›}]\n",
      Expected(.manifestWrongValue, "https:, http: or file:"), Expected(.manifestWrongValue, "64 lower-case")),
    Refusal(
      "atlases that are no list", "version: 1\natlases: ‹fsLR/32k›\n",
      Expected(.manifestWrongValue, "`atlases` takes a list, not text")),
    Refusal(
      "atlases that are a mapping", "version: 1\natlases: ‹{fsLR: 32k}›\n",
      Expected(.manifestWrongValue, "`atlases` takes a list, not a mapping")),
    Refusal(
      "a map among the atlases", "version: 1\natlases: [fsLR/32k, ‹abagen/genepc1/fsaverage/10k›]\n",
      Expected(.manifestWrongValue, "each of `atlases` takes `atlas/den-or-res`, or `regfusion`, not `abagen/")),
    Refusal(
      "atlases that are names of nothing",
      "version: 1\natlases: [‹a/b/c›, ‹''›, ‹fsLR/›, ‹/32k›, ‹~›, ‹[fsLR, 32k]›, ‹{a: b}›]\n",
      Expected(.manifestWrongValue, "`a/b/c`"), Expected(.manifestWrongValue, "``"),
      Expected(.manifestWrongValue, "`fsLR/`"), Expected(.manifestWrongValue, "`/32k`"),
      Expected(.manifestWrongValue, "text, not nothing"), Expected(.manifestWrongValue, "text, not a list"),
      Expected(.manifestWrongValue, "text, not a mapping")),
    Refusal(
      "another word for atlases", "version: 1\n‹atlas›: [fsLR/32k]\n",
      Expected(.manifestUnknownKey, "`atlas`", hint: "`atlases`")),
    Refusal("prefer as a list", "version: 1\nprefer: ‹[fsLR]›\n", Expected(.manifestWrongValue, "`prefer` takes keys")),
    Refusal(
      "prefer of another key", "version: 1\nprefer: {‹spaces›: [fsLR]}\n",
      Expected(.manifestUnknownKey, "`spaces` in `prefer`", hint: "`space`")),
    Refusal(
      "prefer of one space", "version: 1\nprefer: {space: ‹fsLR›}\n", Expected(.manifestWrongValue, "a list, not text")),
    Refusal("prefer of nothing", "version: 1\nprefer: {space: [‹~›]}\n", Expected(.manifestWrongValue, "not nothing")),
  ]

  private static let entries: [Refusal] = [
    Refusal(
      "a tuple of three parts", head + "- ‹abagen/genepc1/fsaverage›\n",
      Expected(.manifestWrongValue, "`source/desc/space/den-or-res`, not `abagen/genepc1/fsaverage`")),
    Refusal("a tuple of five parts", head + "- ‹abagen/genepc1/fsaverage/10k/L›\n", Expected(.manifestWrongValue)),
    Refusal("a tuple with an empty part", head + "- ‹abagen//fsaverage/10k›\n", Expected(.manifestWrongValue)),
    Refusal("an entry of nothing", head + "- ‹~›\n", Expected(.manifestWrongValue, "not nothing")),
    Refusal(
      "a list of three parts", head + "- ‹[abagen, genepc1, fsaverage]›\n",
      Expected(.manifestWrongValue, "four parts, not 3", hint: "[source, desc, space, den-or-res]")),
    Refusal(
      "a list with a list", head + "- [abagen, ‹[genepc1]›, fsaverage, 10k]\n",
      Expected(.manifestWrongValue, "each part of a tuple takes text")),
    Refusal(
      "a list with a slash", head + "- ‹[abagen, genepc1/x, fsaverage, 10k]›\n", Expected(.manifestWrongValue, "no `/`")
    ),
    Refusal(
      "a list with an empty part", head + "- ‹[abagen, \"\", fsaverage, 10k]›\n",
      Expected(.manifestWrongValue, "not empty")),
    Refusal(
      "a selector of nothing", head + "- ‹{}›\n",
      Expected(.manifestWrongValue, "what it selects", hint: "{source: all}")),
    Refusal(
      "a selector that only excludes", head + "- ‹{exclude: [abagen/*/*/*]}›\n",
      Expected(.manifestWrongValue, "what it selects")),
    Refusal(
      "an unknown key", head + "- {source: abagen, ‹sapce›: fsLR}\n",
      Expected(.manifestUnknownKey, "`sapce` in a selector", hint: "`space`")),
    Refusal(
      "a key of other capitals", head + "- {source: abagen, ‹Space›: fsLR}\n",
      Expected(.manifestUnknownKey, hint: "`space`")),
    Refusal("an unknown key alone", head + "- {‹sapce›: fsLR}\n", Expected(.manifestUnknownKey, hint: "`space`")),
    Refusal(
      "a key twice", head + "- {source: abagen, ‹source›: hill2010}\n", Expected(.manifestDuplicateKey, note: "line 3")),
    Refusal(
      "restricted as a word", head + "- {source: abagen, restricted: ‹yes›}\n",
      Expected(.manifestWrongValue, "`true` or `false`")),
    Refusal("a list of no values", head + "- {source: ‹[]›}\n", Expected(.manifestWrongValue, "lists nothing")),
    Refusal("no tags", head + "- {source: abagen, tags: ‹[]›}\n", Expected(.manifestWrongValue, "lists nothing")),
    Refusal(
      "a value that is a mapping", head + "- {source: abagen, space: ‹{a: b}›}\n",
      Expected(.manifestWrongValue, "`space` takes text, not a mapping")),
    Refusal(
      "a value of nothing", head + "- {source: abagen, space: ‹~›}\n",
      Expected(.manifestWrongValue, "`space` takes text, not nothing")),
    Refusal(
      "a value in a list that is a list", head + "- {source: abagen, space: [‹[fsaverage]›, fsLR]}\n",
      Expected(.manifestWrongValue, "each of `space` takes text")),
    Refusal(
      "exclude as a text", head + "- {source: abagen, exclude: ‹a/b/c/d›}\n",
      Expected(.manifestWrongValue, "a list, not text")),
    Refusal(
      "exclude of two parts", head + "- {source: abagen, exclude: [‹abagen/*›]}\n",
      Expected(.manifestWrongValue, "`source/desc/space/den-or-res`")),
  ]

  @Test("the whole is refused at its place", arguments: wholes)
  func whole(_ refusal: Refusal) { check(refusal) }

  @Test("an entry is refused at its place, and for one mistake once", arguments: entries)
  func entry(_ refusal: Refusal) { check(refusal) }

  private func check(_ refusal: Refusal) {
    #expect(refusal.text.differences(from: Desk.findings(refusal.text.text), refusal.expected) == [])
    let isRefused: Bool
    do throws(Findings) {
      _ = try Desk.manifest(refusal.text.text)
      isRefused = false
    } catch {
      isRefused = !error.diagnostics.isEmpty
    }
    #expect(isRefused)
  }

  @Test("every mistake of a file is told in one run, the reader's and the resolver's, in the order of the file")
  func everyMistake() {
    let text = MarkedText(
      """
      version: 1
      ‹data-dir›: data
      mirrors: [‹ftp://h›]
      annotations:
        - ‹abagen/genepc1/fsaverage›
        - abagen/‹genepc9›/fsaverage/10k
        - {tags: [PET, ‹receptor›]}
        - {source: hcps1200, ‹sorce›: x}
        - {source: abagen, ‹source›: hill2010}
        - ‹spreng›/*/*/*
        - {source: abagen, exclude: [‹abagn/*/*/*›]}
        - ‹{source: abagen, space: fsLR}›
        - abagen/genepc1/fsaverage/10k
      atlases: [fsLR/32k, ‹fsLR›, ‹a/b/c›]
      prefer: {space: [fsLR, ‹fslr›]}
      groups:
        figures: {annotations: [‹nobody›/b/c/d], ‹maps›: []}
        ‹-x›: {}
      licenses: {‹denny›: [], unknown: ‹perhaps›}
      """)
    let expected = [
      Expected(.manifestUnknownKey, hint: "`data_dir`"), Expected(.manifestWrongValue, "mirrors"),
      Expected(.manifestWrongValue, "an annotation"), Expected(.matchesNothing, hint: "`genepc1`"),
      Expected(.unknownValue, hint: "`receptors`"), Expected(.manifestUnknownKey, hint: "`source`"),
      Expected(.manifestDuplicateKey), Expected(.onlyRestricted), Expected(.matchesNothing, "excludes nothing"),
      Expected(.matchesNothing, "the selector matches no map"), Expected(.matchesNothing, "no atlas"),
      Expected(.manifestWrongValue, "each of `atlases`"), Expected(.unknownValue, hint: "`fsLR`"),
      Expected(.matchesNothing, "no map"), Expected(.manifestUnknownKey, "`maps` in the group `figures`"),
      Expected(.manifestWrongValue, "a group's name"), Expected(.manifestUnknownKey, hint: "`deny`"),
      Expected(.manifestWrongValue, "allow, warn or deny"),
    ]
    #expect(text.differences(from: Desk.findings(text.text), expected) == [])
  }
}
