import Dataset
import Diagnostics
import Images
import Testing

@Suite("What is told of an image")
struct ImageFindingDiagnosticTests {
  private static let box = WorldBox(low: [0, -126, -72.5], high: [180, 90, 108])

  private static let findings: [(ImageFinding.Problem, DiagnosticCode, [String])] = [
    (.unreadable(.truncated(expected: 1000)), .imageUnreadable, ["1000 bytes"]),
    (.wrongFormat(.nifti1, named: .surface), .imageWrongFormat, ["is a volume", "says surface"]),
    (
      .wrongVertexCount(
        10_242, expected: 32_492, of: [SurfaceDensity(space: "fsaverage", label: "10k", vertices: 10_242)]),
      .imageWrongVertexCount, ["32492", "10242", "`fsaverage 10k`", "den-10k"]
    ),
    (.wrongVertexCount(7, expected: 32_492, of: []), .imageWrongVertexCount, ["32492", "7", "no known surface"]),
    (.wrongVoxelSize([1.5, 1.5, 2.000001], expected: 1), .imageWrongVoxelSize, ["1 mm", "1.5 × 1.5 × 2 mm"]),
    (.besideBrain(box, brain: .cortex), .imageBesideBrain, ["0…180, -126…90, -72.5…108 mm", "-66…66"]),
    (.partOfBrain(box, brain: .cortex), .imagePartOfBrain, ["0…180, -126…90, -72.5…108 mm", "-66…66"]),
    (.wrongHemisphere(.right, named: .left), .imageWrongHemisphere, ["says L", "says R"]),
    (.nonFinite(3, of: 10), .imageNonFinite, ["3 of 10"]),
    (.constant(0.5), .imageConstant, ["0.5"]),
    (.empty, .imageEmpty, ["zero"]),
    (.severalMaps(4), .imageSeveralMaps, ["4 data arrays"]),
    (.oddShape([4, 1]), .imageOddShape, ["4 × 1"]),
    (.absurdValues(largest: 1e30), .imageAbsurdValues, ["1e+30", "byte order"]),
    (.sameHalves, .imageSameHalves, ["the same"]),
  ]

  @Test("each finding has a code of its own, tells its numbers and what to do", arguments: findings.indices)
  func words(_ index: Int) {
    let (problem, code, words) = Self.findings[index]
    let diagnostic = ImageFinding(problem).diagnostic("maps/x.func.gii")
    let text = DiagnosticRenderer(isColored: false).render(diagnostic)
    #expect(diagnostic.code == code)
    #expect(diagnostic.severity == (code == .imageUnreadable ? .error : .warning))
    #expect(!diagnostic.hints.isEmpty)
    #expect(text.contains("`maps/x.func.gii`"))
    for word in words { #expect(text.contains(word), "`\(word)` in \(text)") }
  }

  @Test("what is known is told as known, with no call to action")
  func known() {
    let diagnostic = ImageFinding(.oddShape([4, 1]), known: "it is so at the origin").diagnostic("x")
    #expect(diagnostic.notes.contains("this is known: it is so at the origin"))
    #expect(diagnostic.hints == ["nothing is wrong with your copy; mind it when you use the map"])
  }

  @Test(
    "why an image cannot be read is one phrase",
    arguments: [
      .interrupted, .notAnImage, .truncated(expected: nil), .broken("its gzip checksum is wrong"),
      .unsupported("data of type complex64"), .tooLarge(limit: 5),
    ] as [ImageFailure])
  func failures(_ failure: ImageFailure) {
    #expect(failure.words.first?.isUppercase == false)
    #expect(!failure.words.hasSuffix("."))
    #expect(ImageCheck.findings(failure).map { $0.diagnostic("x").causes } == [[failure.words]])
  }
}
