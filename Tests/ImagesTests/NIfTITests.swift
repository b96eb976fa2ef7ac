import SampleImages
import Testing

@testable import Images

@Suite("NIfTI, as nibabel reads it")
struct NIfTITests {
  @Test("values of every type, in both byte orders and versions, compressed or not", arguments: SampleNumber.allCases)
  func types(_ type: SampleNumber) throws {
    for version in [1, 2] {
      for isBigEndian in [false, true] {
        var image = SampleNIfTI(shape: [3, 2, 2], type: type, values: Self.values(type))
        image.version = version
        image.isBigEndian = isBigEndian
        for bytes in [image.bytes, image.gzipped, Packed.gzipStored(image.bytes)] {
          let summary = try SuppliedBytes(bytes).summary()
          #expect(summary.format == (version == 1 ? .nifti1 : .nifti2))
          #expect(summary.byteOrder == (isBigEndian ? .big : .little))
          #expect(summary.isCompressed == (bytes != image.bytes))
          #expect(summary.shape == [3, 2, 2])
          #expect(summary.dataType.rawValue == type.rawValue)
          #expect(summary.values == Self.expected(Self.values(type)))
        }
      }
    }
  }

  /// The ends of a type's range, and zero; of those that have them, NaN and infinities too.
  private static func values(_ type: SampleNumber) -> [Double] {
    let usual = [type.range.lowerBound, 0, 1, 100, 0, 7]
    return switch type {
    case .float64: [-1e300, 0.1, 1e300, .nan, .infinity, -.infinity]
    case .float32: [-0.5, 0, 3.25, .nan, .infinity, -.infinity]
    default: usual + [type.range.upperBound, 2, 3, 4, 0, 5]
    }
  }

  /// Twelve values, gathered by hand.
  private static func expected(_ values: [Double]) -> ValueSummary {
    let all = (0..<12).map { values[$0 % values.count] }
    let finite = all.filter { $0.isFinite }
    return ValueSummary(
      count: 12, nonFinite: Int64(all.count - finite.count), zeros: Int64(all.count { $0 == 0 }),
      minimum: finite.min(), maximum: finite.max(), mean: mean(finite))
  }

  /// The greatest first, so that what is great cancels out first.
  private static func mean(_ values: [Double]) -> Double {
    let sorted = values.sorted { abs($0) > abs($1) }
    return sorted.reduce(0, +) / Double(values.count)
  }

  @Test("whole numbers of eight bytes are rounded to the nearest double")
  func wholeNumbers() throws {
    var image = SampleNIfTI(shape: [1], type: .int64)
    image.version = 2
    var bytes = image.bytes
    bytes.replaceSubrange(image.dataOffset..., with: [3, 0, 0, 0, 0, 0, 0x20, 0])
    let values = try SuppliedBytes(bytes).summary().values
    #expect(values.maximum == Double((1 << 53) + 3 as Int64))
    #expect(values.maximum == 0x1p53 + 4)
  }

  @Test("values are scaled: multiplied, rounded, added", arguments: [1, 2])
  func scaling(_ version: Int) throws {
    var image = SampleNIfTI(shape: [4, 1, 1], type: .int16, values: [-3, 0, 10, 11])
    image.version = version
    image.scaling = (0.1, -1)
    let slope = version == 1 ? Double(Float(0.1)) : 0.1
    let values = try SuppliedBytes(image.bytes).summary().values
    #expect(values.minimum == -3 * slope - 1)
    #expect(values.maximum == 11 * slope - 1)
    #expect(values.zeros == (version == 1 ? 0 : 1))
    #expect(values.mean.map { abs($0 - (4.5 * slope - 1)) < 1e-15 } == true)
  }

  @Test("a slope of zero, NaN or infinity means none, and no intercept", arguments: [0, .nan, .infinity])
  func noScaling(_ slope: Double) throws {
    var image = SampleNIfTI(shape: [3], type: .float32, values: [1, 2, 6])
    image.scaling = (slope, 40)
    let values = try SuppliedBytes(image.bytes).summary().values
    #expect(values == ValueSummary(count: 3, nonFinite: 0, zeros: 0, minimum: 1, maximum: 6, mean: 3))
  }

  @Test("a slope of one leaves the intercept")
  func intercept() throws {
    var image = SampleNIfTI(shape: [2], type: .uint8, values: [5, 7])
    image.scaling = (1, -5)
    #expect(
      try SuppliedBytes(image.bytes).summary().values
        == ValueSummary(count: 2, nonFinite: 0, zeros: 1, minimum: 0, maximum: 2, mean: 1))
  }

  @Test(
    "dimensions of one value stay, as nibabel has them",
    arguments: [[2, 3, 2, 1], [4], [2, 2], [1, 1, 1, 1, 1, 1, 6]])
  func shapes(_ shape: [Int]) throws {
    let image = SampleNIfTI(shape: shape, values: [1, 2, 3, 4, 5, 6])
    let summary = try SuppliedBytes(image.bytes).summary()
    #expect(summary.shape == shape)
    #expect(summary.values.count == Int64(shape.reduce(1, *)))
    #expect(summary.voxelSize.count == min(shape.count, 3))
  }

  @Test("extensions between header and data are passed over", arguments: [1, 2])
  func extensions(_ version: Int) throws {
    var image = SampleNIfTI(shape: [2, 1, 1], values: [1, 2])
    image.version = version
    image.extensions = [UInt8](repeating: 0xff, count: 100_000)
    #expect(try SuppliedBytes(image.gzipped).summary().values.maximum == 2)
  }

  @Test("what has no finite value has neither range nor mean")
  func nothingFinite() throws {
    let image = SampleNIfTI(shape: [3], values: [.nan, .infinity, -.infinity])
    let values = try SuppliedBytes(image.bytes).summary().values
    #expect(values == ValueSummary(count: 3, nonFinite: 3, zeros: 0, minimum: nil, maximum: nil, mean: nil))
    #expect(values.isConstant)
  }

  @Test("the summary is the same however the bytes come", arguments: [1, 7, 4096])
  func pieces(_ piece: Int) throws {
    var image = SampleNIfTI(shape: [40, 41, 11], type: .int16, values: [1, 2, 3, -7, 0])
    image.extensions = [1, 2, 3]
    let whole = try SuppliedBytes(image.bytes).summary()
    #expect(whole.values.count == 18_040)
    #expect(try SuppliedBytes(image.bytes, piece: piece).summary() == whole)
    #expect(try SuppliedBytes(image.gzipped, piece: piece).summary().values == whole.values)
  }

  @Test("a volume has the values of the first time point, the first index fastest")
  func volume() throws {
    var image = SampleNIfTI(shape: [2, 2, 1, 2], type: .int16, values: [1, 2, 3, 4, 50, 60, 70, 80])
    image.scaling = (0.5, 1)
    image.rows = [[-2, 0, 0, 90], [0, 2, 0, -126], [0, 0, 2, -72]]
    let volume = try ImageReader.volume(supply: SuppliedBytes(image.gzipped).supply)
    #expect(volume.size == VolumeSize(x: 2, y: 2, z: 1))
    #expect(volume.values == [1.5, 2, 2.5, 3])
    #expect(volume.toWorld?(1, 1, 0) ?? (0, 0, 0) == (88, -124, -72))
  }

  @Test("a volume that is too large for memory is refused")
  func largeVolume() {
    var limits = ImageLimits()
    limits.heldValues = 7
    let image = SuppliedBytes(SampleNIfTI(shape: [2, 2, 2]).bytes)
    #expect(throws: ImageFailure.tooLarge(limit: 28)) { try ImageReader.volume(limits: limits, supply: image.supply) }
  }

  @Test("the histogram of a volume counts scaled values")
  func histogram() throws {
    var image = SampleNIfTI(shape: [6], type: .uint8, values: [0, 1, 2, 3, 4, 4])
    image.scaling = (0.5, 1)
    let file = SuppliedBytes(image.gzipped)
    let histogram = try ImageReader.histogram(bins: 4, of: file.summary(), supply: file.supply)
    #expect(histogram == Histogram(range: 1...3, counts: [1, 1, 1, 3]))
  }
}
