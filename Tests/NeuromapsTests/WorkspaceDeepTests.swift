import Dataset
import Diagnostics
import Effects
import Neuromaps
import SampleImages
import Sync
import Synchronization
import SystemPackage
import TestWorld
import Testing

@Suite("Looking into images")
struct WorkspaceDeepTests {
  private static func made(_ map: String, _ hemi: Hemisphere?, _ bytes: [UInt8]) -> MadeFile {
    var file = MadeFile(map, hemi, size: 0)
    file.bytes = bytes
    return file
  }

  private static func half(_ map: String, _ hemi: Hemisphere, step: Double = 1) -> MadeFile {
    let values = (0..<4002).map { Double($0) * step }
    let structure = hemi == .left ? "CortexLeft" : "CortexRight"
    return made(map, hemi, SampleGIfTI.map(values, structure: structure).bytes)
  }

  /// A lab that has brought these files.
  private func synced(_ files: [MadeFile], atlases: [LabAtlas] = []) async throws -> Lab {
    let lab = try Lab(.osf(files))
    let entries = atlases.map { $0.entry() }.joined()
    try lab.write(Lab.catalog(files) + (entries.isEmpty ? "" : "atlases:\n\(entries)"), at: "catalog.yaml")
    for atlas in atlases { try lab.bench.put(atlas.archive, at: lab.project(atlas.origin)) }
    let list = atlases.map(\.name).joined(separator: ", ")
    let maps = Set(files.map(\.map.description)).sorted().map { "- \($0)" }.joined(separator: "\n  ")
    try lab.write(Lab.manifest(maps, also: "atlases: [\(list)]"))
    #expect(try await lab.sync().failure == nil)
    lab.forget()
    lab.files.makeReadOnly()
    return lab
  }

  private func look(_ lab: Lab) async throws -> DeepResult {
    let workspace = try lab.workspace()
    return try await workspace.lookInto(workspace.verify())
  }

  // MARK: What is wrong

  @Test("an image is told of by what is wrong with it, and by nothing else", arguments: WrongImage.all)
  func wrong(_ image: WrongImage) async throws {
    let lab = try await synced([Self.made(image.map, image.hemi, image.bytes)])
    let result = try await look(lab)
    #expect(result.images == 1)
    #expect(Set(result.findings.map(\.diagnostic.code)) == image.codes, "\(image)")
    #expect(result.findings.count == image.codes.count)
    #expect(result.errors.map(\.code) == image.codes.filter { $0 == .imageUnreadable })
    #expect(result.surprises.count == image.codes.count - result.errors.count)
    #expect(result.obstacles.isEmpty)
  }

  @Test("there are many ways to be wrong, and each finding about one file has one")
  func coversFindings() {
    #expect(WrongImage.all.count { !$0.codes.isEmpty } >= 30)
    // Halves are found alike by looking at both; what is drawn is not looked into.
    let others: Set<DiagnosticCode> = [.imageSameHalves, .notDrawn, .notOverwritten]
    let all = DiagnosticCode.allCases.filter { $0.rawValue.hasPrefix("NM06") && !others.contains($0) }
    #expect(Set(WrongImage.all.flatMap(\.codes)) == Set(all))
  }

  @Test("how many have been hashed, and then read, is told")
  func progress() async throws {
    let lab = try await synced([Self.half("lab/depth/fsLR/4k", .left), Self.half("lab/depth/fsLR/4k", .right, step: 2)])
    let told = Mutex<[String]>([])
    let note: @Sendable (TransferEvent) -> Void = { event in
      if case .lookedUp(let done, of: let all) = event { told.withLock { $0.append("\(done) of \(all)") } }
    }
    let verified = try await lab.workspace().verify(observer: note)
    _ = try await lab.workspace().lookInto(verified, observer: note)
    #expect(told.withLock { $0.sorted() } == ["1 of 2", "1 of 2", "2 of 2", "2 of 2"])
  }

  // MARK: Two halves

  @Test("halves that are the same file or have the same values are told of once, by the name of the map")
  func sameHalves() async throws {
    let left = Self.half("lab/depth/fsLR/4k", .left)
    let lab = try await synced([left, Self.half("lab/depth/fsLR/4k", .right)])
    let result = try await look(lab)
    #expect(result.findings.map(\.diagnostic.code) == [.imageSameHalves])
    #expect(result.findings.first?.path == left.path)
    #expect(result.findings.first?.diagnostic.message == "left and right of `lab/depth/fsLR/4k` are the same")
    let swapped = try await synced([left, Self.made("lab/depth/fsLR/4k", .right, left.bytes)])
    let codes = try await look(swapped).findings.map(\.diagnostic.code)
    #expect(codes == [.imageSameHalves, .imageWrongHemisphere])
  }

  @Test("halves that differ, and those of different maps, are not told of")
  func differentHalves() async throws {
    let files = [
      Self.half("lab/depth/fsLR/4k", .left), Self.half("lab/depth/fsLR/4k", .right, step: 2),
      Self.half("lab/width/fsLR/4k", .right),
    ]
    let result = try await look(synced(files))
    #expect(result.images == 3)
    #expect(result.findings.isEmpty)
  }

  // MARK: What is known

  @Test("what is known of a map is told as known")
  func known() async throws {
    var image = SampleNIfTI(shape: [91, 115, 79], type: .uint8, values: [0, 1, 2])
    image.spacing = [1, 1.5, 1.5, 1.5]
    image.rows = [[-1.5, 0, 0, 67], [0, 1.5, 0, -101], [0, 0, 1.5, -41]]
    let files = ["turtonen2020/carfentanil/MNI152/1mm", "lab/carfentanil/MNI152/1mm"].map {
      Self.made($0, nil, image.gzipped)
    }
    let result = try await look(synced(files))
    #expect(result.surprises.map(\.code) == [.imageWrongVoxelSize])
    #expect(result.knowledge.map(\.code) == [.imageWrongVoxelSize])
    #expect(result.findings.map { $0.known != nil } == [false, true])
    #expect(result.knowledge.first?.notes.contains { $0.hasPrefix("this is known") } == true)
  }

  // MARK: What is passed over

  @Test("a file that is missing or not the locked one is not looked into, and nothing is written")
  func passesOver() async throws {
    let files = [
      Self.half("lab/depth/fsLR/4k", .left), Self.half("lab/depth/fsLR/4k", .right, step: 2),
      Self.made("lab/blob/MNI152/3mm", nil, SampleNIfTI.mni152(millimeters: 3).gzipped),
    ]
    let lab = try await synced(files)
    try lab.bench.put([1, 2, 3], at: lab.data(files[0]))
    try lab.bench.files.remove(lab.data(files[1]))
    let result = try await look(lab)
    #expect(result.images == 1)
    #expect(result.findings.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("atlases are asked for images that can be read, whatever their names; text and unknown kinds are passed over")
  func atlases() async throws {
    var external = SampleDataArray([1, 2])
    external.attributes["Encoding"] = .some("ExternalFileBinary")
    let atlas = LabAtlas(
      "mine/1k",
      [
        "constant.shape.gii": SampleGIfTI.map([1, 1]).text, "broken.label.gii": "<GIFTI", "notes.txt": "which ones",
        "elsewhere.surf.gii": SampleGIfTI([external]).text,
      ])
    let result = try await look(synced([Self.half("lab/depth/fsLR/4k", .left)], atlases: [atlas]))
    #expect(result.images == 3)
    #expect(result.findings.map(\.path.text) == ["atlases/mine/broken.label.gii"])
    #expect(result.errors.map(\.code) == [.imageUnreadable])
  }

  // MARK: The disk

  @Test("a disk that fails half-way is told of as such, and the other images are looked into")
  func interrupted() async throws {
    let files = [Self.half("lab/depth/fsLR/4k", .left), Self.half("lab/width/fsLR/4k", .left)]
    let lab = try await synced(files)
    let workspace = try lab.workspace()
    let verified = try await workspace.verify()
    lab.files.fail(.scan, on: "lab/width", with: .ioError)
    let result = try await workspace.lookInto(verified)
    #expect(result.images == 1)
    #expect(result.findings.isEmpty)
    #expect(result.obstacles.map(\.code) == [.fileFailed])
    #expect(result.obstacles.first?.message.contains(lab.data(files[1]).string) == true)
  }
}
