import Dataset
import Testing

@Suite("A path below the data directory")
struct DatasetPathTests {
  @Test(
    "what stays below is a path, exactly as written",
    arguments: [
      "a", "a/b", "annotations/abagen/x.gii", ".hidden", "a/.neuromaps", "a/.neuromaps/b", "..a", "a..", "...",
      ".neuromaps2", "x.neuromaps", "ä/日本", "a b", "-", "~", "C:", "a:b",
    ])
  func accepts(_ text: String) {
    #expect(DatasetPath(text)?.text == text)
  }

  @Test(
    "what is absolute, could leave, or is the tool's own is none",
    arguments: [
      "", "/", "/a", "//a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/../b", "a/./b",
      "../../etc/passwd",
      ".neuromaps", ".neuromaps/index", "a\\b", "..\\a", "\\\\host\\a", "a\0", "a\0b", "a\nb", "a\rb", "a\tb",
      "a\u{7f}",
    ])
  func refuses(_ text: String) {
    #expect(DatasetPath(text) == nil)
  }

  @Test(
    "a slash is a slash even where a combining mark follows it",
    arguments: [
      "../\u{301}a", "a/../../\u{301}b", "/\u{301}etc", ".neuromaps/\u{301}index", "a//\u{301}", "../\u{338}/x",
      "./\u{20dd}a", "../\u{fe0f}a", "../\u{200d}a", "a/..\u{200d}/../x",
    ])
  func combining(_ text: String) {
    #expect(DatasetPath(text) == nil)
  }

  @Test(
    "the tool's own folder is one however it is capitalized, as on a Mac", arguments: [".Neuromaps/x", ".NEUROMAPS"])
  func capitals(_ text: String) {
    #expect(DatasetPath(text) == nil)
  }

  @Test("a part has at most 255 bytes and a path 1,024")
  func limits() {
    let part = String(repeating: "a", count: 255)
    #expect(DatasetPath(part) != nil)
    #expect(DatasetPath(part + "a") == nil)
    #expect(DatasetPath(String(repeating: "ä", count: 128)) == nil)
    let path = [part, part, part, part].joined(separator: "/")
    #expect(path.utf8.count == 1023)
    #expect(DatasetPath(path) != nil)
    #expect(DatasetPath(path + "/a") == nil)
  }

  @Test(
    "a map's file belongs where the Python toolbox puts it",
    arguments: [
      (
        "abagen/genepc1/fsaverage/10k", Hemisphere.left,
        "annotations/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii"
      ),
      (
        "neurosynth/cogpc1/MNI152/2mm", nil,
        "annotations/neurosynth/cogpc1/MNI152/source-neurosynth_desc-cogpc1_space-MNI152_res-2mm_feature.nii.gz"
      ),
    ])
  func ofMap(name: String, hemi: Hemisphere?, path: String) throws {
    let id = try #require(AnnotationID(name))
    #expect(DatasetPath(id, hemi: hemi).text == path)
    #expect(DatasetPath(path) == DatasetPath(id, hemi: hemi))
    #expect(DatasetPath(id, hemi: hemi).fileName == path.split(separator: "/").last.map(String.init))
  }

  @Test("what describes the directory stands where BIDS looks for it, and what describes a map beside its files")
  func metadata() throws {
    #expect(
      DatasetPath.wholeMetadata.map(\.text) == [".bidsignore", "CITATION.cff", "README", "dataset_description.json"])
    let surface = DatasetPath(sidecarOf: try #require(AnnotationID("abagen/genepc1/fsaverage/10k")))
    #expect(
      surface.text
        == "annotations/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_feature.json")
    let volume = DatasetPath(sidecarOf: try #require(AnnotationID("neurosynth/cogpc1/MNI152/2mm")))
    #expect(volume.fileName == "source-neurosynth_desc-cogpc1_space-MNI152_res-2mm_feature.json")
    for path in DatasetPath.wholeMetadata + [surface, volume] {
      #expect(DatasetPath(path.text) == path)
      #expect(FileEntities(fileName: path.fileName) == nil, "no file of a map")
    }
  }

  @Test("the path of a map with the longest name there is can be read back")
  func longestName() throws {
    let label = try #require((1...200).reversed().lazy.map { String(repeating: "a", count: $0) }.first(where: isLabel))
    guard let id = AnnotationID("\(label)/\(label)/\(label)/\(label)") else { return }
    let path = DatasetPath(id, hemi: .left)
    #expect(DatasetPath(path.text) == path, "a part of \(path.fileName.utf8.count) bytes")
  }

  @Test("paths are ordered by their bytes")
  func order() {
    let paths = ["A", "a", "a-b", "a/b", "a0", "b", "ä"].compactMap { DatasetPath($0) }
    #expect(paths.reversed().sorted().map(\.text) == ["A", "a", "a-b", "a/b", "a0", "b", "ä"])
  }
}
