import Dataset
import Testing

@Suite("The name of a map")
struct AnnotationIDTests {
  @Test(
    "four labels with slashes between are a name, and print as they were read",
    arguments: [
      "abagen/genepc1/fsaverage/10k", "neurosynth/cogpc1/MNI152/2mm", "a/b/c/d", "lab/v1.2/MNI152/2.5mm", "a+/b/c/41k",
    ])
  func reads(_ text: String) throws {
    let id = try #require(AnnotationID(text))
    #expect(id.description == text)
    #expect(id.parts == text.split(separator: "/").map(String.init))
    #expect(AnnotationID(source: id.source, desc: id.desc, space: id.space, sampling: id.sampling) == id)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "a", "a/b/c", "a/b/c/", "/b/c/d", "a//c/d", "a/b/c/d/e", "a/b/c/d/", "a b/b/c/d", "a/b*/c/d", "a/?/c/d",
      "a_b/b/c/d", "a-b/b/c/d", "ä/b/c/d", ".a/b/c/d", "../b/c/d", "a/b/c/..", "a/b/c/d\n", "a/b/c/\u{301}d",
      "a/b/c\u{301}/d", "１/b/c/d",
    ])
  func refuses(_ text: String) {
    #expect(AnnotationID(text) == nil)
  }

  @Test(
    "no part may be other than a label, the sampling included",
    arguments: [Sampling.density("../x"), .density(""), .resolution("2 mm"), .density("10k_hemi-L")])
  func sampling(_ sampling: Sampling) {
    #expect(AnnotationID(source: "a", desc: "b", space: "c", sampling: sampling) == nil)
  }

  @Test("a label has at most 100 bytes")
  func limit() {
    #expect(isLabel(String(repeating: "a", count: 20)))
    #expect(!isLabel(String(repeating: "a", count: 101)))
    #expect(!isLabel(""))
  }

  @Test("names are ordered part by part, capitals before small letters")
  func order() {
    let names = ["A/b/c/1k", "a/B/c/1k", "a/b/c/10k", "a/b/c/1k", "a/b/d/1k", "a/c/b/1k", "a+/b/c/1k", "a1/b/c/1k"]
    let sorted = names.reversed().compactMap { AnnotationID($0) }.sorted().map(\.description)
    #expect(sorted == names)
  }

  @Test("a renamed map keeps space and sampling")
  func renamed() throws {
    let id = try #require(AnnotationID("raichle/cmruglu/fsLR/164k"))
    #expect(id.renamed(source: "raichle", desc: "cmrglc")?.description == "raichle/cmrglc/fsLR/164k")
    #expect(id.renamed(source: "raichle", desc: "a/b") == nil)
  }
}
