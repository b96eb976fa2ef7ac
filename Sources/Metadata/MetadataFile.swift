package import Dataset

/// A file that describes a data directory or one of its maps.
package struct MetadataFile: Hashable, Sendable {
  /// Where it belongs below the data directory.
  package let path: DatasetPath
  /// The map that it describes; nil for one that describes the whole.
  package let map: AnnotationID?
  /// What is in it.
  package let bytes: [UInt8]
  /// Of the bytes: size, MD5 and SHA-256.
  package let checksums: Checksums

  /// A file that describes the whole.
  init(_ path: DatasetPath, _ bytes: [UInt8]) {
    self.init(path, map: nil, bytes)
  }

  /// The file that describes a map.
  init(sidecarOf map: AnnotationID, _ bytes: [UInt8]) {
    self.init(DatasetPath(sidecarOf: map), map: map, bytes)
  }

  private init(_ path: DatasetPath, map: AnnotationID?, _ bytes: [UInt8]) {
    self.path = path
    self.map = map
    self.bytes = bytes
    var hasher = ContentHasher(md5: true)
    bytes.withUnsafeBytes { hasher.update($0) }
    checksums = hasher.finish()
  }
}
