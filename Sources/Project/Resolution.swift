public import Diagnostics

/// What resolving a manifest gave.
public struct Resolution: Sendable {
  /// The exact files.
  public let lock: Lockfile
  /// What the person should know although it worked.
  public let warnings: [Diagnostic]

  /// A lock with what there is to know about it.
  package init(lock: Lockfile, warnings: [Diagnostic]) {
    self.lock = lock
    self.warnings = warnings
  }
}
