import Catalog
import Citations
import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("What to cite in a project")
struct WorkspaceCiteTests {
  private static let papers = """
    cite: [whole]
    references:
      whole: {type: misc, title: Whole}
      first: {type: misc, title: First}
    """

  /// The lab's catalog with papers: of the first map, and of the catalog as a whole.
  private func write(_ lab: Lab, catalog: [MadeFile] = Lab.all) throws {
    let text = Lab.catalog(catalog).replacing("maps:\n", with: "\(Self.papers)\nmaps:\n", maxReplacements: 1)
      .replacing("- map: lab/alpha/fsLR/32k\n", with: "- map: lab/alpha/fsLR/32k\n    primary: [first]\n")
    try lab.write(text, at: "catalog.yaml")
  }

  private func lockedLab() async throws -> Lab {
    let lab = try Lab.complete()
    try write(lab)
    try await lab.makeLock()
    lab.forget()
    return lab
  }

  @Test("the locked maps are cited; nothing is asked or written")
  func locked() async throws {
    let lab = try await lockedLab()
    let (bibliography, warnings) = try await lab.workspace().bibliography(of: .ofProject)
    #expect(bibliography.maps.map(\.description) == ["lab/alpha/fsLR/32k", "lab/beta/MNI152/2mm"])
    #expect(bibliography.references.map(\.key) == ["first", "whole"])
    #expect(bibliography.uncited.map(\.description) == ["lab/beta/MNI152/2mm"])
    #expect(warnings.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    let same = try await lab.workspace().bibliography(of: lab.lock())
    #expect(same.reminder() == "cite: 2 papers for 2 maps: `neuromaps cite --format bibtex`")
  }

  @Test("locked maps that the catalogs do not have any more are told of")
  func unknown() async throws {
    let lab = try await lockedLab()
    try write(lab, catalog: [Lab.left, Lab.right])
    let (bibliography, warnings) = try await lab.workspace().bibliography(of: .ofProject)
    #expect(bibliography.unknown.map(\.description) == ["lab/beta/MNI152/2mm"])
    #expect(warnings.map(\.code) == [.noSuchMap])
    #expect(warnings.map(\.severity) == [.warning])
  }

  @Test("a stale lock is cited with a warning, and without a lock there is nothing to cite")
  func stale() async throws {
    let lab = try await lockedLab()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    let (bibliography, warnings) = try await lab.workspace().bibliography(of: .ofProject)
    #expect(bibliography.maps.count == 2)
    #expect(warnings.map(\.code) == [.lockStale])
    #expect(warnings.map(\.severity) == [.warning])
    try lab.bench.files.remove(lab.project("neuromaps.lock"))
    let failure = try await failure { _ = try await lab.workspace().bibliography(of: .ofProject) }
    #expect(failure?.reason == .lockStale)
  }

  @Test("of the data directory every map with a file is cited, wherever below annotations/ it lies")
  func dataFolder() async throws {
    let lab = try await lockedLab()
    try lab.bench.put([1], at: lab.data(Lab.right))
    try lab.bench.put([1], at: lab.data(Lab.secret))
    try lab.bench.put([1], at: lab.project("data/annotations/\(Lab.beta.path.fileName)"))
    try lab.bench.put([1], at: lab.project("data/annotations/notes.txt"))
    try lab.bench.put([1], at: lab.project("data/\(Lab.beta.path.fileName)x"))
    let (bibliography, warnings) = try await lab.workspace().bibliography(of: .inDataFolder)
    #expect(
      bibliography.maps.map(\.description) == ["lab/alpha/fsLR/32k", "lab/beta/MNI152/2mm", "lab/gamma/MNI152/1mm"])
    #expect(warnings.isEmpty)
    try lab.bench.put([1], at: lab.project("data/annotations/source-a_desc-b_space-MNI152_res-1mm_feature.nii.gz"))
    let again = try await lab.workspace().bibliography(of: .inDataFolder)
    #expect(again.bibliography.unknown.map(\.description) == ["a/b/MNI152/1mm"])
    #expect(again.warnings.map(\.code) == [.noSuchMap])
  }

  @Test("many maps that no catalog knows are one warning")
  func manyUnknown() async throws {
    let lab = try await lockedLab()
    for number in 1...12 {
      try lab.bench.put(
        [1], at: lab.project("data/annotations/source-a_desc-b\(number)_space-MNI152_res-1mm_feature.nii.gz"))
    }
    let warnings = try await lab.workspace().bibliography(of: .inDataFolder).warnings
    #expect(warnings.map(\.message) == ["no catalog has 12 of the maps, so nothing tells what to cite for them"])
    #expect(warnings.first?.notes.count == 11)
    #expect(warnings.first?.notes.last == "and 2 more")
  }

  @Test("without a project the data directory is meant, which need not be there")
  func withoutProject() async throws {
    let lab = try Lab()
    #expect(try await lab.workspace().bibliography(of: .ofProject).bibliography.maps.isEmpty)
    let map = try #require(AnnotationID("abagen/genepc1/fsaverage/10k"))
    try lab.bench.put([1], at: FilePath("/home/u/neuromaps-data/\(DatasetPath(map, hemi: .left))"))
    let bibliography = try await lab.workspace().bibliography(of: .ofProject).bibliography
    #expect(bibliography.maps == [map])
    #expect(bibliography.references(.catalog).map(\.key) == ["markello2022natmethods"])
  }

  @Test("maps of the catalogs are cited, restricted ones too; each pattern must match one")
  func patterns() async throws {
    let lab = try await lockedLab()
    func bibliography(_ texts: String...) async throws -> Bibliography {
      try await lab.workspace().bibliography(of: .matching(texts.compactMap { MapPattern($0) })).bibliography
    }
    #expect(try await bibliography("lab/*/MNI152/*", "lab/beta/*/*").maps.count == 2)
    let failure = try await failure { _ = try await bibliography("lab/alpha/fsLR/32k", "lab/alfa/fsLR/32k", "x/*/*/*") }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap, .noSuchMap])
    #expect(failure?.diagnostics.first?.hints == ["did you mean `lab/alpha/fsLR/32k`?"])
  }
}
