/// Reads GIfTI, the format of surfaces: func, shape, label and surf alike.
///
/// Everything goes by in pieces. What nibabel reads is read, but for data in another file; what it reads with a warning
/// is refused.
enum GIfTIReader {
  /// What a file is, from the whole of it.
  static func summary(of bytes: inout ImageBytes, limits: ImageLimits) throws(ImageFailure) -> ImageSummary {
    let document = try read(&bytes, limits) { (_, _, _) throws(ImageFailure) in }
    let orders = Set(document.byteOrders)
    let (shape, dataType) = (document.arrays[0].shape, document.arrays[0].dataType)
    // Triangles are neither points nor values.
    guard document.values.summary.count > 0 else { throw .unsupported("a surface of nothing but triangles") }
    return ImageSummary(
      format: .gifti, isCompressed: bytes.isCompressed, byteOrder: orders.count == 1 ? document.byteOrders[0] : nil,
      shape: shape, dataType: dataType, units: nil, voxelSize: [], affine: nil, hemisphere: document.hemisphere,
      arrays: document.arrays, values: document.values.summary)
  }

  /// Hands over the values that a summary is of, in their order.
  static func eachValue(
    of bytes: inout ImageBytes, limits: ImageLimits, _ body: @escaping (UnsafeBufferPointer<Double>) -> Void
  ) throws(ImageFailure) {
    _ = try read(&bytes, limits) { (header, _, values) throws(ImageFailure) in
      if !header.isTriangles { body(values) }
    }
  }

  /// The first map of a file.
  static func values(of bytes: inout ImageBytes, limits: ImageLimits) throws(ImageFailure) -> SurfaceValues {
    var map: (header: GIfTIArrayHeader, number: Int)?
    var values: [Float] = []
    let document = try read(&bytes, limits) { (header, number, piece) throws(ImageFailure) in
      guard !header.isTriangles, !header.isPoints, map == nil || map?.number == number else { return }
      if map == nil {
        try GIfTIReader.check(header, limits)
        map = (header, number)
      }
      values += piece.lazy.map { Float($0) }
    }
    guard let header = map?.header else { throw .unsupported("a surface without values") }
    return SurfaceValues(hemisphere: document.hemisphere, values: firstColumn(values, header))
  }

  /// The first set of points, and the first of triangles, of a file.
  static func mesh(of bytes: inout ImageBytes, limits: ImageLimits) throws(ImageFailure) -> SurfaceMesh {
    var (points, triangles) = (Table(), Table())
    _ = try read(&bytes, limits) { (header, number, piece) throws(ImageFailure) in
      if header.isPoints { try points.add(piece, header, number, limits) }
      if header.isTriangles { try triangles.add(piece, header, number, limits) }
    }
    return try SurfaceMesh(points: points.rows(of: "points"), triangles: triangles.rows(of: "triangles"))
  }

  /// Reads a file to its end.
  private static func read(
    _ bytes: inout ImageBytes, _ limits: ImageLimits, _ sink: @escaping GIfTIDocument.Sink
  ) throws(ImageFailure) -> GIfTIDocument {
    let document = GIfTIDocument(limits: limits, sink: sink)
    var reader = XMLReader { (event) throws(ImageFailure) in try document.take(event) }
    do throws(ImageFailure) {
      try reader.read(&bytes)
    } catch {
      if case .broken = error, !document.hasBegun { throw .notAnImage }
      throw error
    }
    try document.finish()
    return document
  }

  /// Whether there is room for the values.
  private static func check(_ header: GIfTIArrayHeader, _ limits: ImageLimits) throws(ImageFailure) {
    guard Int64(header.count) <= limits.heldValues else {
      throw .tooLarge(limit: limits.heldValues * Int64(header.dataType.size))
    }
  }

  /// A data array of several columns has one map each.
  private static func firstColumn(_ values: [Float], _ header: GIfTIArrayHeader) -> [Float] {
    let columns = header.count / header.shape[0]
    guard columns > 1 else { return values }
    if header.isColumnMajor { return Array(values.prefix(header.shape[0])) }
    return stride(from: 0, to: values.count, by: columns).map { values[$0] }
  }

  /// A data array of three columns.
  private struct Table {
    private var header: GIfTIArrayHeader?
    private var number = 0
    private var values: [Double] = []

    mutating func add(
      _ piece: UnsafeBufferPointer<Double>, _ header: GIfTIArrayHeader, _ number: Int, _ limits: ImageLimits
    ) throws(ImageFailure) {
      if self.header == nil {
        try GIfTIReader.check(header, limits)
        self.header = header
        self.number = number
      }
      if number == self.number { values += piece }
    }

    func rows(of what: String) throws(ImageFailure) -> [(Double, Double, Double)] {
      guard let header else { throw .unsupported("a surface without \(what)") }
      guard header.shape.count == 2, header.shape[1] == 3 else {
        throw .broken("its \(what) do not have three numbers each")
      }
      let (row, column) = header.isColumnMajor ? (1, header.shape[0]) : (3, 1)
      return (0..<header.shape[0]).map { index in
        let start = index * row
        return (values[start], values[start + column], values[start + 2 * column])
      }
    }
  }
}

extension ImageReader {
  /// The values of a surface's first map.
  ///
  /// - Parameters:
  ///   - limits: how much is read before the file is given up.
  ///   - supply: the bytes of the file.
  package static func surfaceValues(
    limits: ImageLimits = ImageLimits(), supply: @escaping ImageSupply
  ) throws(ImageFailure) -> SurfaceValues {
    var bytes = try surface(limits, supply)
    return try GIfTIReader.values(of: &bytes, limits: limits)
  }

  /// A surface itself: its points, and the triangles between them.
  ///
  /// - Parameters:
  ///   - limits: how much is read before the file is given up.
  ///   - supply: the bytes of the file.
  package static func mesh(
    limits: ImageLimits = ImageLimits(), supply: @escaping ImageSupply
  ) throws(ImageFailure) -> SurfaceMesh {
    var bytes = try surface(limits, supply)
    return try GIfTIReader.mesh(of: &bytes, limits: limits)
  }

  private static func surface(_ limits: ImageLimits, _ supply: @escaping ImageSupply) throws(ImageFailure) -> ImageBytes
  {
    var bytes = ImageBytes(limits: limits, supply: supply)
    guard case .surface = try family(&bytes) else { throw .unsupported("a volume where a surface is wanted") }
    return bytes
  }
}
