/// Reads images of both formats, from bytes that somebody else supplies: in one pass and in bounded memory,
/// whatever the file claims.
package enum ImageReader {
  /// What an image is, from the whole of its file.
  ///
  /// - Parameters:
  ///   - limits: how much is read before the file is given up.
  ///   - supply: the bytes of the file.
  package static func summary(
    limits: ImageLimits = ImageLimits(), supply: @escaping ImageSupply
  ) throws(ImageFailure) -> ImageSummary {
    var bytes = ImageBytes(limits: limits, supply: supply)
    return switch try family(&bytes) {
    case .volume: try NIfTIReader.summary(of: &bytes, limits: limits)
    case .surface: try GIfTIReader.summary(of: &bytes, limits: limits)
    }
  }

  /// How the values of an image are spread, by numpy's rule, from another pass over its file.
  ///
  /// - Parameters:
  ///   - bins: how many, from the least value to the greatest.
  ///   - summary: what the first pass found.
  ///   - limits: how much is read before the file is given up.
  ///   - supply: the bytes of the file.
  package static func histogram(
    bins: Int, of summary: ImageSummary, limits: ImageLimits = ImageLimits(), supply: @escaping ImageSupply
  ) throws(ImageFailure) -> Histogram {
    var bytes = ImageBytes(limits: limits, supply: supply)
    var gatherer = HistogramGatherer(bins: bins, of: summary.values)
    switch try family(&bytes) {
    case .volume: try NIfTIReader.eachValue(of: &bytes, limits: limits) { gatherer.add($0) }
    case .surface: try GIfTIReader.eachValue(of: &bytes, limits: limits) { gatherer.add($0) }
    }
    return gatherer.histogram
  }

  /// All values of a volume, scaled as its header says; of its first time point if it has several.
  ///
  /// - Parameters:
  ///   - limits: how much is read before the file is given up.
  ///   - supply: the bytes of the file.
  package static func volume(
    limits: ImageLimits = ImageLimits(), supply: @escaping ImageSupply
  ) throws(ImageFailure) -> VolumeImage {
    var bytes = ImageBytes(limits: limits, supply: supply)
    guard case .volume = try family(&bytes) else { throw .unsupported("a surface where a volume is wanted") }
    return try NIfTIReader.volume(of: &bytes, limits: limits)
  }

  /// The two families of images.
  enum Family {
    /// NIfTI.
    case volume
    /// GIfTI, or other XML.
    case surface
  }

  /// Which family a file seems to be of, by its first bytes, which remain to be read.
  static func family(_ bytes: inout ImageBytes) throws(ImageFailure) -> Family {
    let first = try bytes.peek(64)
    if NIfTIHeader.size(first) != nil { return .volume }
    // XML may begin with a mark of its encoding, and some writers put white space before it.
    let marks: [[UInt8]] = [[0xef, 0xbb, 0xbf], [0xfe, 0xff], [0xff, 0xfe]]
    if marks.contains(where: { first.starts(with: $0) }) { return .surface }
    let text = first.drop { [0x20, 0x09, 0x0a, 0x0d].contains($0) }
    guard text.first == UInt8(ascii: "<") else { throw .notAnImage }
    return .surface
  }
}
