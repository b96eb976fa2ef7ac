package import Dataset

/// A file of a map or of an atlas.
package struct ReportedFile: Sendable {
  /// Below the data directory.
  package var path: DatasetPath
  /// Where it is known.
  package var size: ReportedSize?
  /// What its bytes are known by; nil for a file that nobody has seen yet.
  package var checksums: Checksums?
  /// Where it comes from, in words.
  package var origin: String
  /// Where it can be had; shown as a text if it is no address of the web.
  package var address: String?

  /// A file, and where it comes from.
  package init(
    path: DatasetPath, size: ReportedSize? = nil, checksums: Checksums?, origin: String, address: String? = nil
  ) {
    self.path = path
    self.size = size
    self.checksums = checksums
    self.origin = origin
    self.address = address
  }
}
