import Images
import SampleImages

extension SampleGIfTI {
  /// What the file is, read piece by piece.
  ///
  /// - Parameter piece: bytes handed over at a time, at most.
  func summary(piece: Int = .max, limits: ImageLimits = ImageLimits()) throws(ImageFailure) -> ImageSummary {
    try ImageReader.summary(limits: limits, supply: supplied(bytes, piece: piece))
  }

  /// Why it cannot be read; nil if it can.
  func refusal(limits: ImageLimits = ImageLimits()) -> ImageFailure? {
    failure(bytes, limits)
  }
}

/// Hands over bytes that are in memory.
func supplied(_ bytes: [UInt8], piece: Int = .max) -> ImageSupply { SuppliedBytes(bytes, piece: piece).supply }
