package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// Which filesystem a path is on, or will be, and how much room is there.
extension Disk {
  package func isOneFilesystem(_ a: FilePath, _ b: FilePath) -> Bool {
    guard let first = device(of: a), let second = device(of: b) else { return false }
    return first == second
  }

  /// The filesystem that a path is on, or will be.
  private func device(of path: FilePath) -> UInt64? {
    var value = stat()
    var place = path
    while statFile(place, &value) != 0 {
      guard errno == ENOENT || errno == ENOTDIR, place.removeLastComponent() else { return nil }
    }
    return UInt64(value.st_dev)
  }

  package func room(at path: FilePath) -> Int64? {
    var value = statvfs()
    var place = path
    while statFilesystem(place, &value) != 0 {
      guard errno == ENOENT || errno == ENOTDIR, place.removeLastComponent() else { return nil }
    }
    let (free, overflows) = Int64(value.f_bavail).multipliedReportingOverflow(by: Int64(value.f_frsize))
    return overflows ? nil : free
  }
}

private func statFile(_ path: FilePath, _ value: inout stat) -> Int32 { path.withPlatformString { stat($0, &value) } }

private func statFilesystem(_ path: FilePath, _ value: inout statvfs) -> Int32 {
  path.withPlatformString { statvfs($0, &value) }
}
