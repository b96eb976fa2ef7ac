/// What the attributes of a `DataArray` say of the values within.
struct GIfTIArrayHeader: Hashable {
  /// How the values are written.
  enum Encoding: String {
    /// Decimal numbers.
    case text = "ASCII"
    /// Bytes in base64.
    case base64 = "Base64Binary"
    /// Bytes compressed by zlib, despite the name, in base64.
    case packed = "GZipBase64Binary"
  }

  /// What it is for: `NIFTI_INTENT_SHAPE`.
  let intent: String
  /// How a value is stored.
  let dataType: ImageDataType
  /// How many values there are along each dimension.
  let shape: [Int]
  /// How many values there are.
  let count: Int
  /// Whether the first dimension runs fastest, not the last.
  let isColumnMajor: Bool
  /// How the values are written.
  let encoding: Encoding
  /// In which order their bytes are; nil for text.
  let byteOrder: ByteOrder?

  /// Reads the attributes.
  init(_ attributes: [String: String], limits: ImageLimits) throws(ImageFailure) {
    intent = String((attributes["Intent"] ?? "NIFTI_INTENT_NONE").prefix(64))
    dataType = try Self.dataType(attributes["DataType"])
    shape = try Self.shape(attributes)
    count = try Self.count(shape, size: dataType.size, limit: limits.bytes)
    encoding = try Self.encoding(attributes["Encoding"])
    byteOrder = encoding == .text ? nil : try Self.byteOrder(attributes["Endian"])
    isColumnMajor = try Self.isColumnMajor(attributes["ArrayIndexingOrder"])
  }

  /// Whether the values are indices of vertices, not measured.
  var isTriangles: Bool { intent == "NIFTI_INTENT_TRIANGLE" }

  /// Whether the values are the places of vertices.
  var isPoints: Bool { intent == "NIFTI_INTENT_POINTSET" }

  private static func dataType(_ text: String?) throws(ImageFailure) -> ImageDataType {
    guard let text else { throw .broken("a data array does not say of which type it is") }
    let name = text.hasPrefix("NIFTI_TYPE_") ? text.dropFirst(11).lowercased() : ""
    guard let type = ImageDataType(rawValue: name) else { throw .unsupported("data of type `\(text.prefix(40))`") }
    return type
  }

  private static func shape(_ attributes: [String: String]) throws(ImageFailure) -> [Int] {
    guard let dimensions = number(attributes["Dimensionality"]), (1...6).contains(dimensions) else {
      throw .broken("a data array does not have 1 to 6 dimensions")
    }
    var shape: [Int] = []
    for index in 0..<dimensions {
      guard let size = number(attributes["Dim\(index)"]), size > 0 else {
        throw .broken("a data array has no size for dimension \(index)")
      }
      shape.append(size)
    }
    return shape
  }

  /// Nothing is allocated by what is claimed; but what is claimed has to come, and there is a limit to that.
  private static func count(_ shape: [Int], size: Int, limit: Int64) throws(ImageFailure) -> Int {
    var count = 1
    for length in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard !overflows, product <= limit / Int64(size) else { throw .tooLarge(limit: limit) }
      count = product
    }
    return count
  }

  private static func encoding(_ text: String?) throws(ImageFailure) -> Encoding {
    guard let text else { throw .broken("a data array does not say how it is encoded") }
    guard text != "ExternalFileBinary" else { throw .unsupported("data in an external file") }
    guard let encoding = Encoding(rawValue: text) else { throw .unsupported("the encoding `\(text.prefix(40))`") }
    return encoding
  }

  /// Who does not say is taken for little-endian, as almost all machines are.
  private static func byteOrder(_ text: String?) throws(ImageFailure) -> ByteOrder {
    switch text {
    case nil, "LittleEndian": .little
    case "BigEndian": .big
    case let text?: throw .broken("a data array has the byte order `\(text.prefix(40))`")
    }
  }

  private static func isColumnMajor(_ text: String?) throws(ImageFailure) -> Bool {
    switch text {
    case nil, "RowMajorOrder": false
    case "ColumnMajorOrder": true
    case let text?: throw .broken("a data array has the indexing order `\(text.prefix(40))`")
    }
  }

  /// A whole number, with white space around it perhaps.
  static func number(_ text: String?) -> Int? {
    text.flatMap { Int($0.trimmingWhiteSpace) }
  }
}

extension String {
  /// Without white space at both ends.
  var trimmingWhiteSpace: String {
    func isBlank(_ character: Character) -> Bool { character.isWhitespace }
    let start = drop(while: isBlank)
    return String(start.prefix(start.count - start.reversed().prefix(while: isBlank).count))
  }
}
