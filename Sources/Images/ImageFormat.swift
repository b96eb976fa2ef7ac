/// How an image is written down.
package enum ImageFormat: String, Hashable, Sendable {
  /// NIfTI-1, header and data in one file.
  case nifti1 = "NIfTI-1"
  /// NIfTI-2, header and data in one file.
  case nifti2 = "NIfTI-2"
  /// GIfTI, which is XML.
  case gifti = "GIfTI"
}
