public import Dataset
public import Diagnostics

/// What resolving a manifest gave.
public struct Resolution: Sendable {
  /// The exact files.
  public let lock: Lockfile
  /// Who asks for each map and atlas, in the order of the manifest.
  public let demands: [DatasetItem: [ManifestDemand]]
  /// What the person should know although it worked.
  public let warnings: [Diagnostic]

  /// A lock with what there is to know about it.
  package init(lock: Lockfile, demands: [DatasetItem: [ManifestDemand]], warnings: [Diagnostic]) {
    self.lock = lock
    self.demands = demands
    self.warnings = warnings
  }
}
