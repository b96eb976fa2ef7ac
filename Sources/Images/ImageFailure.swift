/// Why a file could not be read as an image.
package enum ImageFailure: Error, Hashable, Sendable {
  /// The bytes of the file could not be had; whoever supplies them knows why.
  case interrupted
  /// Neither NIfTI nor GIfTI, compressed with gzip or not.
  case notAnImage
  /// The file ends before its data do; how many bytes it should have, unpacked, where that is known.
  case truncated(expected: Int64?)
  /// The file contradicts its format or itself; a phrase: `its gzip checksum is wrong`.
  case broken(String)
  /// An image that this program does not read; a phrase: `data of type complex64`.
  case unsupported(String)
  /// It claims, or unpacks to, more than this many bytes.
  case tooLarge(limit: Int64)
}
