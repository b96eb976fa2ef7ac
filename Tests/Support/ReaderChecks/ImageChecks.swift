internal import Diagnostics
internal import Images

/// What must hold of what is read of an image, and of why one is refused.
enum ImageChecks {
  /// Small, so that what unpacks to much is soon at an end; and the same for pieces of any size.
  private static let limits: ImageLimits = {
    var limits = ImageLimits()
    limits.bytes = 16 << 20
    limits.denseBytes = limits.bytes
    limits.heldValues = 1 << 20
    return limits
  }()

  static func read(_ bytes: [UInt8]) -> Reading {
    var violations = Violations()
    do throws(ImageFailure) {
      let image = try ImageReader.summary(limits: limits, supply: supply(bytes, piece: .max))
      violations.require(!image.shape.isEmpty && image.shape.allSatisfy { $0 > 0 }, "a shape of \(image.shape)")
      check(image.values, &violations)
      for array in image.arrays { check(array.values, &violations) }
      check(image, again: bytes, &violations)
      check(histogramOf: image, bytes, &violations)
      check(valuesOf: image, bytes, &violations)
      return Reading(isAccepted: true, violations)
    } catch {
      check(error, again: bytes, &violations)
      return Reading(isAccepted: false, violations)
    }
  }

  private static func supply(_ bytes: [UInt8], piece: Int) -> ImageSupply {
    { offset, buffer in
      let start = min(Int(offset), bytes.count)
      let count = min(piece, buffer.count, bytes.count - start)
      bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
      return count
    }
  }

  private static func check(_ values: ValueSummary, _ violations: inout Violations) {
    let finite = values.count - values.nonFinite
    violations.require(values.count > 0 && finite >= 0 && values.zeros <= finite, "impossible numbers: \(values)")
    guard let low = values.minimum, let high = values.maximum else {
      violations.require(finite == 0 && values.mean == nil, "no range of \(finite) values")
      return
    }
    violations.require(finite > 0 && low <= high, "an impossible range: \(values)")
    violations.require(values.zeros == 0 || low <= 0 && high >= 0, "zeros outside of the range: \(values)")
    // A sum may be rounded.
    let slack = max(abs(low), abs(high)) * 1e-9
    violations.require(values.mean.map { low - slack <= $0 && $0 <= high + slack } ?? true, "an odd mean: \(values)")
  }

  /// In pieces of another size it is the same.
  private static func check(_ image: ImageSummary, again bytes: [UInt8], _ violations: inout Violations) {
    do throws(ImageFailure) {
      let other = try ImageReader.summary(limits: limits, supply: supply(bytes, piece: 97))
      violations.require(other == image, "in pieces it is \(other), else \(image)")
    } catch {
      violations.require(false, "in pieces it is refused: \(error)")
    }
  }

  private static func check(_ failure: ImageFailure, again bytes: [UInt8], _ violations: inout Violations) {
    violations.require(failure != .interrupted, "interrupted by nobody")
    let diagnostic = ImageCheck.findings(failure).map { $0.diagnostic("x") }
    violations.require(diagnostic.map(\.severity) == [.error], "refused without a word")
    do throws(ImageFailure) {
      _ = try ImageReader.summary(limits: limits, supply: supply(bytes, piece: 97))
      violations.require(false, "in pieces it is read, else refused: \(failure)")
    } catch {
      // Where it was given up may differ, and so may the words.
      violations.require(error != .interrupted, "interrupted by nobody")
    }
  }

  private static func check(histogramOf image: ImageSummary, _ bytes: [UInt8], _ violations: inout Violations) {
    do throws(ImageFailure) {
      let histogram = try ImageReader.histogram(
        bins: 7, of: image, limits: limits, supply: supply(bytes, piece: .max))
      let finite = image.values.count - image.values.nonFinite
      violations.require(histogram.counts.reduce(0, +) == finite, "\(histogram) is not of \(finite) values")
    } catch {
      violations.require(false, "the histogram is refused: \(error)")
    }
  }

  private static func check(valuesOf image: ImageSummary, _ bytes: [UInt8], _ violations: inout Violations) {
    let supply = supply(bytes, piece: .max)
    do throws(ImageFailure) {
      if image.format == .gifti {
        let surface = try ImageReader.surfaceValues(limits: limits, supply: supply)
        let rows = image.arrays.compactMap(\.shape.first)
        violations.require(rows.contains(surface.values.count), "\(surface.values.count) values of \(rows)")
      } else {
        let volume = try ImageReader.volume(limits: limits, supply: supply)
        violations.require(volume.size.count == volume.values.count, "\(volume.values.count) of \(volume.size)")
      }
    } catch {
      switch error {
      case .unsupported, .tooLarge: break
      default: violations.require(false, "what has a summary is refused: \(error)")
      }
    }
    // A surface has a mesh or none; either way it ends.
    do throws(ImageFailure) { _ = try ImageReader.mesh(limits: limits, supply: supply) } catch {
      violations.require(error != .interrupted, "interrupted by nobody")
    }
  }
}
