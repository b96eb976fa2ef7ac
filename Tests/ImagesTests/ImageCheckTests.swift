import Dataset
import Diagnostics
import SampleImages
import Testing

@testable import Images

@Suite("What an image is, against what its name says")
struct ImageCheckTests {
  /// A file of a map, by the map's name.
  private static func file(_ map: String, _ hemi: Hemisphere? = nil) throws -> FileEntities {
    FileEntities(map: try #require(AnnotationID(map)), hemi: hemi)
  }

  private static let good = ValueSummary(count: 8, nonFinite: 0, zeros: 1, minimum: 0, maximum: 3, mean: 1.25)

  private static func surface(
    _ shape: [Int], _ hemisphere: Hemisphere? = nil, values: ValueSummary = good, arrays: Int = 1
  ) -> ImageSummary {
    let array = DataArraySummary(intent: "NIFTI_INTENT_SHAPE", shape: shape, dataType: .float32, values: values)
    return ImageSummary(
      format: .gifti, isCompressed: false, byteOrder: .little, shape: shape, dataType: .float32, units: nil,
      voxelSize: [], affine: nil, hemisphere: hemisphere, arrays: [DataArraySummary](repeating: array, count: arrays),
      values: values)
  }

  /// The template's own grid, of voxels of so many millimeters.
  private static func volume(
    _ shape: [Int], _ size: Double, origin: [Double] = [-90, -126, -72], values: ValueSummary = good
  ) -> ImageSummary {
    let affine = Affine(
      x: (x: size, y: 0, z: 0, offset: origin[0]), y: (x: 0, y: size, z: 0, offset: origin[1]),
      z: (x: 0, y: 0, z: size, offset: origin[2]))
    return ImageSummary(
      format: .nifti1, isCompressed: true, byteOrder: .big, shape: shape, dataType: .int32, units: "mm",
      voxelSize: [size, size, size], affine: affine, hemisphere: nil, arrays: [], values: values)
  }

  private func problems(_ image: ImageSummary, _ file: FileEntities) -> [ImageFinding.Problem] {
    ImageCheck.findings(image, of: file).map(\.problem)
  }

  // MARK: Surfaces

  @Test("every density has its vertices, and no other number", arguments: SurfaceDensity.all)
  func densities(_ density: SurfaceDensity) throws {
    let file = try Self.file("lab/depth/\(density.space)/\(density.label)", .left)
    #expect(problems(Self.surface([density.vertices], .left), file) == [])
    let count = density.vertices == 32_492 ? 10_242 : 32_492
    let owners = SurfaceDensity.all.filter { $0.vertices == count }
    #expect(
      problems(Self.surface([count]), file) == [.wrongVertexCount(count, expected: density.vertices, of: owners)])
    #expect(owners.count == 1)
    #expect(
      problems(Self.surface([7]), file) == [.wrongVertexCount(7, expected: density.vertices, of: [])])
  }

  @Test("of a density that nobody knows no number is wrong")
  func otherDensity() throws {
    #expect(problems(Self.surface([5]), try Self.file("lab/depth/fsaverage/9k", .left)) == [])
    #expect(problems(Self.surface([5]), try Self.file("lab/depth/macaque/10k", .left)) == [])
  }

  @Test("the other half is told, and none is not")
  func halves() throws {
    let file = try Self.file("lab/depth/fsLR/32k", .left)
    #expect(problems(Self.surface([32_492], .right), file) == [.wrongHemisphere(.right, named: .left)])
    #expect(problems(Self.surface([32_492], nil), file) == [])
  }

  @Test("several maps, and a dimension too many, are told")
  func shapes() throws {
    let file = try Self.file("lab/depth/fsLR/4k", .left)
    #expect(problems(Self.surface([4002], arrays: 3), file) == [.severalMaps(3)])
    #expect(problems(Self.surface([4002, 3]), file) == [.severalMaps(3)])
    #expect(problems(Self.surface([4002, 1]), file) == [.oddShape([4002, 1])])
    let volume = try Self.file("lab/blob/MNI152/2mm")
    #expect(problems(Self.volume([91, 109, 91, 4], 2), volume) == [.severalMaps(4)])
    #expect(problems(Self.volume([91, 109, 91, 1], 2), volume) == [.oddShape([91, 109, 91, 1])])
  }

  @Test("a surface for a volume, and the other way round, is told and not compared further")
  func formats() throws {
    #expect(
      problems(Self.volume([9, 9, 9], 2), try Self.file("lab/depth/fsLR/32k", .left))
        == [.wrongFormat(.nifti1, named: .surface)])
    #expect(
      problems(Self.surface([9]), try Self.file("lab/blob/MNI152/2mm")) == [.wrongFormat(.gifti, named: .volume)])
  }

  // MARK: Volumes

  @Test("voxels are as large as the name says", arguments: [("1mm", 1), ("2mm", 2), ("1.5mm", 1.5), ("500um", 0.5)])
  func resolutions(_ label: String, _ size: Double) throws {
    let file = try Self.file("lab/blob/MNI152/\(label)")
    let shape = [180 / size, 216 / size, 180 / size].map { Int($0) + 1 }
    #expect(problems(Self.volume(shape, size), file) == [])
    #expect(problems(Self.volume(shape, size * 1.004), file) == [])
    #expect(
      problems(Self.volume(shape, size * 1.1), file)
        == [.wrongVoxelSize([size * 1.1, size * 1.1, size * 1.1], expected: size)])
  }

  @Test("a volume beside the brain, or of a part of it, is told")
  func boxes() throws {
    let file = try Self.file("lab/blob/MNI152/2mm")
    let far = problems(Self.volume([91, 109, 91], 2, origin: [100, -126, -72]), file)
    #expect(far == [.besideBrain(WorldBox(low: [100, -126, -72], high: [280, 90, 108]), brain: .cortex)])
    // A header without a place puts the first voxel at zero.
    let corner = problems(Self.volume([91, 109, 91], 2, origin: [0, 0, 0]), file)
    #expect(corner == [.partOfBrain(WorldBox(low: [0, 0, 0], high: [180, 216, 180]), brain: .cortex)])
    #expect(problems(Self.volume([91, 109, 91], 2, origin: [0, 0, 0]), try Self.file("lab/blob/rat/2mm")) == [])
    // The box of SPM, which ends above the cerebellum.
    #expect(problems(Self.volume([79, 95, 69], 2, origin: [-78, -112, -50]), file) == [])
  }

  // MARK: Values

  @Test("values that are no numbers, one value, none, and absurd ones are told")
  func values() throws {
    let file = try Self.file("lab/depth/fsLR/4k", .left)
    func found(_ nonFinite: Int64, _ low: Double?, _ high: Double?) -> [ImageFinding.Problem] {
      let values = ValueSummary(count: 9, nonFinite: nonFinite, zeros: 0, minimum: low, maximum: high, mean: low)
      return problems(Self.surface([4002], values: values), file)
    }
    #expect(found(0, -1, 1) == [])
    #expect(found(2, -1, 1) == [.nonFinite(2, of: 9)])
    #expect(found(9, nil, nil) == [.nonFinite(9, of: 9)])
    #expect(found(0, 5, 5) == [.constant(5)])
    #expect(found(0, 0, 0) == [.empty])
    #expect(found(1, 0, 0) == [.nonFinite(1, of: 9), .empty])
    #expect(found(0, -1e30, 1) == [.absurdValues(largest: 1e30)])
    #expect(found(0, 1e-41, 2e-40) == [.absurdValues(largest: 2e-40)])
  }

  @Test("a byte order that the file claims wrongly shows in its values")
  func wrongEndian() throws {
    var array = SampleDataArray((0..<4002).map { Double($0) / 100 })
    array.isBig = true
    let summary = try SampleGIfTI([array]).summary()
    let found = problems(summary, try Self.file("lab/depth/fsLR/4k", .left))
    #expect(found.contains { if case .absurdValues = $0 { true } else { false } }, "\(found)")
  }

  @Test("halves with the same bytes or the same values are told, constants are not")
  func sameHalves() {
    let (one, other) = (Self.surface([4], .left), Self.surface([4], .right))
    #expect(ImageCheck.findings(left: one, right: other, areSameBytes: false).map(\.problem) == [.sameHalves])
    let different = Self.surface(
      [4],
      values: ValueSummary(
        count: 8, nonFinite: 0, zeros: 1, minimum: 0, maximum: 3, mean: 1.5))
    #expect(ImageCheck.findings(left: one, right: different, areSameBytes: false) == [])
    #expect(ImageCheck.findings(left: one, right: different, areSameBytes: true).map(\.problem) == [.sameHalves])
    let zero = Self.surface(
      [4],
      values: ValueSummary(
        count: 8, nonFinite: 0, zeros: 8, minimum: 0, maximum: 0, mean: 0))
    #expect(ImageCheck.findings(left: zero, right: zero, areSameBytes: false) == [])
  }

  // MARK: What is known

  @Test("what is known of the built-in catalog's maps is told as known, of others not")
  func known() throws {
    let odd = Self.volume([121, 145, 121], 1.5)
    let turtonen = ImageCheck.findings(odd, of: try Self.file("turtonen2020/carfentanil/MNI152/1mm"))
    #expect(turtonen.map(\.isKnown) == [true])
    #expect(ImageCheck.findings(odd, of: try Self.file("lab/blob/MNI152/1mm")).map(\.isKnown) == [false])
    let other = Self.volume([61, 73, 61], 3)
    #expect(
      ImageCheck.findings(other, of: try Self.file("turtonen2020/carfentanil/MNI152/1mm")).map(\.isKnown) == [false])
    let flat = Self.volume([182, 218, 182, 1], 1, origin: [-91, -126, -72])
    #expect(ImageCheck.findings(flat, of: try Self.file("beliveau2017/dasb/MNI152/1mm")).map(\.isKnown) == [true])
    #expect(ImageCheck.findings(flat, of: try Self.file("lab/dasb/MNI152/1mm")).map(\.isKnown) == [false])
    // Byte order and type are no findings: a reader reads them all.
    #expect(ImageCheck.findings(other, of: try Self.file("savli2012/dasb/MNI152/3mm")) == [])
  }
}
