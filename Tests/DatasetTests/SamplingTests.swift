import Dataset
import Testing

@Suite("How finely a map is sampled")
struct SamplingTests {
  @Test("a number with a unit of length is a voxel size", arguments: ["1mm", "2mm", "2.5mm", "700um", "0mm", "1xmm"])
  func volumes(_ text: String) {
    let sampling = Sampling(text)
    #expect(sampling == .resolution(text))
    #expect(sampling?.entity == "res")
    #expect(sampling?.format == .volume)
    #expect(sampling?.description == text)
  }

  @Test("any other label is a density", arguments: ["10k", "164k", "32k", "mm", "xmm", "2MM", "2m", "32492"])
  func surfaces(_ text: String) {
    let sampling = Sampling(text)
    #expect(sampling == .density(text))
    #expect(sampling?.entity == "den")
    #expect(sampling?.format == .surface)
    #expect(sampling?.description == text)
  }

  @Test("what is no label is no sampling", arguments: ["", "2 mm", "10-k", "*", "10k/", "１mm", ".5mm"])
  func neither(_ text: String) {
    #expect(Sampling(text) == nil)
  }
}
