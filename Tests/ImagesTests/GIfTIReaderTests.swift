import Dataset
import Images
import SampleImages
import Testing

@Suite("GIfTI")
struct GIfTIReaderTests {
  private static let types = [
    "UINT8", "INT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64", "FLOAT32", "FLOAT64",
  ]
  private static let encodings = ["ASCII", "Base64Binary", "GZipBase64Binary"]

  private func values(_ file: SampleGIfTI) throws(ImageFailure) -> [Float] {
    try ImageReader.surfaceValues(supply: supplied(file.bytes)).values
  }

  // MARK: Values

  @Test("every type reads the same in every encoding and byte order", arguments: types)
  func everyType(_ type: String) throws {
    let numbers = (0..<1001).map { type.hasPrefix("FLOAT") ? Double($0) / 8 - 20 : Double($0 % 100) }
    for encoding in Self.encodings {
      for isBig in [false, true] {
        var array = SampleDataArray(numbers)
        array.type = type
        array.encoding = encoding
        array.reorder(isBig: isBig)
        let summary = try SampleGIfTI([array]).summary()
        #expect(summary.shape == [1001])
        #expect(summary.dataType.rawValue == type.lowercased())
        #expect(summary.byteOrder == (encoding == "ASCII" ? nil : isBig ? .big : .little))
        #expect(summary.values.minimum == numbers.min())
        #expect(summary.values.maximum == numbers.max())
        #expect(summary.values.mean == numbers.reduce(0, +) / 1001)
        #expect(summary.values.zeros == Int64(numbers.count { $0 == 0 }))
        #expect(try values(SampleGIfTI([array])) == numbers.map { Float($0) }, "\(encoding), big: \(isBig)")
      }
    }
  }

  @Test("the least and the greatest of each whole type are read from text", arguments: types.dropLast(2))
  func ends(_ type: String) throws {
    let bits = Int(type.drop { !$0.isNumber }) ?? 0
    let (low, high) =
      type.hasPrefix("U")
      ? (0, UInt64.max >> UInt64(64 - bits)) : (Int64.min >> Int64(64 - bits), UInt64.max >> UInt64(65 - bits))
    var array = SampleDataArray([0, 0])
    array.type = type
    array.encoding = "ASCII"
    array.data = "\(low) \(high)"
    let summary = try SampleGIfTI([array]).summary()
    #expect(summary.values.minimum == Double(low))
    #expect(summary.values.maximum == Double(high))
    for wrong in ["\(high)0", "-\(high)00", "1.5", "nan", "x"] {
      array.data = "0 \(wrong)"
      #expect(isBroken(SampleGIfTI([array]).refusal()), "\(wrong)")
    }
  }

  @Test("text has numbers as numpy takes them")
  func text() throws {
    var array = SampleDataArray([Double](repeating: 0, count: 9))
    array.encoding = "ASCII"
    array.data = "\n1\t2.5\r\n -3e2 +4 .5 6. <![CDATA[0.1]]> NaN\n-inf "
    let read = try values(SampleGIfTI([array]))
    #expect(read.prefix(7) == [1, 2.5, -300, 4, 0.5, 6, 0.1])
    #expect(read[7].isNaN)
    #expect(read[8] == -.infinity)
    let summary = try SampleGIfTI([array]).summary().values
    #expect(summary.nonFinite == 2)
    #expect(summary.minimum == -300)
    // The value of 32 bits, not that of the text.
    #expect(summary.maximum == 6)
    for wrong in ["0x10", "1,5", "nan(7)", "1_0", "--1", "e", String(repeating: "1", count: 65)] {
      array.data = "1 2 3 4 5 6 7 8 \(wrong)"
      #expect(isBroken(SampleGIfTI([array]).refusal()), "\(wrong)")
    }
  }

  @Test("base64 may have white space anywhere, and ends with its padding", arguments: 0..<7)
  func base64(_ count: Int) throws {
    var array = SampleDataArray((0...count).map { Double($0) })
    array.encoding = "Base64Binary"
    array.type = "UINT8"
    let plain = SampleDataArray.base64(array.raw)
    array.data = "\n\t " + plain.map { "\($0)\r\n" }.joined()
    #expect(try values(SampleGIfTI([array])) == (0...count).map { Float($0) })
    for wrong in ["\(plain)A", "\(plain)=", "=\(plain)", "\(plain.dropLast())", "\(plain.dropLast())-", "\(plain)é"] {
      array.data = wrong
      #expect(isBroken(SampleGIfTI([array]).refusal()), "\(wrong)")
    }
  }

  @Test("in pieces of any size a file is the same", arguments: [1, 7, 100, 4096])
  func pieces(_ piece: Int) throws {
    for encoding in Self.encodings {
      var array = SampleDataArray((0..<500).map { Double($0) / 4 })
      array.encoding = encoding
      let file = SampleGIfTI([array], structure: "CortexLeft")
      #expect(try file.summary(piece: piece) == file.summary())
    }
  }

  @Test("a payload of gzip is taken as one of zlib is")
  func gzip() throws {
    var array = SampleDataArray([1, 2, 3])
    array.data = SampleDataArray.base64(Packed.gzip(array.raw))
    #expect(try values(SampleGIfTI([array])) == [1, 2, 3])
  }

  @Test("a whole file may be compressed, too")
  func packedFile() throws {
    let file = SampleGIfTI.map([1, 2, 3], structure: "CortexRight")
    let packed = Packed.gzip(file.bytes)
    let summary = try ImageReader.summary(supply: supplied(packed))
    #expect(summary.isCompressed)
    #expect(summary.values == (try file.summary().values))
  }

  // MARK: What is said of them

  @Test("a file is of the half that its metadata says, or else that of its data array")
  func halves() throws {
    #expect(try SampleGIfTI.map([1], structure: "CortexLeft").summary().hemisphere == .left)
    #expect(try SampleGIfTI.map([1], structure: " CORTEX_RIGHT\n").summary().hemisphere == .right)
    #expect(try SampleGIfTI.map([1], structure: "Cerebellum").summary().hemisphere == nil)
    #expect(try SampleGIfTI.map([1]).summary().hemisphere == nil)
    var file = SampleGIfTI.map([1])
    file.arrays[0].metadata = [("Name", "CortexLeft"), ("AnatomicalStructurePrimary", "CortexRight")]
    #expect(try file.summary().hemisphere == .right)
    #expect(try ImageReader.surfaceValues(supply: supplied(file.bytes)).hemisphere == .right)
    file.metadata = [("AnatomicalStructurePrimary", "CortexLeft")]
    #expect(try file.summary().hemisphere == .left)
  }

  @Test("several data arrays are told each; the map is the first of them")
  func severalArrays() throws {
    var second = SampleDataArray([4, 5])
    second.intent = "NONE"
    second.type = "INT32"
    second.reorder(isBig: true)
    let file = SampleGIfTI([SampleDataArray([1, 2, 3]), second])
    let summary = try file.summary()
    #expect(summary.arrays.map(\.intent) == ["NIFTI_INTENT_SHAPE", "NIFTI_INTENT_NONE"])
    #expect(summary.arrays.map(\.shape) == [[3], [2]])
    #expect(summary.arrays.map(\.dataType) == [.float32, .int32])
    #expect(summary.arrays.map(\.values.mean) == [2, 4.5])
    #expect(summary.values.count == 5)
    #expect(summary.byteOrder == nil)
    #expect(try values(file) == [1, 2, 3])
    #expect(try ImageReader.histogram(bins: 4, of: summary, supply: supplied(file.bytes)).counts == [1, 1, 1, 2])
  }

  @Test("of several columns the first is the map, in either order", arguments: ["RowMajorOrder", "ColumnMajorOrder"])
  func columns(_ order: String) throws {
    var array = SampleDataArray([1, 2, 3, 4, 5, 6])
    array.shape = [3, 2]
    array.order = order
    #expect(try SampleGIfTI([array]).summary().shape == [3, 2])
    #expect(try values(SampleGIfTI([array])) == (order == "RowMajorOrder" ? [1, 3, 5] : [1, 2, 3]))
  }

  @Test("a surface has points and triangles, in either order", arguments: [false, true])
  func mesh(isColumnMajor: Bool) throws {
    let file = Self.surface(isColumnMajor: isColumnMajor)
    let mesh = try ImageReader.mesh(supply: supplied(file.bytes))
    #expect(mesh.vertices.map { [$0.x, $0.y, $0.z] } == [[0, 1, 2], [3, 4, 5], [6, 7, 8], [-1, -2, -3]])
    #expect(mesh.triangles.map { [$0.a, $0.b, $0.c] } == [[0, 1, 2], [3, 2, 1]])
    let summary = try file.summary()
    #expect(summary.shape == [4, 3])
    #expect(summary.values.maximum == 8)
    #expect(throws: ImageFailure.unsupported("a surface without values")) { try self.values(file) }
    var triangles = file
    triangles.arrays.removeFirst()
    #expect(throws: ImageFailure.unsupported("a surface of nothing but triangles")) { try triangles.summary() }
  }

  private static func surface(isColumnMajor: Bool = false) -> SampleGIfTI {
    var points = SampleDataArray(
      isColumnMajor ? [0, 3, 6, -1, 1, 4, 7, -2, 2, 5, 8, -3] : [0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -2, -3])
    points.intent = "POINTSET"
    points.shape = [4, 3]
    points.order = isColumnMajor ? "ColumnMajorOrder" : "RowMajorOrder"
    var triangles = SampleDataArray(isColumnMajor ? [0, 3, 1, 2, 2, 1] : [0, 1, 2, 3, 2, 1])
    triangles.intent = "TRIANGLE"
    triangles.type = "INT32"
    triangles.shape = [2, 3]
    triangles.order = points.order
    return SampleGIfTI([points, triangles], structure: "CortexLeft")
  }

  @Test("a surface that contradicts itself is none")
  func wrongMesh() {
    func failure(_ change: (inout SampleGIfTI) -> Void) -> ImageFailure? {
      var file = Self.surface()
      change(&file)
      do throws(ImageFailure) {
        _ = try ImageReader.mesh(supply: supplied(file.bytes))
        return nil
      } catch { return error }
    }
    #expect(failure { _ in } == nil)
    #expect(isBroken(failure { $0.arrays[1].values[2] = 4 }))
    #expect(isBroken(failure { $0.arrays[1].values[2] = -1 }))
    #expect(isBroken(failure { $0.arrays[0].values[2] = .nan }))
    #expect(isBroken(failure { $0.arrays[0].shape = [3, 4] }))
    #expect(isBroken(failure { $0.arrays[1].shape = [6] }))
    #expect(failure { $0.arrays.removeLast() } == .unsupported("a surface without triangles"))
    #expect(failure { $0.arrays.removeFirst() } == .unsupported("a surface without points"))
  }
}

/// Whether bytes were refused because they contradict their format.
func isBroken(_ failure: ImageFailure?) -> Bool { if case .broken = failure { true } else { false } }
