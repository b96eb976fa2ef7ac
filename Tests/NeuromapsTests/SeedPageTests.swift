import Catalog
import Neuromaps
import TestWorld
import Testing

/// The examples of https://netneurolab.github.io/neuromaps/user_guide/annotations.html, line by line.
@Suite("The toolbox's page `Brain maps and annotations`")
struct SeedPageTests {
  /// What the page prints for `available_annotations()`; there are more by now.
  private static let page =
    ["abagen/genepc1/fsaverage/10k"]
    + (1...10).map { "margulies2016/fcgradient\($0 < 10 ? "0" : "")\($0)/fsLR/32k" }
    + ["neurosynth/cogpc1/MNI152/2mm"]

  /// The maps of the page with bytes of our own.
  private static let files =
    page.dropLast().flatMap { [MadeFile($0, .left, size: 40), MadeFile($0, .right, size: 41)] }
    + [MadeFile("neurosynth/cogpc1/MNI152/2mm", size: 60)]
    + [
      MadeFile("hcps1200/myelinmap/fsLR/32k", .left, size: 42),
      MadeFile("hcps1200/myelinmap/fsLR/32k", .right, size: 43),
    ]

  private static let data = "/home/u/neuromaps-data/annotations"
  private static let abagen = [
    "\(data)/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii",
    "\(data)/abagen/genepc1/fsaverage/source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-R_feature.func.gii",
  ]
  private static let neurosynth = [
    "\(data)/neurosynth/cogpc1/MNI152/source-neurosynth_desc-cogpc1_space-MNI152_res-2mm_feature.nii.gz"
  ]

  private static func gradient(_ number: String) -> [String] {
    ["L", "R"].map { hemi in
      "\(data)/margulies2016/fcgradient\(number)/fsLR/source-margulies2016_desc-fcgradient\(number)_space-fsLR_den-32k_"
        + "hemi-\(hemi)_feature.func.gii"
    }
  }

  @Test("available_annotations()")
  func available() {
    let names = availableAnnotations().map(\.description)
    #expect(names.filter(Self.page.contains) == Self.page)
    #expect(names.count == 86)
  }

  @Test("available_annotations(source='abagen')")
  func availableOfSource() {
    #expect(availableAnnotations(source: "abagen") == [id("abagen/genepc1/fsaverage/10k")])
  }

  @Test(
    "available_annotations(tags='genetics'), as a word and as a list",
    arguments: ["genetics", ["genetics"]] as [Values])
  func availableOfTag(_ tags: Values) {
    #expect(availableAnnotations(tags: tags) == [id("abagen/genepc1/fsaverage/10k")])
  }

  @Test("available_tags()")
  func tags() {
    let tags = availableTags()
    #expect(tags.contains("genetics") && tags.contains("fMRI") && tags.contains("meta-analysis"))
    #expect(tags == tags.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test("fetch_annotation(source='abagen') is a list of left and right")
  func fetchSurface() async throws {
    let lab = try ToolboxLab(Self.files)
    let fetched = try await lab.fetch([.source: ["abagen"]])
    #expect(fetched == .single(Self.abagen))
    #expect(fetched.paths == Self.abagen)
    for (path, file) in zip(Self.abagen, Self.files) { #expect(try lab.bytes(path) == file.bytes) }
  }

  @Test("fetch_annotation(source='neurosynth') is one path")
  func fetchVolume() async throws {
    let lab = try ToolboxLab(Self.files)
    let fetched = try await lab.fetch([.source: ["neurosynth"]])
    #expect(fetched == .single(Self.neurosynth))
    #expect(fetched.paths == Self.neurosynth)
    #expect(fetched[id("neurosynth/cogpc1/MNI152/2mm")] == nil)
  }

  @Test("fetch_annotation(source=['abagen', 'neurosynth']) is a dictionary by the maps' names")
  func fetchTwo() async throws {
    let fetched = try await ToolboxLab(Self.files).fetch([.source: ["abagen", "neurosynth"]])
    #expect(
      fetched
        == .several([
          id("abagen/genepc1/fsaverage/10k"): Self.abagen, id("neurosynth/cogpc1/MNI152/2mm"): Self.neurosynth,
        ]))
    #expect(fetched[id("abagen/genepc1/fsaverage/10k")] == Self.abagen)
    #expect(fetched[id("xu2020/evoexp/fsLR/32k")] == nil)
    #expect(fetched.paths == Self.abagen + Self.neurosynth)
  }

  @Test("fetch_annotation(source=['hcps1200', 'margulies2016']) has every map of both")
  func fetchMany() async throws {
    let fetched = try await ToolboxLab(Self.files).fetch([.source: ["hcps1200", "margulies2016"]])
    guard case .several(let maps) = fetched else {
      Issue.record("several maps are a dictionary")
      return
    }
    #expect(maps.count == 11)
    for number in ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"] {
      let id = try #require(AnnotationID("margulies2016/fcgradient\(number)/fsLR/32k"))
      #expect(maps[id] == Self.gradient(number))
    }
    #expect(
      fetched.paths == [
        "\(Self.data)/hcps1200/myelinmap/fsLR/source-hcps1200_desc-myelinmap_space-fsLR_den-32k_hemi-L_feature.func.gii",
        "\(Self.data)/hcps1200/myelinmap/fsLR/source-hcps1200_desc-myelinmap_space-fsLR_den-32k_hemi-R_feature.func.gii",
      ] + ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"].flatMap(Self.gradient))
  }

  @Test("fetch_annotation(…, return_single=False) is a dictionary of one")
  func fetchNoSingle() async throws {
    let lab = try ToolboxLab(Self.files)
    #expect(
      try await lab.fetch([.source: ["neurosynth"]], returnSingle: false)
        == .several([id("neurosynth/cogpc1/MNI152/2mm"): Self.neurosynth]))
    #expect(
      try await lab.fetch([.source: ["abagen"]], returnSingle: false)
        == .several([id("abagen/genepc1/fsaverage/10k"): Self.abagen]))
  }
}
