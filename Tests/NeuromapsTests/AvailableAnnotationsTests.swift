import Neuromaps
import Testing

@Suite("The toolbox's questions to the built-in catalog")
struct AvailableAnnotationsTests {
  /// What to ask, and how many maps the toolbox answers with.
  struct Question: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let count: Int
    let answer: @Sendable () -> [AnnotationID]

    init(_ text: String, _ count: Int, _ answer: @escaping @Sendable () -> [AnnotationID]) {
      testDescription = text
      self.count = count
      self.answer = answer
    }
  }

  private static let questions = [
    Question("nothing", 86) { availableAnnotations() },
    Question("one source", 10) { availableAnnotations(source: "beliveau2017") },
    Question("two sources", 5) { availableAnnotations(source: ["abagen", "raichle"]) },
    Question("one desc", 3) { availableAnnotations(desc: "feobv") },
    Question("two descs", 6) { availableAnnotations(desc: ["feobv", "dasb"]) },
    Question("one space", 29) { availableAnnotations(space: "fsLR") },
    Question("two spaces", 32) { availableAnnotations(space: ["fsLR", "civet"]) },
    Question("one den", 13) { availableAnnotations(den: "164k") },
    Question("two values of den", 10) { availableAnnotations(den: ["41k", "4k"]) },
    Question("one res", 27) { availableAnnotations(res: "1mm") },
    Question("two values of res", 20) { availableAnnotations(res: ["2mm", "3mm"]) },
    Question("a den and a res", 40) { availableAnnotations(den: "164k", res: "1mm") },
    Question("a res as den", 27) { availableAnnotations(den: "1mm") },
    Question("a den as res", 13) { availableAnnotations(res: "164k") },
    Question("the left hemisphere", 37) { availableAnnotations(hemi: "L") },
    Question("the right hemisphere", 39) { availableAnnotations(hemi: "R") },
    Question("both hemispheres", 39) { availableAnnotations(hemi: ["L", "R"]) },
    Question("one tag", 55) { availableAnnotations(tags: "PET") },
    Question("a list of one tag", 55) { availableAnnotations(tags: ["PET"]) },
    Question("two tags", 46) { availableAnnotations(tags: ["PET", "receptors"]) },
    Question("two tags the other way round", 46) { availableAnnotations(tags: ["receptors", "PET"]) },
    Question("two tags that no map has together", 0) { availableAnnotations(tags: ["PET", "MRI"]) },
    Question("one format", 39) { availableAnnotations(format: "surface") },
    Question("two formats", 86) { availableAnnotations(format: ["surface", "volume"]) },
    Question("restricted ones too", 87) { availableAnnotations(restricted: true) },
    Question("a desc, restricted ones too", 4) { availableAnnotations(desc: "feobv", restricted: true) },
    Question("five keywords", 5) {
      availableAnnotations(source: "beliveau2017", space: "fsaverage", den: "164k", hemi: "R", tags: "receptors")
    },
    Question("all sources", 86) { availableAnnotations(source: "all") },
    Question("all spaces and a tag", 55) { availableAnnotations(space: "all", tags: "PET") },
    Question("all hemispheres, which volumes have none of", 39) { availableAnnotations(hemi: "all") },
    Question("a hemisphere that a map lacks", 0) { availableAnnotations(source: "hill2010", hemi: "L") },
    Question("a hemisphere of volumes", 0) { availableAnnotations(hemi: "L", format: "volume") },
    Question("a space in other letters", 0) { availableAnnotations(space: "mni152") },
    Question("nobody", 0) { availableAnnotations(source: "nobody") },
    Question("no value", 0) { availableAnnotations(source: "") },
  ]

  @Test("a keyword takes one value or several, and finds as many maps as in the toolbox", arguments: questions)
  func counts(_ question: Question) {
    #expect(question.answer().count == question.count)
  }

  /// As the deviations of docs/toolbox-parity.md say.
  private static let deviations = [
    Question("part of a name in a list", 0) { availableAnnotations(source: ["xu"]) },
    Question("a pattern", 2) { availableAnnotations(source: "xu*") },
    Question("a pattern of letters", 10) { availableAnnotations(desc: "fcgradient??") },
    Question("a pattern in a list", 12) { availableAnnotations(source: ["xu*", "margulies????"]) },
    Question("a pattern of tags", 46) { availableAnnotations(tags: ["P?T", "rec*"]) },
    Question("all in a list", 86) { availableAnnotations(source: ["all"]) },
    Question("all tags", 86) { availableAnnotations(tags: "all") },
    Question("any den", 39) { availableAnnotations(den: "all") },
    Question("any res", 47) { availableAnnotations(res: "all") },
    Question("patterns of den", 28) { availableAnnotations(den: ["*2k", "16*"]) },
    Question("a pattern of res, which finds no den", 27) { availableAnnotations(res: "1*") },
    Question("no source", 0) { availableAnnotations(source: []) },
    Question("no den", 0) { availableAnnotations(den: []) },
    Question("no hemisphere", 0) { availableAnnotations(hemi: []) },
    Question("no tag that must be there", 86) { availableAnnotations(tags: []) },
  ]

  @Test("patterns, `all` and empty lists mean one thing everywhere", arguments: deviations)
  func patterns(_ question: Question) {
    #expect(question.answer().count == question.count)
  }

  @Test("a list, a literal and an interpolation are the same values")
  func values() {
    let (number, names) = (2017, ["abagen", "raichle"])
    #expect(availableAnnotations(source: "beliveau\(number)") == availableAnnotations(source: "beliveau2017"))
    #expect(availableAnnotations(source: Values(names)) == availableAnnotations(source: ["abagen", "raichle"]))
    #expect(availableAnnotations(source: Values(names[0])) == availableAnnotations(source: ["abagen"]))
    #expect(Values(names.dropFirst()).texts == ["raichle"])
  }

  @Test("the answer is in the order of the catalog, whatever the order of the question")
  func order() {
    let answer = availableAnnotations(source: ["tuominen", "bedard2019", "aghourian2017"]).map(\.description)
    #expect(answer == ["aghourian2017/feobv/MNI152/1mm", "bedard2019/feobv/MNI152/1mm", "tuominen/feobv/MNI152/2mm"])
    let all = availableAnnotations()
    #expect(all.first?.description == "abagen/genepc1/fsaverage/10k")
    #expect(
      all.suffix(2).map(\.description) == ["xu2020/FChomology/fsLR/32k", "xu2020/evoexp/fsLR/32k"])
    #expect(Set(all).count == all.count)
    #expect(all.filter { $0.source == "raichle" } == availableAnnotations(source: "raichle"))
  }

  @Test("the restricted map stands in its place, and only when it is asked for")
  func restricted() {
    let feobv = availableAnnotations(desc: "feobv", restricted: true).map(\.source)
    #expect(feobv == ["aghourian2017", "bedard2019", "spreng", "tuominen"])
    #expect(availableAnnotations(source: "spreng") == [])
    #expect(availableAnnotations(source: "spreng", desc: "feobv", space: "MNI152", res: "1mm") == [])
    let more = Set(availableAnnotations(restricted: true)).subtracting(availableAnnotations())
    #expect(more.map(\.description) == ["spreng/feobv/MNI152/1mm"])
  }

  @Test("there are twelve tags, sorted by their bytes", arguments: [false, true])
  func tags(restricted: Bool) {
    #expect(
      availableTags(restricted: restricted) == [
        "ASL", "MEG", "MRI", "PET", "fMRI", "functional", "genetics", "meta-analysis", "metabolism", "receptors",
        "resteyesopen", "structural",
      ])
  }

  @Test("every tag finds a map, and every map has one")
  func tagsFind() {
    #expect(Set(availableTags().flatMap { availableAnnotations(tags: "\($0)") }) == Set(availableAnnotations()))
  }
}
