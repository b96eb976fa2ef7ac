/// A data array of a GIfTI file for tests.
package struct SampleDataArray {
  /// What it is for, without `NIFTI_INTENT_`.
  package var intent = "SHAPE"
  /// How a value is stored, without `NIFTI_TYPE_`.
  package var type = "FLOAT32"
  /// Its dimensions, as it claims.
  package var shape: [Int]
  /// How the values are written.
  package var encoding = "GZipBase64Binary"
  /// The byte order that it claims.
  package var endian = "LittleEndian"
  /// Whether the bytes are in big-endian order.
  package var isBig = false
  /// The indexing order that it claims.
  package var order = "RowMajorOrder"
  /// Metadata of its own.
  package var metadata: [(String, String)] = []
  /// Attributes to replace, or, with nil, to leave out.
  package var attributes: [String: String?] = [:]
  /// The text of its data, if that is not made of the values.
  package var data: String?
  /// Values in the order of the file.
  package var values: [Double]

  /// One dimension of values, compressed.
  ///
  /// - Parameter values: all of them.
  package init(_ values: [Double]) {
    self.values = values
    shape = [values.count]
  }

  /// Puts the values into that byte order, and claims it.
  ///
  /// - Parameter isBig: whether the greatest byte comes first.
  package mutating func reorder(isBig: Bool) {
    self.isBig = isBig
    endian = isBig ? "BigEndian" : "LittleEndian"
  }

  /// Its bytes, neither compressed nor encoded.
  package var raw: [UInt8] {
    values.flatMap { value -> [UInt8] in
      switch type {
      case "UINT8": bytes(UInt8(value))
      case "INT8": bytes(Int8(value))
      case "INT16": bytes(Int16(value))
      case "UINT16": bytes(UInt16(value))
      case "INT32": bytes(Int32(value))
      case "UINT32": bytes(UInt32(value))
      case "INT64": bytes(Int64(value))
      case "UINT64": bytes(UInt64(value))
      case "FLOAT64": bytes(value.bitPattern)
      default: bytes(Float(value).bitPattern)
      }
    }
  }

  private func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: isBig ? number.bigEndian : number.littleEndian) { Array($0) }
  }

  /// The element.
  var text: String {
    var all: [(String, String)] = [
      ("Intent", "NIFTI_INTENT_\(intent)"), ("DataType", "NIFTI_TYPE_\(type)"), ("ArrayIndexingOrder", order),
      ("Dimensionality", "\(shape.count)"), ("Encoding", encoding), ("Endian", endian), ("ExternalFileName", ""),
      ("ExternalFileOffset", ""),
    ]
    all += shape.enumerated().map { ("Dim\($0)", "\($1)") }
    let written = all.compactMap { name, value in (attributes[name] ?? value).map { " \(name)=\"\($0)\"" } }
    return "<DataArray\(written.joined())>\n\(SampleGIfTI.metadata(metadata))"
      + "<CoordinateSystemTransformMatrix><DataSpace><![CDATA[NIFTI_XFORM_UNKNOWN]]></DataSpace>"
      + "<MatrixData>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</MatrixData></CoordinateSystemTransformMatrix>\n"
      + "<Data>\(data ?? encoded)</Data>\n</DataArray>\n"
  }

  private var encoded: String {
    switch encoding {
    case "ASCII": values.map { $0 == $0.rounded() && abs($0) < 1e15 ? "\(Int64($0))" : "\($0)" }.joined(separator: "\n")
    case "Base64Binary": Self.base64(raw)
    default: Self.base64(Packed.zlib(raw))
    }
  }

  /// Base64 on one line.
  ///
  /// - Parameter bytes: what it stands for.
  package static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let three = (0..<3).map { start + $0 < bytes.count ? UInt32(bytes[start + $0]) : 0 }
      let bits = three[0] << 16 | three[1] << 8 | three[2]
      let count = min(3, bytes.count - start)
      for index in 0..<4 {
        text.append(index <= count ? letters[Int(bits >> UInt32(18 - 6 * index)) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
