internal import Dataset

/// What has been read of a GIfTI file: takes what stands in it, in its order.
///
/// https://www.nitrc.org/frs/download.php/2871/GIFTI_Surface_Format.pdf: a root with metadata and any number of data
/// arrays, each with attributes, metadata and values. Labels and coordinate systems are passed over.
final class GIfTIDocument {
  /// What takes the values, in the order of the file, with what is said of them and the number of their data array.
  typealias Sink = (GIfTIArrayHeader, Int, UnsafeBufferPointer<Double>) throws(ImageFailure) -> Void

  /// Data arrays of a file: more than any scan has time points.
  static let arrayLimit = 10_000

  /// The data arrays that are whole.
  private(set) var arrays: [DataArraySummary] = []
  /// The byte order of each.
  private(set) var byteOrders: [ByteOrder?] = []
  /// What the values are like: of all data arrays but triangles.
  private(set) var values = ValueGatherer()
  /// Whether it has turned out to be GIfTI.
  private(set) var hasBegun = false

  private enum Element {
    case root
    case metadata
    case pair
    case name
    case value
    case array
    case data
    case other
  }

  private let limits: ImageLimits
  private let sink: Sink
  private var path: [Element] = []
  private var announced: Int?
  private var header: GIfTIArrayHeader?
  private var data: GIfTIArrayData?
  private var hasData = false
  private var own = ValueGatherer()
  private var key: [UInt8] = []
  private var word: [UInt8] = []
  private var wholeHemisphere: Hemisphere?
  private var arrayHemisphere: Hemisphere?

  /// Bytes of metadata that are looked at; longer ones are none of ours.
  private static let wordLimit = 256

  /// Nothing has been read yet.
  init(limits: ImageLimits, sink: @escaping Sink) {
    self.limits = limits
    self.sink = sink
  }

  /// The half of the cortex it is of: as the whole file says, or else its first data array that does.
  var hemisphere: Hemisphere? { wholeHemisphere ?? arrayHemisphere }

  /// Takes what comes next.
  func take(_ event: XMLReader.Event) throws(ImageFailure) {
    switch event {
    case .start(let name, let attributes): try start(name, attributes)
    case .text(let text): try add(text)
    case .end: try end()
    }
  }

  /// Checks that all has come.
  func finish() throws(ImageFailure) {
    guard !arrays.isEmpty else { throw .broken("it has no data array") }
    guard announced == nil || announced == arrays.count else {
      throw .broken("it has \(arrays.count) data arrays, and announces \(announced ?? 0)")
    }
  }

  // MARK: Elements

  private func start(_ name: String, _ attributes: [String: String]) throws(ImageFailure) {
    let element = element(name)
    switch element {
    case .root: try begin(attributes)
    case .array:
      guard arrays.count < Self.arrayLimit else { throw .broken("it has more than \(Self.arrayLimit) data arrays") }
      header = try GIfTIArrayHeader(attributes, limits: limits)
      hasData = false
      own = ValueGatherer()
    case .data:
      guard let header, !hasData else { throw .broken("a data array has its data twice") }
      data = GIfTIArrayData(header, limits: limits)
      hasData = true
    case .pair:
      key = []
      word = []
    case .metadata, .name, .value: break
    case .other: if path.isEmpty { throw .notAnImage }
    }
    path.append(element)
  }

  /// What an element is, where it stands.
  private func element(_ name: String) -> Element {
    switch (path.last, name) {
    case (nil, "GIFTI"): .root
    case (.root, "DataArray"): .array
    case (.array, "Data"): .data
    case (.root, "MetaData"), (.array, "MetaData"): .metadata
    case (.other, "MetaData"): path.contains(.array) ? .metadata : .other
    case (.metadata, "MD"): .pair
    case (.pair, "Name"): .name
    case (.pair, "Value"): .value
    default: .other
    }
  }

  private func begin(_ attributes: [String: String]) throws(ImageFailure) {
    hasBegun = true
    if let version = attributes["Version"]?.trimmingWhiteSpace, !version.hasPrefix("1") {
      throw .unsupported("GIfTI of version `\(version.prefix(40))`")
    }
    announced = GIfTIArrayHeader.number(attributes["NumberOfDataArrays"])
  }

  private func end() throws(ImageFailure) {
    switch path.popLast() {
    case .data:
      try data?.finish(receive)
      data = nil
    case .array: try endArray()
    case .pair: learn()
    default: break
    }
  }

  private func endArray() throws(ImageFailure) {
    guard let header, hasData else { throw .broken("a data array has no data") }
    arrays.append(
      DataArraySummary(intent: header.intent, shape: header.shape, dataType: header.dataType, values: own.summary))
    byteOrders.append(header.byteOrder)
    self.header = nil
  }

  // MARK: What stands in them

  private func add(_ text: UnsafeRawBufferPointer) throws(ImageFailure) {
    switch path.last {
    case .data: try data?.take(text, receive)
    case .name: key += text.prefix(Self.wordLimit - key.count)
    case .value: word += text.prefix(Self.wordLimit - word.count)
    default: break
    }
  }

  private func receive(_ values: UnsafeBufferPointer<Double>) throws(ImageFailure) {
    guard let header else { return }
    own.add(values)
    if !header.isTriangles { self.values.add(values) }
    try sink(header, arrays.count, values)
  }

  /// Workbench says `CortexLeft`, CIfTI `CORTEX_LEFT`.
  private func learn() {
    guard String(decoding: key, as: UTF8.self).trimmingWhiteSpace == "AnatomicalStructurePrimary" else { return }
    let structure = String(decoding: word, as: UTF8.self).trimmingWhiteSpace.lowercased()
    let hemisphere: Hemisphere? =
      switch structure.filter({ $0 != "_" }) {
      case "cortexleft": .left
      case "cortexright": .right
      default: nil
      }
    if path.contains(.array) {
      arrayHemisphere = arrayHemisphere ?? hemisphere
    } else {
      wholeHemisphere = wholeHemisphere ?? hemisphere
    }
  }
}
