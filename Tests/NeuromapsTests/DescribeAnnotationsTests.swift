import Neuromaps
import Testing

@Suite("What is known of a map")
struct DescribeAnnotationsTests {
  private func describe(_ names: String...) throws -> [AnnotationDescription] {
    try describeAnnotations(names.map { try #require(AnnotationID($0)) })
  }

  @Test("a description prints as in the toolbox, and tells the license")
  func text() throws {
    #expect(
      try describe("aghourian2017/feobv/MNI152/1mm").map(\.description) == [
        """
        aghourian2017/feobv/MNI152/1mm - VAChT (acetylcholine transporter) binding (PET, feobv, SUVR)
           N 18 - age 66.8 +/- 6.8 - license unknown
           Primary references:
              (aghourian2017molpsychiatry) Aghourian M, Legault-Denis C, Soucy JP, et al. (2017). \
        Quantification of brain cholinergic denervation in Alzheimer’s disease using PET imaging with \
        [18 F]-FEOBV. Molecular psychiatry 22(11):1531-1538.
              (hansen2022natneuro) Hansen JY, Shafiei G, Markello RD, et al. (2022). Mapping neurotransmitter \
        systems to the structural and functional organization of the human neocortex. Nature neuroscience 25(11):1569-1581.
        """
      ])
  }

  @Test("a note and the license are told where there are any")
  func note() throws {
    let map = try #require(try describe("beliveau2017/cimbi36/MNI152/1mm").first)
    #expect(map.title == "5-HT2a (serotonin receptor) binding (PET, cimbi36, Bmax)")
    #expect(map.n == "29")
    #expect(map.age == "22.6 +/- 2.7")
    #expect(map.license == "CC BY-NC-SA 4.0")
    #expect(map.note == "Prefer the fsaverage version; use this MNI152 volume for subcortical regions only.")
    #expect(map.primary.map(\.key) == ["beliveau2017jneurosci"])
    #expect(map.secondary.isEmpty)
    let lines = map.description.split(separator: "\n")
    #expect(lines[1] == "   N 29 - age 22.6 +/- 2.7 - license CC BY-NC-SA 4.0")
    #expect(lines[2] == "   Prefer the fsaverage version; use this MNI152 volume for subcortical regions only.")
    #expect(lines[3] == "   Primary references:")
    #expect(!map.description.contains("Secondary"))
    #expect(!map.description.hasSuffix("\n"))
  }

  @Test(
    "what is not known is said to be unknown",
    arguments: [
      ("xu2020/evoexp/fsLR/32k", "N unknown - age unknown"), ("hcps1200/myelinmap/fsLR/32k", "N unknown - age 22-35"),
      ("margulies2016/fcgradient01/fsLR/32k", "N 820 - age unknown"),
      ("sydnor2021/SAaxis/fsLR/32k", "N unknown - age unknown"),
    ])
  func unknown(_ name: String, _ expected: String) throws {
    let map = try #require(try describe(name).first)
    #expect(map.description.split(separator: "\n")[1] == "   \(expected) - license unknown")
    #expect((map.n == nil) == expected.contains("N unknown"))
    #expect((map.age == nil) == expected.contains("age unknown"))
    #expect(map.license == nil)
    #expect(map.note == nil)
  }

  @Test("descriptions come in the order asked for, as often as asked for")
  func order() throws {
    let names = [
      "xu2020/evoexp/fsLR/32k", "abagen/genepc1/fsaverage/10k", "spreng/feobv/MNI152/1mm", "xu2020/evoexp/fsLR/32k",
    ]
    let ids = names.compactMap { AnnotationID($0) }
    #expect(try describeAnnotations(ids).map(\.id.description) == names)
    #expect(try describeAnnotations([]).isEmpty)
  }

  @Test("every map has a title and a paper")
  func everything() throws {
    let all = availableAnnotations(restricted: true)
    let descriptions = try describeAnnotations(all)
    #expect(descriptions.map(\.id) == all)
    #expect(descriptions.allSatisfy { $0.title?.isEmpty == false && !$0.primary.isEmpty })
  }

  @Test("a name that no map has is told of with the nearest one, all of them in one go")
  func missing() throws {
    let error = #expect(throws: NeuromapsFailure.self) {
      try describe("abagen/genpc1/fsaverage/10k", "xu2020/evoexp/fsLR/32k", "zzz/qqqqqq/civet/41k")
    }
    #expect(error?.reason == .couldNot)
    #expect(error?.diagnostics.map(\.code) == [.noSuchMap, .noSuchMap])
    #expect(error?.diagnostics.first?.message == "no catalog has a map `abagen/genpc1/fsaverage/10k`")
    #expect(error?.diagnostics.first?.hints == ["did you mean `abagen/genepc1/fsaverage/10k`?"])
    #expect(error?.diagnostics.last?.hints == [])
  }
}
