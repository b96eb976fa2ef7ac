package import Diagnostics
package import Project
package import Store
package import Sync

extension Downloader {
  /// Downloads a file of a map; tells how many more bytes have come.
  package func fetch(
    _ file: LockedFile, isRestricted: Bool, progress: @escaping @Sendable (Int64) -> Void
  ) async throws(DownloadFailure) -> StoredObject {
    guard let download = Download(file, isRestricted: isRestricted) else { throw .nowhere }
    do throws(DownloadTrouble) {
      return try await fetch(download) { if case .received(_, let count) = $0 { progress(count) } }
    } catch {
      throw error.failure
    }
  }
}

extension DownloadFailure {
  /// What a person is told of a file of a map.
  package func diagnostic(for file: LockedFile) -> Diagnostic? {
    Download(file, isRestricted: false).map(diagnostic)
  }
}

extension SyncPlan {
  /// A plan in which nothing is restricted.
  package init(_ found: [Found], repairing: Bool, isObtainable: (LockedFile) -> Bool) {
    var policy = SyncPolicy()
    policy.repairs = repairing
    self.init(found, policy, isRestricted: { _ in false }, isObtainable: isObtainable)
  }
}
