import Dataset
import Diagnostics
import Effects
import Images
import Neuromaps
import SampleImages
import SystemPackage
import TestWorld
import Testing

@Suite("What is in a file")
struct WorkspaceImagesTests {
  private static let volume = SampleNIfTI(shape: [2, 3, 4], type: .int16, values: [0, 0, 1, -3])
  private static let name = "source-lab_desc-depth_space-fsLR_den-32k_hemi-L_feature.func.gii"

  private func problems(_ looks: [ImageLook]) -> [Diagnostic] {
    looks.compactMap { if case .problem(let problem) = $0 { problem } else { nil } }
  }

  private func images(_ looks: [ImageLook]) -> [ImageFacts] {
    looks.compactMap { if case .image(let facts) = $0 { facts } else { nil } }
  }

  // MARK: Any file

  @Test("an image is told of under the path that a person would write, with a histogram if asked for")
  func image() async throws {
    let lab = try Lab()
    try lab.bench.put(Self.volume.gzipped, at: lab.project("scans/a.nii.gz"))
    let plain = try await images(lab.workspace().looks(into: ["./scans/a.nii.gz"]))
    #expect(plain.map(\.path) == ["scans/a.nii.gz"])
    #expect(plain.first?.summary.shape == [2, 3, 4])
    #expect(plain.first?.histogram == nil)
    let drawn = try await images(lab.workspace().looks(into: [lab.project("scans/a.nii.gz").string], bins: 4))
    // From -3 to 1; twelve zeros are left out.
    #expect(drawn.first?.histogram?.counts == [6, 0, 0, 6])
    #expect(drawn.first?.findings.isEmpty == true)
  }

  @Test("a name that says what the file should be is compared with it")
  func named() async throws {
    let lab = try Lab()
    try lab.bench.put(SampleGIfTI.map([1, 2, 3]).bytes, at: lab.project(Self.name))
    let found = try await images(lab.workspace().looks(into: [Self.name]))
    #expect(found.first?.findings.map(\.diagnostic.code) == [.imageWrongVertexCount])
  }

  @Test("what cannot be read is told of in its place, and the rest is read")
  func unreadable() async throws {
    let lab = try Lab()
    try lab.bench.put(Self.volume.bytes, at: lab.project("a.nii"))
    try lab.bench.put([1, 2], at: lab.project("b.nii"))
    try lab.bench.put([1], at: lab.project("folder.nii/x"))
    let looks = try await lab.workspace().looks(into: ["b.nii", "folder.nii", "a.nii", "c.nii"])
    #expect(problems(looks).map(\.code) == [.imageUnreadable, .fileFailed, .fileFailed])
    #expect(problems(looks).allSatisfy { $0.severity == .error })
    #expect(images(looks).map(\.path) == ["a.nii"])
    lab.files.fail(.scan, on: "a.nii", with: .ioError)
    #expect(try await problems(lab.workspace().looks(into: ["a.nii"])).map(\.code) == [.fileFailed])
  }

  @Test("a path that leads nowhere is met with what it may have meant")
  func mistaken() async throws {
    let lab = try Lab()
    try lab.bench.put(Self.volume.bytes, at: lab.project("scans/depth.nii"))
    func hints(_ path: String) async throws -> [String] {
      try await problems(lab.workspace().looks(into: [path])).flatMap(\.hints)
    }
    #expect(try await hints("scans/deppth.nii").first == "did you mean `scans/depth.nii`?")
    #expect(try await hints(Self.name).first?.contains("lab/depth/fsLR/32k") == true)
    #expect(try await hints("abc.gii").count == 1)
  }

  @Test("a word means a file if it ends as images do, or if there is one")
  func means() throws {
    let lab = try Lab()
    try lab.bench.put([1], at: lab.project("a/b/c/d"))
    let world = lab.world()
    for text in ["x.gii", "x.nii", "x.nii.gz", "a/b/c/d", "./a/b/c/d", lab.project("a/b/c/d").string] {
      #expect(Workspace.meansFile(text, in: world), "\(text)")
    }
    for text in ["a/b/c/e", "a/b/c", "fsLR/32k", "lab/*/*/*", "~nobody/x", "x.gz"] {
      #expect(!Workspace.meansFile(text, in: world), "\(text)")
    }
  }

  // MARK: The project's files

  @Test("of a locked map the files in place are read, and what is none is only a warning")
  func locked() async throws {
    var left = MadeFile("lab/depth/fsaverage/9k", .left, size: 0)
    left.bytes = SampleGIfTI.map([1, 2], structure: "CortexLeft").bytes
    let right = MadeFile("lab/depth/fsaverage/9k", .right, size: 30)
    let lab = try Lab(.osf([left, right]))
    try lab.write(Lab.catalog([left, right]), at: "catalog.yaml")
    try lab.write(Lab.manifest("- lab/depth/fsaverage/9k"))
    #expect(try await lab.workspace().looksIntoLocked([left.map]).isEmpty)
    try await lab.sync()
    let looks = try await lab.workspace().looksIntoLocked([left.map])[left.map] ?? []
    #expect(images(looks).map(\.path) == ["data/\(left.path)"])
    #expect(problems(looks).map(\.code) == [.imageUnreadable])
    #expect(problems(looks).allSatisfy { $0.severity == .warning })
    try lab.bench.files.remove(lab.data(right))
    #expect(try await lab.workspace().looksIntoLocked([left.map])[left.map]?.count == 1)
    #expect(try await lab.workspace().looksIntoLocked([Lab.beta.map]).isEmpty)
    try lab.write("no lock", at: "neuromaps.lock")
    #expect(try await lab.workspace().looksIntoLocked([left.map]).isEmpty)
  }

  @Test("without a project nothing is locked")
  func noProject() async throws {
    let lab = try Lab()
    #expect(try await lab.workspace().looksIntoLocked([Lab.beta.map]).isEmpty)
  }

  // MARK: Completion

  @Test("folders and images are offered to complete a path, and hidden ones are not")
  func completes() throws {
    let lab = try Lab()
    for name in ["a.nii", "b.txt", "sub/c.gii", ".hidden/d.gii", ".e.gii"] {
      try lab.bench.put([1], at: lab.project("scans/\(name)"))
    }
    #expect(try lab.workspace().imagesAtHand("scans/").sorted() == ["scans/a.nii", "scans/sub/"])
    #expect(try lab.workspace().imagesAtHand("scans/sub/c").sorted() == ["scans/sub/c.gii"])
    #expect(try lab.workspace().imagesAtHand("sc") == ["scans/"])
    #expect(try lab.workspace().imagesAtHand("none/").isEmpty)
  }
}
