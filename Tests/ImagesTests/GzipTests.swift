import SampleImages
import Testing

@testable import Images

@Suite("Images in gzip that is broken, or lies")
struct GzipTests {
  private let image = SampleNIfTI(shape: [5, 4, 3], type: .int16, values: [0, 1, -2, 300, 17])

  @Test("every beginning of a compressed file is told to be one")
  func prefixes() {
    for packed in [image.gzipped, Packed.gzipStored(image.bytes)] {
      for count in 2..<packed.count {
        guard case .truncated = failure(Array(packed.prefix(count))) else {
          Issue.record("\(count) bytes: \(String(describing: failure(Array(packed.prefix(count)))))")
          continue
        }
      }
      #expect(failure(packed) == nil)
    }
  }

  @Test("the checksum and the length at the end are looked at")
  func checksum() {
    for packed in [image.gzipped, Packed.gzipStored(image.bytes)] {
      var wrong = packed
      wrong[packed.count - 8] ^= 1
      #expect(failure(wrong) == .broken("the checksum of its compressed data is wrong"))
      wrong = packed
      wrong[packed.count - 1] ^= 1
      #expect(failure(wrong) == .broken("the length of its compressed data is wrong"))
    }
  }

  @Test("a value that was changed is found out by the checksum")
  func changedValue() {
    var packed = Packed.gzipStored(image.bytes)
    packed[packed.count - 10] ^= 1
    #expect(failure(packed) == .broken("the checksum of its compressed data is wrong"))
  }

  @Test("every byte may change: there is a value or a failure")
  func changedBytes() {
    let packed = image.gzipped
    var failures = 0
    for index in packed.indices {
      var changed = packed
      changed[index] ^= 0x55
      if failure(changed) != nil { failures += 1 }
    }
    // Only time, flags and system in gzip's own header may be anything.
    #expect(failures >= packed.count - 8)
  }

  @Test("a header of gzip that is wrong")
  func header() {
    var packed = image.gzipped
    packed[2] = 7
    #expect(failure(packed) == .broken("the header of its compressed data is wrong"))
  }

  @Test("members in a row are one file, and zeros may follow", arguments: [1, 13, .max])
  func members(_ piece: Int) throws {
    let (bytes, half) = (image.bytes, image.bytes.count / 2)
    let packed = Packed.gzip(Array(bytes[..<half])) + Packed.gzip([]) + Packed.gzip(Array(bytes[half...]))
    let whole = try SuppliedBytes(bytes).summary().values
    #expect(try SuppliedBytes(packed, piece: piece).summary().values == whole)
    #expect(try SuppliedBytes(packed + Array(repeating: 0, count: 700), piece: piece).summary().values == whole)
    #expect(try SuppliedBytes(packed + Packed.gzip([]), piece: piece).summary().values == whole)
  }

  @Test("nothing else may follow", arguments: [[1], [0, 0, 9, 9], Array("<html>".utf8)] as [[UInt8]])
  func garbage(_ bytes: [UInt8]) {
    #expect(failure(image.gzipped + bytes) == .broken("something that is not gzip follows its compressed data"))
  }

  @Test("another member that is cut short is told")
  func cutMember() {
    #expect(failure(image.gzipped + Packed.gzip([1, 2, 3]).dropLast(5)) == .truncated(expected: nil))
  }

  @Test("a bomb behind a small image is given up early")
  func bombBehind() {
    let head = SampleNIfTI(shape: [2, 2, 2], type: .uint8).bytes
    let bomb = SuppliedBytes(Packed.gzipBomb(head, zeros: 1 << 26), piece: 4096)
    #expect(throws: ImageFailure.broken("far more follows its data than belongs there")) { try bomb.summary() }
    #expect(bomb.taken < 16 << 10)
  }

  @Test("a bomb that its header tells of is given up where no image is so dense")
  func honestBomb() {
    var image = SampleNIfTI(shape: [1], type: .uint8)
    image.version = 2
    image.claims.dimensions = [1, 1 << 26, 1, 1, 1, 1, 1, 1]
    let bomb = SuppliedBytes(Packed.gzipBomb(Array(image.bytes.dropLast()), zeros: 1 << 26), piece: 4096)
    var limits = ImageLimits()
    limits.denseBytes = 1 << 20
    #expect(throws: ImageFailure.tooLarge(limit: 1 << 20)) { try bomb.summary(limits) }
    #expect(bomb.taken < 32 << 10)
  }

  @Test("a claim of 10 GB in 1 KB fails before anything is unpacked")
  func claim() {
    var image = SampleNIfTI(shape: [1], type: .float64)
    image.claims.dimensions = [3, 2048, 2048, 320, 1, 1, 1, 1]
    let packed = image.gzipped
    #expect(packed.count < 1 << 10)
    let file = SuppliedBytes(packed)
    #expect(throws: ImageFailure.tooLarge(limit: ImageLimits().bytes)) { try file.summary() }
  }

  @Test("all but zeros is dense enough")
  func dense() throws {
    let image = SampleNIfTI(shape: [1000, 1000], type: .uint8)
    var limits = ImageLimits()
    limits.ratio = 1
    limits.denseBytes = 1_000_352
    let values = try SuppliedBytes(Packed.gzipBomb(Array(image.bytes.prefix(352)), zeros: 1_000_000)).summary(limits)
      .values
    #expect(values == ValueSummary(count: 1_000_000, nonFinite: 0, zeros: 1_000_000, minimum: 0, maximum: 0, mean: 0))
    #expect(values.isConstant)
  }
}
