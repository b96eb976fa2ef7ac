import Images
import SampleImages
import Testing

@Suite("GIfTI that is broken, or lies")
struct HostileGIfTITests {
  private static let small = SampleGIfTI(
    [SampleDataArray([1, 2, 3, 4]), SampleDataArray([5, 6])], structure: "CortexLeft")

  private func refusal(_ change: (inout SampleGIfTI) -> Void) -> ImageFailure? {
    var file = Self.small
    change(&file)
    return file.refusal()
  }

  private func refusalOfArray(_ change: (inout SampleDataArray) -> Void) -> ImageFailure? {
    refusal { change(&$0.arrays[0]) }
  }

  // MARK: Parts

  @Test("no part of a file is taken for the whole", arguments: ["ASCII", "Base64Binary", "GZipBase64Binary"])
  func prefixes(_ encoding: String) {
    var file = Self.small
    for index in file.arrays.indices { file.arrays[index].encoding = encoding }
    let bytes = file.bytes
    #expect(failure(bytes) == nil)
    // The last byte is a line's end that nobody misses.
    for count in 0..<(bytes.count - 1) {
      let failure = ImagesTests.failure(Array(bytes[..<count]))
      // Half a keyword of the document type is a wrong one.
      let isToldAsOther = failure == .notAnImage && count < file.head.utf8.count
      #expect(failure == .truncated(expected: nil) || isToldAsOther, "the first \(count) bytes")
    }
  }

  @Test("flipped bytes end in an error or in a summary", arguments: 1...4)
  func flips(_ seed: Int) {
    var state = UInt64(seed)
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<200 {
      var bytes = Self.small.bytes
      for _ in 0...next(3) { bytes[next(bytes.count)] = UInt8(next(256)) }
      do throws(ImageFailure) {
        let summary = try ImageReader.summary(supply: supplied(bytes))
        #expect(summary.values.count <= 100)
      } catch {
        if case .interrupted = error { Issue.record("nobody interrupted it") }
      }
    }
  }

  @Test("base64 or zlib that ends too soon is told", arguments: [1, 2, 3, 4, 8, 20])
  func cutData(_ count: Int) {
    for encoding in ["Base64Binary", "GZipBase64Binary"] {
      let failure = refusalOfArray { array in
        array.encoding = encoding
        let raw = encoding == "Base64Binary" ? array.raw : Packed.zlib(array.raw)
        array.data = String(SampleDataArray.base64(raw).dropLast(count))
      }
      #expect(isBroken(failure), "\(encoding)")
    }
  }

  @Test("a failure to supply bytes is told as such")
  func interrupted() {
    let bytes = Self.small.bytes
    let supply: ImageSupply = { offset, buffer in
      guard offset == 0 else { return nil }
      bytes.prefix(300).withUnsafeBytes { buffer.copyMemory(from: $0) }
      return 300
    }
    #expect(throws: ImageFailure.interrupted) { try ImageReader.summary(supply: supply) }
  }

  // MARK: Contradictions

  @Test(
    "more or fewer values than the dimensions say are told", arguments: ["ASCII", "Base64Binary", "GZipBase64Binary"])
  func counts(_ encoding: String) {
    for count in [1, 3, 5, 100_000] {
      let failure = refusalOfArray { array in
        array.encoding = encoding
        array.shape = [count]
      }
      #expect(isBroken(failure), "\(count)")
    }
  }

  @Test("a number of data arrays other than announced is told", arguments: ["0", "1", "3", "-1"])
  func announced(_ text: String) {
    #expect(isBroken(refusal { file in file.announced = text }))
  }

  @Test("a file without data arrays, or one without data, is broken")
  func missing() {
    #expect(isBroken(refusal { file in file.arrays = [] }))
    let text = SampleGIfTI.map([1]).text
    let start = text.firstRange(of: "<Data>")?.lowerBound ?? text.startIndex
    let end = text.firstRange(of: "</Data>")?.upperBound ?? text.startIndex
    #expect(isBroken(failure(Array(text.replacingCharacters(start..<end, with: "").utf8))))
    #expect(isBroken(failure(Array(text.replacingCharacters(end..<end, with: text[start..<end]).utf8))))
    #expect(isBroken(failure(Array(text.replacingCharacters(start..<end, with: "<Data/>").utf8))))
  }

  @Test(
    "attributes that are missing or wrong are told",
    arguments: [
      ("DataType", nil), ("Dimensionality", nil), ("Dimensionality", "0"), ("Dimensionality", "7"),
      ("Dimensionality", "x"), ("Dimensionality", "2"), ("Dim0", nil), ("Dim0", "-4"), ("Dim0", "0"), ("Dim0", "4.0"),
      ("Encoding", nil), ("Endian", "Undef"), ("ArrayIndexingOrder", "Random"),
    ] as [(String, String?)])
  func attributes(_ name: String, _ value: String?) {
    #expect(isBroken(refusalOfArray { array in array.attributes[name] = .some(value) }))
  }

  @Test(
    "what is not read is told as such",
    arguments: [
      ("DataType", "NIFTI_TYPE_COMPLEX64"), ("DataType", "float"), ("Encoding", "ExternalFileBinary"),
      ("Encoding", "Base85"),
    ])
  func unsupported(_ name: String, _ value: String) {
    let failure = refusalOfArray { $0.attributes[name] = .some(value) }
    guard case .unsupported(let what) = failure else {
      Issue.record("it was not refused so")
      return
    }
    #expect(what.contains(value) || value == "ExternalFileBinary" && what == "data in an external file")
  }

  @Test("a newer version is not read; the older ways to write 1 are")
  func version() {
    #expect(refusal { file in file.version = "2.0" } == .unsupported("GIfTI of version `2.0`"))
    #expect(refusal { file in file.version = "1" } == nil)
    #expect(refusal { file in file.version = nil } == nil)
  }

  @Test("damage of compressed data is told", arguments: 0..<20)
  func damagedZlib(_ index: Int) {
    let failure = refusalOfArray { array in
      var packed = Packed.zlib(array.raw)
      packed[index % packed.count] ^= 0x55
      array.data = SampleDataArray.base64(packed)
    }
    #expect(failure != nil)
    let trailing = refusalOfArray { array in
      array.data = SampleDataArray.base64(Packed.zlib(array.raw) + [0])
    }
    #expect(isBroken(trailing))
  }

  @Test("other XML, other text and nothing are no image")
  func somethingElse() {
    for text in ["<html><body>not found</body></html>", "<x/>", "<<<<", "hello", "", "<GIFTI2/>"] {
      #expect(failure(Array(text.utf8)) == .notAnImage, "\(text)")
    }
  }

  @Test("text that is no UTF-8 is broken; UTF-16 is read")
  func encodings() {
    let text = Self.small.text.replacing("UTF-8", with: "UTF-16")
    #expect(failure([0xff, 0xfe] + text.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }) == nil)
    #expect(isBroken(refusal { file in file.middle = "<LabelTable>\u{1}</LabelTable>" }))
    let middle = Array("<LabelTable>é</LabelTable>".utf8)
    var file = Self.small
    file.middle = String(decoding: middle, as: UTF8.self)
    var wrong = file.bytes
    if let index = wrong.firstIndex(of: 0xc3) { wrong[index + 1] = UInt8(ascii: "x") }
    #expect(failure(file.bytes) == nil)
    #expect(isBroken(failure(wrong)))
  }

  // MARK: Bombs

  @Test("a claim of ten gigabytes in a file of a kilobyte is refused at once, and overflows nothing")
  func claims() {
    let limits = ImageLimits()
    for size in [2_500_000_000, 1 << 40, Int.max] {
      let failure = refusalOfArray { $0.shape = [size] }
      #expect(failure == .tooLarge(limit: limits.bytes), "\(size)")
    }
    #expect(refusalOfArray { $0.shape = [1 << 20, 1 << 20, 1 << 20, 1 << 20] } == .tooLarge(limit: limits.bytes))
    // Within the limits it is believed until the data end.
    #expect(isBroken(refusalOfArray { $0.shape = [1_000_000_000] }))
  }

  @Test("compressed data that hold more than is claimed are given up where that shows")
  func bomb() {
    let bomb = SampleDataArray.base64(Packed.zlib([UInt8](repeating: 0, count: 16 << 20)))
    #expect(
      refusalOfArray { $0.data = bomb }
        == .broken("a data array has more values than the 4 that its dimensions say"))
    var limits = ImageLimits()
    limits.denseBytes = 1 << 20
    var file = SampleGIfTI.map([0])
    file.arrays[0].data = bomb
    file.arrays[0].shape = [4 << 20]
    #expect(file.refusal() == nil)
    guard case .tooLarge = file.refusal(limits: limits) else {
      Issue.record("it is denser than it may be")
      return
    }
  }

  @Test("what is held at once is limited")
  func held() {
    var limits = ImageLimits()
    limits.heldValues = 3
    let file = Self.small
    #expect(throws: ImageFailure.tooLarge(limit: 12)) {
      try ImageReader.surfaceValues(limits: limits, supply: supplied(file.bytes))
    }
    #expect(file.refusal(limits: limits) == nil)
  }

  @Test("entities and attributes that a file declares itself are refused before they grow")
  func laughs() {
    let laughs = (1..<30).map { "<!ENTITY l\($0) \"&l\($0 - 1);&l\($0 - 1);\">" }.joined()
    let heads = [
      "<!DOCTYPE GIFTI [<!ENTITY l0 \"ha\">\(laughs)]>", "<!DOCTYPE GIFTI [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
      "<!DOCTYPE GIFTI [<!ENTITY % p SYSTEM \"http://127.0.0.1/x.dtd\">%p;]>",
      "<!DOCTYPE GIFTI [<!ATTLIST GIFTI Version CDATA \"2.0\">]>",
    ]
    for head in heads {
      let failure = refusal { file in
        file.head = head
        file.middle = "<LabelTable>&l29;</LabelTable>"
      }
      guard case .unsupported(let what) = failure else {
        Issue.record("\(head) gave \(String(describing: failure))")
        continue
      }
      #expect(what.hasSuffix("that it declares itself"))
    }
    #expect(refusal { file in file.middle = "<LabelTable>&who;</LabelTable>" } != nil)
    #expect(refusal { file in file.middle = "<LabelTable>&lt;&#65;</LabelTable>" } == nil)
  }

  @Test("levels, elements, data arrays and the length of a tag are limited")
  func structure() {
    func nested(_ count: Int) -> String {
      String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
    }
    #expect(refusal { file in file.middle = nested(31) } == nil)
    #expect(isBroken(refusal { file in file.middle = nested(32) }))
    #expect(isBroken(refusal { file in file.middle = nested(100_000) }))
    #expect(isBroken(refusal { file in file.middle = String(repeating: "<a/>", count: 1 << 20) }))
    for part in ["<!--", "<a b=\"", "<?x ", "<"] {
      let long = part + String(repeating: "y", count: 3 << 20)
      #expect(isBroken(refusal { file in file.middle = long }), "\(part)")
    }
    let long = "<![CDATA[\(String(repeating: "y", count: 3 << 20))]]>"
    #expect(refusal { file in file.middle = "<LabelTable>\(long)</LabelTable>" } == nil)
    #expect(refusal { file in file.metadata = [("Name", long.replacing("]", with: ""))] } == nil)
  }

  @Test("there are no more data arrays than a scan has time points")
  func arrays() {
    var array = SampleDataArray([1])
    array.encoding = "ASCII"
    let many = SampleGIfTI([SampleDataArray](repeating: array, count: 10_001))
    #expect(many.refusal() == .broken("it has more than 10000 data arrays"))
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<String.Index>, with text: some StringProtocol) -> String {
    String(self[..<range.lowerBound]) + text + String(self[range.upperBound...])
  }
}
