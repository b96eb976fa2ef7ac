import Images

/// Bytes that a reader is fed with, and how many of them it has taken.
final class SuppliedBytes {
  /// The byte after the last that was handed over.
  private(set) var taken = 0
  private let bytes: [UInt8]
  private let piece: Int
  private let failsAt: Int

  /// - Parameters:
  ///   - piece: bytes handed over at a time, at most.
  ///   - failsAt: where the bytes cannot be had any more.
  init(_ bytes: [UInt8], piece: Int = .max, failsAt: Int = .max) {
    self.bytes = bytes
    self.piece = piece
    self.failsAt = failsAt
  }

  /// What a reader asks for bytes.
  var supply: ImageSupply {
    { offset, buffer in
      guard offset < self.failsAt else { return nil }
      let start = min(Int(offset), self.bytes.count)
      let count = min(self.piece, buffer.count, self.bytes.count - start)
      self.bytes.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count]))
      }
      self.taken = start + count
      return count
    }
  }

  /// What the image is.
  func summary(_ limits: ImageLimits = ImageLimits()) throws(ImageFailure) -> ImageSummary {
    try ImageReader.summary(limits: limits, supply: supply)
  }
}

/// Why these bytes are no image; nil if they are one.
func failure(_ bytes: [UInt8], _ limits: ImageLimits = ImageLimits()) -> ImageFailure? {
  do throws(ImageFailure) {
    _ = try SuppliedBytes(bytes).summary(limits)
    return nil
  } catch { return error }
}
