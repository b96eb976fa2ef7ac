package import Project
package import Sync

/// How a sync treats manifest, lock and files.
package struct SyncOptions: Sendable {
  /// What may happen to the lock.
  package enum Mode: Sendable {
    /// Locks first if the lock is missing or stale.
    case update
    /// Fails instead of changing the lock.
    case locked
    /// Takes the lock as it is, without comparing it with the manifest.
    case frozen
  }

  /// What may happen to the lock.
  package var mode = Mode.update
  /// What of the lock is wanted.
  package var selection = LockSelection()
  /// Only make the plan.
  package var isDryRun = false
  /// What may be done where there is a choice.
  package var policy = SyncPolicy()

  /// Lock if needed, overwrite nothing.
  package init() {}
}
