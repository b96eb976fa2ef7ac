import Images
import SampleImages
import Testing

@Suite("Volumes that are broken, or lie")
struct WrongNIfTITests {
  private func sample(_ lie: (inout SampleNIfTI.Claims) -> Void = { _ in }, version: Int = 1) -> SampleNIfTI {
    var image = SampleNIfTI(shape: [2, 3, 2], type: .int16, values: [0, 1, -2])
    image.version = version
    lie(&image.claims)
    return image
  }

  @Test("nothing, text and other binary files are no images")
  func notAnImage() {
    for bytes: [UInt8] in [[], [1], Array("P6 1 1 255".utf8), [0, 0, 1], Array(repeating: 0, count: 1000)] {
      #expect(failure(bytes) == .notAnImage)
      #expect(failure(Packed.gzip(bytes)) == .notAnImage)
    }
  }

  @Test("the parts of a pair are not read alone", arguments: [(1, "ni1\0"), (2, "ni2\0\r\n\u{1a}\n")])
  func pair(_ version: Int, _ magic: String) {
    let image = sample({ $0.magic = magic }, version: version)
    #expect(failure(image.bytes) == .unsupported("a NIfTI header whose data lie in another file"))
  }

  @Test("the magic is looked at", arguments: [(1, "n+3\0"), (1, "\0\0\0\0"), (2, "n+2\0\n\u{1a}\n\n")])
  func magic(_ version: Int, _ magic: String) {
    let image = sample({ $0.magic = magic }, version: version)
    #expect(failure(image.bytes) == .broken("its magic is not that of NIfTI"))
  }

  @Test("a header of half a byte order is found out")
  func wrongByteOrder() {
    // Its own size is little-endian, all else is big-endian.
    var image = sample { $0.headerSize = Int32(348).byteSwapped }
    image.isBigEndian = true
    #expect(failure(image.bytes) == .broken("it claims to have 768 dimensions"))
  }

  @Test("bits that do not fit the type", arguments: [1, 2])
  func bits(_ version: Int) {
    let image = sample({ $0.bits = 8 }, version: version)
    #expect(failure(image.bytes) == .broken("its values are int16, but have 8 bits each"))
  }

  @Test(
    "types that are not read",
    arguments: [(32, "complex64"), (128, "rgb24"), (1536, "float128"), (1792, "complex128"), (2304, "rgba32")])
  func unsupportedTypes(_ code: Int16, _ name: String) {
    #expect(failure(sample { $0.code = code }.bytes) == .unsupported("data of type \(name)"))
  }

  @Test("a type that is none", arguments: [0, 3, -1, 255] as [Int16])
  func unknownTypes(_ code: Int16) {
    #expect(failure(sample { $0.code = code }.bytes) == .broken("its data type \(code) is none of NIfTI's"))
  }

  @Test("no dimensions, and more than there are", arguments: [0, -1, 8] as [Int64])
  func dimensionCount(_ count: Int64) {
    for version in [1, 2] {
      let image = sample({ $0.dimensions = [count, 2, 3, 2, 1, 1, 1, 1] }, version: version)
      #expect(failure(image.bytes) == .broken("it claims to have \(count) dimensions"))
    }
  }

  @Test("dimensions of no values, or fewer", arguments: [0, -1, -32768] as [Int64])
  func emptyDimension(_ size: Int64) {
    for version in [1, 2] {
      let image = sample({ $0.dimensions = [3, 2, size, 2, 1, 1, 1, 1] }, version: version)
      #expect(failure(image.bytes) == .broken("its dimension 2 is \(size)"))
    }
  }

  @Test("what is claimed beyond the limit fails at once")
  func hugeClaims() {
    let limit = ImageLimits().bytes
    let claims: [(Int, [Int64])] = [
      (1, [3, 2000, 2000, 1250, 1, 1, 1, 1]), (1, [7] + Array(repeating: 32767, count: 7)),
      (2, [2, .max, .max, 1, 1, 1, 1, 1]), (2, [1, .max, 1, 1, 1, 1, 1, 1]), (2, [1, 1 << 31, 1, 1, 1, 1, 1, 1]),
    ]
    for (version, dimensions) in claims {
      let file = SuppliedBytes(sample({ $0.dimensions = dimensions }, version: version).bytes)
      #expect(throws: ImageFailure.tooLarge(limit: limit)) { try file.summary() }
      #expect(throws: ImageFailure.tooLarge(limit: limit)) { try ImageReader.volume(supply: file.supply) }
    }
  }

  @Test("what is claimed within the limit fails at the end of the bytes")
  func largeClaims() {
    let image = sample({ $0.dimensions = [1, 2_000_000_000, 1, 1, 1, 1, 1, 1] }, version: 2)
    #expect(failure(image.bytes) == .truncated(expected: 4_000_000_544))
    #expect(failure(image.gzipped) == .truncated(expected: 4_000_000_544))
  }

  @Test("data that begin within the header, or nowhere", arguments: [0, 348, 351, -1, -Double.infinity])
  func lowOffset(_ offset: Double) {
    #expect(failure(sample { $0.dataOffset = offset }.bytes) == .broken("its data begin within its header"))
  }

  @Test("data that begin far away")
  func highOffset() {
    let limit = ImageLimits().bytes
    #expect(failure(sample { $0.dataOffset = .nan }.bytes) == .broken("where its data begin is not a number"))
    for offset in [Double.infinity, 1e12, Double(limit)] {
      #expect(failure(sample { $0.dataOffset = offset }.bytes) == .tooLarge(limit: limit))
    }
    #expect(failure(sample { $0.dataOffset = 0x1p20 }.bytes) == .truncated(expected: (1 << 20) + 24))
    #expect(failure(sample({ $0.dataOffset = 0x1p62 }, version: 2).bytes) == .tooLarge(limit: limit))
  }

  @Test("a slope without an intercept that is a number")
  func intercept() {
    var image = sample()
    image.scaling = (2, .nan)
    #expect(failure(image.bytes) == .broken("what is to be added to its values is not a number"))
  }

  @Test("every beginning of a file is told to be one")
  func prefixes() {
    for version in [1, 2] {
      let image = sample(version: version)
      let end = Int64(image.bytes.count)
      for count in 0..<image.bytes.count {
        let expected: ImageFailure =
          switch count {
          case ..<4: .notAnImage
          case ..<(image.dataOffset - 4): .truncated(expected: Int64(image.dataOffset - 4))
          default: .truncated(expected: end)
          }
        #expect(failure(Array(image.bytes.prefix(count))) == expected, "\(count) bytes")
      }
    }
  }

  @Test("every byte of a header may change: there is a value or a failure")
  func changedBytes() {
    for version in [1, 2] {
      let bytes = sample(version: version).bytes
      for index in 0..<bytes.count {
        for change in [0x01, 0x80, 0xff] as [UInt8] {
          var changed = bytes
          changed[index] ^= change
          let file = SuppliedBytes(changed)
          do throws(ImageFailure) {
            let summary = try file.summary()
            #expect(summary.values.count > 0)
          } catch {
            #expect(error != .interrupted)
          }
        }
      }
    }
  }

  @Test("a supply that fails is not the fault of the image", arguments: [0, 100, 348, 360])
  func interrupted(_ place: Int) {
    let file = SuppliedBytes(sample().bytes, piece: 20, failsAt: place)
    #expect(throws: ImageFailure.interrupted) { try file.summary() }
    let packed = SuppliedBytes(Packed.gzipStored(sample().bytes), piece: 20, failsAt: place)
    #expect(throws: ImageFailure.interrupted) { try packed.summary() }
  }

  @Test("a little may follow the data, much may not")
  func trailing() {
    var limits = ImageLimits()
    limits.trailingBytes = 10
    let bytes = sample().bytes
    #expect(failure(bytes + Array(repeating: 1, count: 10), limits) == nil)
    #expect(
      failure(bytes + Array(repeating: 1, count: 11), limits) == .broken("far more follows its data than belongs there")
    )
  }
}
