package import Dataset

/// Compares what an image is with what its name says. Pure; what is no map of a known space is not asked for more than
/// any image must have.
package enum ImageCheck {
  /// Beyond it, or below its inverse, no unit brings a measured value.
  private static let absurd = 1e20

  /// What is wrong with the image of a map's file, the gravest first; nothing if all is well.
  ///
  /// - Parameters:
  ///   - image: what the file holds.
  ///   - file: what its name says.
  package static func findings(_ image: ImageSummary, of file: FileEntities) -> [ImageFinding] {
    let problems = named(image, file) + values(image)
    return problems.map { ImageFinding($0, known: KnownOddity.words(for: $0, of: file)) }
  }

  /// What there is to say of a file that cannot be read.
  ///
  /// - Parameter failure: why it cannot.
  package static func findings(_ failure: ImageFailure) -> [ImageFinding] { [ImageFinding(.unreadable(failure))] }

  /// What is wrong with the two halves of a map together.
  ///
  /// - Parameters:
  ///   - left: the image of the left half.
  ///   - right: that of the right one.
  ///   - areSameBytes: whether the two files have the same digest.
  package static func findings(left: ImageSummary, right: ImageSummary, areSameBytes: Bool) -> [ImageFinding] {
    // Range, zeros and mean to the last bit agree by chance for constants alone.
    let areSameValues = left.values == right.values && !left.values.isConstant
    return areSameBytes || areSameValues ? [ImageFinding(.sameHalves)] : []
  }

  // MARK: The name

  private static func named(_ image: ImageSummary, _ file: FileEntities) -> [ImageFinding.Problem] {
    let format = file.map.sampling.format
    guard image.format.mapFormat == format else { return [.wrongFormat(image.format, named: format)] }
    return switch file.map.sampling {
    case .density(let label): vertices(image, file.map.space, label) + half(image, file) + maps(image)
    case .resolution(let label): voxels(image, label) + box(image, file.map.space) + maps(image)
    }
  }

  private static func vertices(_ image: ImageSummary, _ space: String, _ label: String) -> [ImageFinding.Problem] {
    let count = image.shape.first ?? 0
    guard let expected = SurfaceDensity.vertices(space, label), count != expected else { return [] }
    return [.wrongVertexCount(count, expected: expected, of: SurfaceDensity.all.filter { $0.vertices == count })]
  }

  private static func half(_ image: ImageSummary, _ file: FileEntities) -> [ImageFinding.Problem] {
    guard let named = file.hemi, let hemisphere = image.hemisphere, named != hemisphere else { return [] }
    return [.wrongHemisphere(hemisphere, named: named)]
  }

  private static func voxels(_ image: ImageSummary, _ label: String) -> [ImageFinding.Problem] {
    guard let expected = millimeters(label), !image.voxelSize.allSatisfy({ $0.isNearly(expected) }) else { return [] }
    return [.wrongVoxelSize(image.voxelSize, expected: expected)]
  }

  /// `2mm` and `1.5mm`, `500um`, and `1p5mm` where a dot is not wanted.
  private static func millimeters(_ label: String) -> Double? {
    let number = String(label.dropLast(2).map { $0 == "p" ? "." : $0 })
    guard let value = Double(number), value > 0 else { return nil }
    return label.hasSuffix("um") ? value / 1000 : value
  }

  private static func box(_ image: ImageSummary, _ space: String) -> [ImageFinding.Problem] {
    guard space.hasPrefix("MNI152"), let affine = image.affine, let box = WorldBox(image.shape, affine) else {
      return []
    }
    if !box.meets(.cortex) { return [.besideBrain(box, brain: .cortex)] }
    return box.holds(.cortex) ? [] : [.partOfBrain(box, brain: .cortex)]
  }

  /// A surface's map has one dimension, a volume's three.
  private static func maps(_ image: ImageSummary) -> [ImageFinding.Problem] {
    let own = image.format.mapFormat == .surface ? 1 : 3
    let more = image.shape.dropFirst(own)
    let count = max(1, image.arrays.count) * more.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    if count > 1 { return [.severalMaps(count)] }
    return image.shape.count == own ? [] : [.oddShape(image.shape)]
  }

  // MARK: The values

  private static func values(_ image: ImageSummary) -> [ImageFinding.Problem] {
    let all = image.arrays.isEmpty ? [image.values] : image.arrays.map(\.values)
    let (bad, count) = (all.reduce(0) { $0 + $1.nonFinite }, all.reduce(0) { $0 + $1.count })
    let nonFinite: [ImageFinding.Problem] = bad > 0 ? [.nonFinite(bad, of: count)] : []
    guard let low = image.values.minimum, let high = image.values.maximum else {
      return nonFinite.isEmpty ? [.empty] : nonFinite
    }
    let largest = max(abs(low), abs(high))
    if largest == 0 { return nonFinite + [.empty] }
    if low == high { return nonFinite + [.constant(low)] }
    if largest > absurd || largest < 1 / absurd { return nonFinite + [.absurdValues(largest: largest)] }
    return nonFinite
  }
}

extension ImageFormat {
  /// What a map of this format is drawn on.
  package var mapFormat: MapFormat {
    switch self {
    case .gifti: .surface
    case .nifti1, .nifti2: .volume
    }
  }
}
