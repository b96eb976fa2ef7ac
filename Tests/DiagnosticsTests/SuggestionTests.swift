import Diagnostics
import Testing

@Suite("What a person probably meant")
struct SuggestionTests {
  private static let near: [(String, [String], String)] = [
    ("fslr", ["fsLR", "fsaverage"], "fsLR"),
    ("FSAVERAGE", ["fsLR", "fsaverage"], "fsaverage"),
    ("anotations", ["annotations", "atlases"], "annotations"),
    ("annotaitons", ["annotations", "atlases"], "annotations"),
    ("receptor", ["genetics", "receptors"], "receptors"),
    ("sapce", ["desc", "source", "space"], "space"),
    ("fcgradient1", ["fcgradient01", "fcgradient10"], "fcgradient01"),
    ("MNI", ["MNI152", "civet"], "MNI152"),
    ("fsLR32k", ["fsLR", "fsaverage"], "fsLR"),
    ("2m", ["1mm", "2mm"], "2mm"),
    ("beliveau", ["abagen", "beliveau2017"], "beliveau2017"),
  ]

  @Test("a near word is found", arguments: near)
  func finds(word: String, candidates: [String], meant: String) {
    #expect(Suggestion.nearest(to: word, among: candidates) == meant)
    #expect(Suggestion.nearest(to: word, among: candidates.reversed()) == meant)
  }

  private static let far: [(String, [String])] = [
    ("zebra", ["fsLR", "fsaverage", "MNI152", "civet"]),
    ("abcdef", ["abxxxx"]),
    ("fs", ["fsaverage"]),
    ("space", ["space"]),
    ("space", []),
    ("", ["space"]),
  ]

  @Test("nothing is better than something far", arguments: far)
  func refuses(word: String, candidates: [String]) {
    #expect(Suggestion.nearest(to: word, among: candidates) == nil)
  }

  @Test("one letter in place of another is no third of a word", arguments: [("X", ["L", "R"]), ("", ["L", "R"])])
  func single(word: String, candidates: [String]) {
    #expect(Suggestion.nearest(to: word, among: candidates) == nil)
  }

  @Test("two swapped letters count as one mistake")
  func transposition() {
    #expect(Suggestion.nearest(to: "dne", among: ["den"]) == "den")
  }

  @Test("equal but for case goes before one mistyped letter")
  func caseFirst() {
    #expect(Suggestion.nearest(to: "pet", among: ["bet", "PET"]) == "PET")
  }

  @Test("ties go to the first by UTF-8 order, however the candidates come")
  func ties() {
    let candidates = ["cut", "cat", "cot"]
    #expect(Suggestion.nearest(to: "cxt", among: candidates) == "cat")
    #expect(Suggestion.nearest(to: "cxt", among: candidates.reversed()) == "cat")
  }

  @Test("a word of other letters than English ones is compared too")
  func otherLetters() {
    #expect(Suggestion.nearest(to: "größee", among: ["größe", "länge"]) == "größe")
  }
}
