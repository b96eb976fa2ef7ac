import Catalog
import Neuromaps
import Project
import Sync
import TestWorld

/// A lab whose manifest has groups: the surface is wanted always, one volume for `figures`, two for `paper`.
extension Lab {
  /// Of the group `paper` alone.
  static let delta = MadeFile("lab/delta/MNI152/2mm", size: 400)

  /// All that the manifest wants, in the order of the lock.
  static let grouped = open + [delta]

  /// The manifest's groups.
  static let bothGroups = """
    groups:
      figures:
        annotations: [lab/beta/MNI152/2mm]
      paper:
        annotations: [lab/beta/MNI152/2mm, lab/delta/MNI152/2mm]
    """

  /// A lab with such a manifest, and a catalog of all maps.
  static func withGroups(_ transport: ScriptedTransport = .osf(Lab.all + [delta])) throws -> Lab {
    let lab = try Lab(transport)
    try lab.write(catalog(all + [delta]), at: "catalog.yaml")
    try lab.write(manifest("- lab/alpha/fsLR/32k", also: bothGroups))
    return lab
  }

  /// What a sync may be asked for.
  static func options(
    _ groups: GroupSelection = .main, only patterns: [String] = [], _ mode: SyncOptions.Mode = .update,
    prunes: Bool = false
  ) -> SyncOptions {
    var options = SyncOptions()
    options.mode = mode
    options.selection = LockSelection(groups: groups, patterns: patterns.compactMap { ItemPattern($0) })
    options.policy.prunes = prunes
    return options
  }

  /// Syncs as asked.
  @discardableResult
  func sync(by options: SyncOptions) async throws -> SyncResult { try await workspace().sync(options) }

  /// How the data directory stands for who asks so.
  func standing(_ options: SyncOptions) async throws -> Standing? { try await workspace().standing(options) }
}
