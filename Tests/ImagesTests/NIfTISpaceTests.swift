import Images
import SampleImages
import Testing

@Suite("Where NIfTI says that voxels lie")
struct NIfTISpaceTests {
  private func affine(_ image: SampleNIfTI) throws -> [Double]? {
    try SuppliedBytes(image.bytes).summary().affine?.elements
  }

  @Test("the affine map goes before the rotation", arguments: [1, 2])
  func rows(_ version: Int) throws {
    var image = SampleNIfTI.mni152(millimeters: 3)
    image.version = version
    image.rotation = [1, 0, 0, 1, 2, 3]
    let summary = try SuppliedBytes(image.bytes).summary()
    #expect(summary.affine?.elements == [-3, 0, 0, 90, 0, 3, 0, -126, 0, 0, 3, -72])
    #expect(summary.affine?.voxelSize == [3, 3, 3])
    #expect(summary.voxelSize == [3, 3, 3])
    #expect(summary.units == "mm")
    #expect(summary.shape == [61, 73, 61])
  }

  // The expected numbers are nibabel's.
  @Test("without it, the rotation, its sign and the size of voxels", arguments: [1, 2])
  func rotation(_ version: Int) throws {
    var image = SampleNIfTI(shape: [2, 2, 2])
    image.version = version
    image.spacing = [-1, 2, 3, 4]
    image.rotation = [0.5, 0.5, 0.5, 10, 20, 30]
    #expect(try affine(image) == [0, 0, -4, 10, 2, 0, 0, 20, 0, 3, 0, 30])
    image.spacing[0] = 1
    #expect(try affine(image) == [0, 0, 4, 10, 2, 0, 0, 20, 0, 3, 0, 30])
    image.spacing[0] = 0
    #expect(try affine(image) == [0, 0, 4, 10, 2, 0, 0, 20, 0, 3, 0, 30])
  }

  @Test("half a turn, whose quaternion has no first number", arguments: [[0, 1, 0], [0, 1.0000001, 0], [0, 2, 0]])
  func halfTurn(_ quaternion: [Double]) throws {
    var image = SampleNIfTI(shape: [2, 2, 2])
    image.rotation = quaternion + [90, -126, -72]
    #expect(try affine(image) == [-2, 0, 0, 90, 0, 2, 0, -126, 0, 0, -2, -72])
  }

  @Test("with neither, the middle is the origin and the first index runs to the left")
  func middle() throws {
    var image = SampleNIfTI(shape: [3, 5, 7])
    image.spacing = [1, 3, 2, 1]
    #expect(try affine(image) == [-3, 0, 0, 3, 0, 2, 0, -4, 0, 0, 1, -3])
    image.shape = [3, 5]
    #expect(try affine(image) == [-3, 0, 0, 3, 0, 2, 0, -4, 0, 0, 1, 0])
  }

  @Test("voxels have a positive size, and one where there is none")
  func voxelSize() throws {
    var image = SampleNIfTI(shape: [2, 2, 2])
    image.spacing = [1, -2, 0, 1.5]
    #expect(try SuppliedBytes(image.bytes).summary().voxelSize == [2, 1, 1.5])
    image.spacing = [1, .nan, 1, 1]
    #expect(failure(image.bytes) == .broken("the size of its voxels is not a number"))
    image.shape = [2, 2]
    image.spacing = [1, 1, 1, .nan]
    #expect(try SuppliedBytes(image.bytes).summary().voxelSize == [1, 1])
  }

  @Test("an affine map that is not a number is none")
  func notFinite() throws {
    var image = SampleNIfTI.mni152(millimeters: 3)
    image.shape = [2, 2, 2]
    image.rows?[1][2] = .nan
    #expect(try affine(image) == nil)
    image.rows = nil
    image.rotation = [0.1, 0.1, .infinity, 0, 0, 0]
    #expect(try affine(image) == nil)
  }

  @Test("what lengths are given in", arguments: [(0, nil), (1, "m"), (2, "mm"), (3, "um"), (10, "mm"), (8, nil)])
  func units(_ code: UInt8, _ name: String?) throws {
    for version in [1, 2] {
      var image = SampleNIfTI(shape: [1])
      image.version = version
      image.units = code
      #expect(try SuppliedBytes(image.bytes).summary().units == name)
    }
  }
}
