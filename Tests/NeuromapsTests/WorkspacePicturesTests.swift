import Diagnostics
import Effects
import Neuromaps
import SystemPackage
import TestWorld
import Testing

@Suite("Pictures of maps")
struct WorkspacePicturesTests {
  private func draw(
    _ lab: Lab, _ names: String..., to output: String? = nil, overwriting: Bool = false
  ) async throws -> PictureResult {
    try await lab.workspace().draw(names.compactMap { PictureSubject($0) }, to: output, overwriting: overwriting)
  }

  private static let alpha = "source-lab_desc-alpha_space-lab_den-1k.png"
  private static let beta = "source-lab_desc-beta_space-MNI152_res-2mm.png"

  @Test("each is a PNG file in the current folder, named as the map")
  func maps() async throws {
    let lab = try await PictureLab.synced()
    let result = try await draw(lab, "lab/beta/MNI152/2mm", "lab/alpha/*/*", "lab/*/MNI152/2mm")
    #expect(result.pictures.map(\.name) == ["lab/beta/MNI152/2mm", "lab/alpha/lab/1k"])
    #expect(result.pictures.map(\.path) == [lab.project(Self.beta), lab.project(Self.alpha)])
    #expect(result.pictures.map(\.surface) == [nil, "inflated"])
    #expect(result.problems.map(\.code) == [.notDrawn])
    #expect(!result.lacksFilesOnly)
    for picture in result.pictures {
      let bytes = try #require(try lab.bench.bytes(picture.path))
      #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47]))
      #expect(picture.width > 100 && picture.height > 100)
    }
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("it is the same picture every time")
  func determinism() async throws {
    let lab = try await PictureLab.synced()
    _ = try await draw(lab, "lab/alpha/lab/1k", to: "a.png")
    _ = try await draw(lab, "lab/alpha/lab/1k", to: "new/b.PNG")
    #expect(try lab.bench.bytes(lab.project("a.png")) == lab.bench.bytes(lab.project("new/b.PNG")))
  }

  @Test("nothing is overwritten unless it may be, and nothing is drawn then")
  func overwriting() async throws {
    let lab = try await PictureLab.synced()
    try lab.write("mine", at: Self.beta)
    let failure = try await failure { _ = try await draw(lab, "lab/alpha/lab/1k", "lab/beta/MNI152/2mm") }
    #expect(failure?.diagnostics.map(\.code) == [.notOverwritten])
    #expect(failure?.reason == .couldNot)
    #expect(try lab.text(Self.beta) == "mine")
    #expect(try lab.bench.files.status(lab.project(Self.alpha)) == nil)
    let result = try await draw(lab, "lab/beta/MNI152/2mm", overwriting: true)
    #expect(result.pictures.count == 1)
    #expect(try lab.text(Self.beta) != "mine")
  }

  @Test("two pictures of one name are refused, and so is one file for several")
  func collisions() async throws {
    let lab = try await PictureLab.synced()
    try lab.bench.put(PictureLab.left.bytes, at: lab.project("a/x.func.gii"))
    try lab.bench.put(PictureLab.right.bytes, at: lab.project("b/x.func.gii"))
    let twice = try await failure { _ = try await draw(lab, "a/x.func.gii", "b/x.func.gii") }
    #expect(twice?.diagnostics.map(\.code) == [.notOverwritten])
    let several = try await failure { _ = try await draw(lab, "a/x.func.gii", "b/x.func.gii", to: "x.png") }
    #expect(several?.reason == .wrongUsage)
  }

  @Test("a file is drawn without a project, a surface flat")
  func files() async throws {
    let lab = try Lab()
    try lab.bench.put(PictureLab.left.bytes, at: lab.project("mine.func.gii"))
    try lab.bench.put(PictureLab.volume.bytes, at: lab.project("mine.nii.gz"))
    let result = try await draw(lab, "mine.func.gii", to: "figures")
    #expect(result.pictures.map(\.path) == [lab.project("figures/mine.png")])
    #expect(result.pictures.map(\.isFlat) == [true])
    #expect(try await draw(lab, "mine.nii.gz").pictures.map(\.surface) == [nil])
  }

  @Test("a file of the data directory is drawn on the surface that its name says")
  func namedFile() async throws {
    let lab = try await PictureLab.synced()
    let path = lab.data(PictureLab.left).string
    #expect(try await draw(lab, path).pictures.map(\.surface) == ["inflated"])
  }

  @Test("what is not there, or has other bytes, is told of, and the others are drawn")
  func gaps() async throws {
    let lab = try await PictureLab.synced()
    try lab.bench.files.remove(lab.data(PictureLab.right))
    try lab.bench.put([1], at: lab.data(PictureLab.broken))
    let result = try await draw(lab, "lab/*/*/*")
    #expect(result.pictures.map(\.name) == ["lab/beta/MNI152/2mm"])
    #expect(result.problems.map(\.causes) == [["its files are missing"], ["its files are not the locked ones"]])
    #expect(result.lacksFilesOnly)
    let none = try await draw(lab, "nowhere.nii.gz", "data.nii")
    #expect(none.problems.map(\.code) == [.notDrawn, .notDrawn])
    #expect(!none.lacksFilesOnly)
  }

  @Test("a map that is not locked is told of")
  func notLocked() async throws {
    let lab = try await PictureLab.synced()
    let failure = try await failure { _ = try await draw(lab, "lab/alpah/lab/1k") }
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.hints == ["did you mean `lab/alpha/lab/1k`?"])
  }

  @Test("what is typed is a map, a pattern or an image")
  func subjects() {
    #expect(PictureSubject("a.nii.gz") == .file("a.nii.gz"))
    #expect(PictureSubject("a/b/c/d.func.gii") == .file("a/b/c/d.func.gii"))
    #expect(PictureSubject("fsLR/32k") == nil)
    #expect(PictureSubject("a.png") == nil)
    #expect(PictureSubject("a/*/fsLR/32k") != nil)
  }
}
