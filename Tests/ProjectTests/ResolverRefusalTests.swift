import Dataset
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("What of a manifest no catalog can answer")
struct ResolverRefusalTests {
  private static let head = "version: 1\nannotations:\n"

  private static let tuples: [Refusal] = [
    Refusal(
      "an unknown source", head + "- ‹abagn›/genepc1/fsaverage/10k\n",
      Expected(
        .matchesNothing, "no map matches `abagn/genepc1/fsaverage/10k`", note: "no map has the source `abagn`",
        hint: "did you mean `abagen`?")),
    Refusal(
      "a source of other capitals", head + "- ‹Abagen›/genepc1/fsaverage/10k\n",
      Expected(.matchesNothing, hint: "did you mean `abagen`?")),
    Refusal(
      "part of a source", head + "- ‹xu›/evoexp/fsLR/32k\n",
      Expected(.matchesNothing, note: "no map has the source `xu`")),
    Refusal(
      "an unknown desc", head + "- abagen/‹genepc2›/fsaverage/10k\n",
      Expected(.matchesNothing, note: "no map of `abagen` has the desc `genepc2`", hint: "did you mean `genepc1`?")),
    Refusal(
      "another space", head + "- abagen/genepc1/‹fsLR›/10k\n",
      Expected(.matchesNothing, note: "no map of `abagen/genepc1` has the space `fsLR`", hint: "there are `fsaverage`")),
    Refusal(
      "another density", head + "- abagen/genepc1/fsaverage/‹164k›\n",
      Expected(.matchesNothing, note: "the density or resolution `164k`", hint: "there are `10k`")),
    Refusal(
      "another voxel size", head + "- neurosynth/cogpc1/MNI152/‹3mm›\n",
      Expected(.matchesNothing, hint: "did you mean `2mm`?")),
    Refusal(
      "a list", head + "- [neurosynth, ‹cogpc2›, MNI152, 2mm]\n",
      Expected(.matchesNothing, hint: "did you mean `cogpc1`?")),
    Refusal(
      "a quoted tuple", head + "- ‹\"neurosynth/cogpc2/MNI152/2mm\"›\n",
      Expected(.matchesNothing, hint: "did you mean `cogpc1`?")),
    Refusal(
      "a pattern", head + "- margulies2016/‹gradient*›/fsLR/32k\n",
      Expected(.matchesNothing, "no map matches `margulies2016/gradient*/fsLR/32k`")),
    Refusal(
      "a pattern that fits one letter less", head + "- margulies2016/‹fcgradient?›/fsLR/32k\n",
      Expected(.matchesNothing)),
    Refusal("letters that no map has", head + "- abagen/‹gené›/fsaverage/10k # ü\n", Expected(.matchesNothing, "gené")),
    Refusal(
      "a pattern of restricted maps only", head + "- ‹spreng›/*/*/*\n",
      Expected(
        .onlyRestricted, "`spreng/*/*/*` matches only restricted maps",
        hint: "write the tuple out: `spreng/feobv/MNI152/1mm`")),
    Refusal("the same in a list", head + "- [‹spreng›, all, all, all]\n", Expected(.onlyRestricted)),
  ]

  private static let selectors: [Refusal] = [
    Refusal(
      "an unknown space with its density", head + "- {space: ‹fsLR32k›}\n",
      Expected(
        .unknownValue, "unknown space `fsLR32k`", hint: "did you mean `fsLR`? density is its own key: `den: 32k`")),
    Refusal(
      "an unknown space with its voxel size", head + "- {space: ‹MNI1522mm›}\n",
      Expected(.unknownValue, hint: "did you mean `MNI152`? resolution is its own key: `res: 2mm`")),
    Refusal(
      "an unknown tag", head + "- {tags: [PET, ‹receptor›]}\n",
      Expected(.unknownValue, "unknown tag `receptor`", hint: "did you mean `receptors`?")),
    Refusal(
      "a tag of small letters", head + "- {tags: [‹pet›]}\n", Expected(.unknownValue, hint: "did you mean `PET`?")),
    Refusal(
      "an unknown source beside a known one", head + "- {source: [abagen, ‹hcp1200›]}\n",
      Expected(.unknownValue, hint: "did you mean `hcps1200`?")),
    Refusal("part of a source", head + "- {source: ‹xu›}\n", Expected(.unknownValue, "unknown source `xu`")),
    Refusal(
      "an unknown desc", head + "- {desc: ‹myelinmaps›}\n", Expected(.unknownValue, hint: "did you mean `myelinmap`?")),
    Refusal("an unknown density", head + "- {den: ‹33k›}\n", Expected(.unknownValue, "unknown density `33k`")),
    Refusal("an unknown voxel size", head + "- {res: ‹9mm›}\n", Expected(.unknownValue, "unknown resolution `9mm`")),
    Refusal(
      "an unknown hemisphere", head + "- {source: abagen, hemi: ‹left›}\n",
      Expected(.unknownValue, "unknown hemisphere `left`", hint: "`L`, `R`")),
    Refusal(
      "an unknown format", head + "- {format: ‹surf›}\n", Expected(.unknownValue, hint: "did you mean `surface`?")),
    Refusal(
      "an unknown license", head + "- {license: ‹CC BY 9›}\n", Expected(.unknownValue, "unknown license `CC BY 9`")),
    Refusal(
      "an unknown catalog", head + "- {catalog: ‹neuromap›}\n",
      Expected(.unknownValue, hint: "did you mean `neuromaps`?")),
    Refusal(
      "a pattern that no value fits", head + "- {desc: ‹fcgrad?›}\n", Expected(.unknownValue, "unknown desc `fcgrad?`")),
    Refusal(
      "several unknown values", head + "- {source: ‹abagn›, space: [‹fslr›, ‹mni152›]}\n", Expected(.unknownValue),
      Expected(.unknownValue), Expected(.unknownValue)),
    Refusal(
      "values that no map has together", head + "- ‹{source: abagen, space: MNI152}›\n",
      Expected(.matchesNothing, "the selector matches no map", note: "each value exists")),
    Refusal(
      "tags that no map has together", head + "- ‹{tags: [PET, genetics]}›\n",
      Expected(.matchesNothing, note: "each value exists")),
    Refusal("a hemisphere of volumes", head + "- ‹{source: neurosynth, hemi: L}›\n", Expected(.matchesNothing)),
    Refusal(
      "a hemisphere that was not measured", head + "- ‹{source: hill2010, hemi: L}›\n", Expected(.matchesNothing)),
    Refusal(
      "a selector of several lines", head + "- ‹source: abagen\n  space: MNI152\n›- abagen/genepc1/fsaverage/10k\n",
      Expected(.matchesNothing)),
    Refusal(
      "all excluded", head + "- ‹{source: abagen, exclude: [abagen/*/*/*]}›\n",
      Expected(.matchesNothing, note: "excludes all 1")),
    Refusal(
      "an exclusion of nothing", head + "- {source: abagen, exclude: [‹abagn/*/*/*›]}\n",
      Expected(.matchesNothing, "`abagn/*/*/*` excludes nothing", hint: "did you mean `abagen/*/*/*`?")),
    Refusal(
      "restricted maps only", head + "- ‹{source: spreng}›\n",
      Expected(.onlyRestricted, "such as `spreng/feobv/MNI152/1mm`", hint: "`restricted: true`")),
    Refusal(
      "a restricted map named in full by a selector",
      head + "- ‹{source: spreng, desc: feobv, space: MNI152, res: 1mm}›\n", Expected(.onlyRestricted)),
    Refusal(
      "restricted maps only, said not to be wanted", head + "- ‹{source: spreng, restricted: false}›\n",
      Expected(.onlyRestricted)),
    Refusal(
      "an unknown space to prefer", head + "- abagen/genepc1/fsaverage/10k\nprefer: {space: [fsLR, ‹MNI›]}\n",
      Expected(.unknownValue, "unknown space `MNI`", hint: "did you mean `MNI152`?")),
    Refusal(
      "an old name", head + "- ‹raichle/cmruglu/fsLR/164k›\n",
      Expected(
        .matchesNothing, "`raichle/cmruglu/fsLR/164k` is called `raichle/cmrglc/fsLR/164k` now",
        hint: "write the new name", severity: .warning)),
  ]

  @Test("a tuple is refused at the part that is wrong", arguments: tuples)
  func tuple(_ refusal: Refusal) { check(refusal) }

  @Test("a selector is refused at the value that is wrong", arguments: selectors)
  func selector(_ refusal: Refusal) { check(refusal) }

  private func check(_ refusal: Refusal) {
    #expect(refusal.text.differences(from: Desk.findings(refusal.text.text), refusal.expected) == [])
  }

  @Test("without the built-in catalog its names are unknown")
  func noBuiltin() throws {
    let lab = try Desk.catalog("lab", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"])
    let text = MarkedText(Self.head + "- ‹abagen›/genepc1/fsaverage/10k\n- {catalog: ‹neuromaps›}\n- a/b/c/1mm\n")
    let found = Desk.findings(text.text, catalogs: [lab])
    #expect(text.differences(from: found, [Expected(.matchesNothing), Expected(.unknownValue)]) == [])
  }

  @Test("two catalogs with different bytes for one path are a conflict, told with both declarations")
  func conflict() throws {
    let catalogs = [
      try Desk.catalog("left", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"]),
      try Desk.catalog("right", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("b", 32))}]}"]),
    ]
    let apart = MarkedText(Self.head + "- {source: a, catalog: left}\n- ‹{source: a, catalog: right}›\n")
    let found = Desk.findings(apart.text, catalogs: catalogs)
    #expect(
      apart.differences(
        from: found, [Expected(.pathConflict, "`a/b/c/1mm` comes from two catalogs", hint: "`catalog:`")]) == [])
    #expect(
      found.first?.notes.sorted() == [
        "catalog `left` by line 3: `{source: a, catalog: left}`",
        "catalog `right` by line 4: `{source: a, catalog: right}`",
      ])
    let together = MarkedText(Self.head + "- ‹a/b/c/1mm›\n")
    #expect(
      together.differences(from: Desk.findings(together.text, catalogs: catalogs), [Expected(.pathConflict)]) == [])
    #expect(
      together.differences(from: Desk.findings(together.text, catalogs: catalogs.reversed()), [Expected(.pathConflict)])
        == [])
    #expect(
      try Desk.lock("{source: a, catalog: right}", catalogs: catalogs).files.map(\.checksums?.md5?.hex) == [
        digest("b", 32)
      ])
  }

  @Test("catalogs that share no kind of digest cannot be told to agree")
  func unknowable() throws {
    let catalogs = [
      try Desk.catalog("left", maps: ["{map: a/b/c/1mm, files: [{url: a, md5: \(digest("a", 32))}]}"]),
      try Desk.catalog("right", maps: ["{map: a/b/c/1mm, files: [{url: a, sha256: \(digest("a", 64))}]}"]),
    ]
    let found = Desk.findings(Self.head + "- a/b/c/1mm\n", catalogs: catalogs)
    #expect(found.map(\.code) == [.pathConflict])
  }
}
