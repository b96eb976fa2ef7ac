import Catalog
import Dataset
import Diagnostics
import Effects
import Neuromaps
import SampleImages
import SystemPackage
import TestWorld
import Testing

@Suite("Making a catalog")
struct WorkspaceCatalogImportTests {
  private func imported(
    _ lab: Lab, _ folder: String = "maps", change: (inout CatalogImport) -> Void = { _ in }
  ) async throws -> ImportedCatalog {
    var order = CatalogImport(.folder(folder))
    change(&order)
    return try await lab.workspace().importCatalog(order)
  }

  private func filled() throws -> Lab {
    let lab = try Lab(.silent())
    for file in Lab.open { try lab.bench.put(file.bytes, at: lab.project("maps/deep er/\(file.path.fileName)")) }
    return lab
  }

  @Test("a folder's files become maps with their bytes' checksums, from where the catalog will be")
  func folder() async throws {
    let lab = try filled()
    let result = try await imported(lab) { $0.output = "lab/../catalogs.yaml" }
    #expect(result.place == "catalogs.yaml")
    #expect(result.warnings.isEmpty)
    #expect(result.catalog.name == "lab")
    #expect(result.catalog.revision == "1")
    #expect(result.catalog.maps.map(\.id) == [Lab.left.map, Lab.beta.map])
    #expect(result.catalog.maps[0].files.map(\.checksums) == [Lab.left.checksums, Lab.right.checksums])
    #expect(result.catalog.maps[1].files.map(\.origin) == [.relative("maps/deep%20er/\(Lab.beta.path.fileName)")])
    #expect(try lab.bench.bytes(lab.project("catalogs.yaml")) == result.bytes)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("images are described in comments, and what is wrong with them is warned of before anybody locks them")
  func images() async throws {
    let lab = try Lab(.silent())
    func put(_ bytes: [UInt8], _ name: String) throws {
      try lab.bench.put(bytes, at: lab.project("maps/source-lab_\(name)"))
    }
    let half = SampleGIfTI.map((0..<4002).map(Double.init), structure: "CortexLeft").bytes
    try put(half, "desc-depth_space-fsLR_den-4k_hemi-L_feature.func.gii")
    try put(half, "desc-depth_space-fsLR_den-4k_hemi-R_feature.func.gii")
    let volume = SampleNIfTI(shape: [2, 3, 4], type: .int16, values: [0, 0, 1, -3]).gzipped
    try put(volume, "desc-small_space-MNI152_res-2mm_feature.nii.gz")
    try put(volume.dropLast(20), "desc-cut_space-MNI152_res-2mm_feature.nii.gz")
    let result = try await lab.workspace().importCatalog(CatalogImport(.folder("maps")), looksIntoImages: true)
    let codes = Set(result.warnings.map(\.code))
    #expect(codes.isSuperset(of: [.imageSameHalves, .imageWrongHemisphere, .imageUnreadable]))
    #expect(result.warnings.allSatisfy { $0.severity == .warning })
    let cut = try #require(result.warnings.first { $0.code == .imageUnreadable })
    #expect(cut.message == "cannot read the image `maps/source-lab_desc-cut_space-MNI152_res-2mm_feature.nii.gz`")
    #expect(cut.hints == ["mend it or take it out before somebody locks it"])
    let lines = String(decoding: result.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count { $0.hasSuffix("# 4002 vertices, float32") } == 2)
    #expect(lines.count { $0.hasSuffix("# 2 × 3 × 4 voxels, int16") } == 1)
  }

  @Test("a project that names it gets the very files, without a network")
  func roundTrip() async throws {
    let lab = try filled()
    _ = try await imported(lab) { $0.output = "catalog.yaml" }
    try lab.write(Lab.manifest("- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm"))
    #expect(try await lab.sync().failure == nil)
    for file in Lab.open { #expect(try lab.bench.bytes(lab.data(file)) == file.bytes) }
  }

  @Test("a catalog elsewhere finds its files through `..`, and a base address goes before their paths")
  func origins() async throws {
    let lab = try filled()
    try lab.write("", at: "a/b/x")
    let up = try await imported(lab) { $0.output = "a/b/c.yaml" }
    #expect(up.catalog.maps[1].files[0].origin == .relative("../../maps/deep%20er/\(Lab.beta.path.fileName)"))
    let web = try await imported(lab) { $0.baseURL = "https://h/x/" }
    #expect(web.catalog.maps[1].files[0].origin == .url("https://h/x/deep%20er/\(Lab.beta.path.fileName)"))
    #expect(web.place == nil)
  }

  @Test("links are not followed, and files in hidden folders are not looked at")
  func links() async throws {
    let lab = try filled()
    try lab.bench.put(Lab.secret.bytes, at: lab.project(".git/\(Lab.secret.path.fileName)"))
    try lab.bench.put(Lab.secret.bytes, at: FilePath("/elsewhere/\(Lab.secret.path.fileName)"))
    try lab.bench.link(lab.project("maps/out"), to: "/elsewhere")
    try lab.bench.link(lab.project("maps/\(Lab.secret.path.fileName)"), to: "/elsewhere/\(Lab.secret.path.fileName)")
    let result = try await imported(lab, ".")
    #expect(result.catalog.maps.count == 2)
    #expect(result.warnings.map(\.code) == [.leftOut])
    #expect(result.warnings.first?.message == "passed over: 2 symbolic links, which are not followed")
  }

  @Test("what cannot stand in a catalog is refused, and nothing is written")
  func refused() async throws {
    let lab = try filled()
    try lab.bench.put([1], at: lab.project("maps/again/\(Lab.beta.path.fileName)"))
    let failure = try await refusal(of: writing("c.yaml"), lab)
    #expect(failure?.reason == .wrongInput)
    #expect(failure?.diagnostics.map(\.code) == [.cannotImport])
    #expect(lab.files.writes.isEmpty)
    let nowhere = try await refusal(of: CatalogImport(.folder("nowhere")), lab)
    #expect(nowhere?.diagnostics.map(\.code) == [.fileFailed])
    let noFolder = try await refusal(
      of: CatalogImport(.folder("maps/again/\(Lab.beta.path.fileName)")), lab)
    #expect(noFolder?.diagnostics.map(\.code) == [.fileFailed])
  }

  @Test("a file that is there stays unless it is to be written over, and its facts can be kept")
  func replacing() async throws {
    let lab = try filled()
    let facts = Lab.catalog([Lab.beta], revision: "7").replacing("    files:", with: "    title: Blobs\n    files:")
    try lab.write(facts, at: "c.yaml")
    let early = try await refusal(of: writing("c.yaml"), lab)
    #expect(early?.diagnostics.map(\.code) == [.notOverwritten])
    #expect(try lab.text("c.yaml") == facts)
    let result = try await imported(lab) {
      $0.output = "c.yaml"
      $0.replaces = true
      $0.facts = "c.yaml"
    }
    #expect(result.catalog.revision == "8")
    #expect(result.catalog.maps.map(\.title) == [nil, "Blobs"])
    #expect(try lab.bench.bytes(lab.project("c.yaml")) == result.bytes)
  }

  @Test("the toolbox's files make a catalog that says what they say; wrong ones are told with their lines")
  func toolbox() async throws {
    let lab = try Lab(.silent())
    let file = """
      {"source": "lab", "desc": "beta", "space": "MNI152", "res": "2mm", "format": "volume",
       "fname": "source-lab_desc-beta_space-MNI152_res-2mm_feature.nii.gz", "rel_path": "lab/beta/MNI152",
       "checksum": "\(Lab.beta.checksums.md5?.hex ?? "")", "tags": ["x"], "url": ["lab01", "\(Lab.beta.id)"]}
      """
    try lab.write("{\"annotations\": [\(file)]}", at: "osf.json")
    try lab.write("{\"annotations\": []}", at: "meta.json")
    var order = CatalogImport(.toolbox(osf: "osf.json", meta: "meta.json"))
    order.output = "toolbox.yaml"
    let result = try await lab.workspace().importCatalog(order)
    #expect(result.catalog.name == "neuromaps")
    #expect(result.catalog.revision.hasPrefix("toolbox-"))
    #expect(result.catalog.maps.map(\.id) == [Lab.beta.map])
    try lab.write("{\"annotations\": 7}", at: "meta.json")
    let failure = try await refusal(of: order, lab)
    #expect(failure?.diagnostics.map(\.code) == [.notOverwritten])
    order.output = nil
    let wrong = try await refusal(of: order, lab)
    #expect(wrong?.reason == .wrongInput)
    #expect(wrong?.diagnostics.map(\.code) == [.toolboxFileWrong])
    #expect(wrong?.diagnostics.first?.location?.file == "meta.json")
  }

  private func writing(_ path: String) -> CatalogImport {
    var order = CatalogImport(.folder("maps"))
    order.output = path
    return order
  }

  private func refusal(of order: CatalogImport, _ lab: Lab) async throws -> NeuromapsFailure? {
    try await failure { _ = try await lab.workspace().importCatalog(order) }
  }
}
