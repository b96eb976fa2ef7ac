/// A reader of bytes that come from outside, with what must hold of its answer, whatever the bytes are.
///
/// What else takes such bytes gets a case here, with its checks in a file of their own, and folder and dictionary
/// of that name in Tests/FuzzTests; everything that fuzzes goes through the cases.
package enum CheckedReader: String, CaseIterable, Sendable, CustomStringConvertible {
  /// Of neuromaps.yaml; what is read is edited, too.
  case manifest
  /// Of neuromaps.lock.
  case lock
  /// Of a catalog file.
  case catalog
  /// Of what OSF says of the versions of a file.
  case osf
  /// Of images, begun from volumes.
  case nifti
  /// Of images, begun from surfaces.
  case gifti

  /// Reads the bytes and looks at what comes of it.
  package func read(_ bytes: [UInt8]) -> Reading {
    switch self {
    case .manifest: ManifestChecks.read(bytes)
    case .lock: LockChecks.read(bytes)
    case .catalog: CatalogChecks.read(bytes)
    case .osf: VersionChecks.read(bytes)
    case .nifti, .gifti: ImageChecks.read(bytes)
    }
  }

  /// Its name, as in the names of folders.
  package var description: String { rawValue }
}
