package import Catalog
package import Sync

/// What to bring into a data directory without a project's lock.
package struct FetchRequest: Sendable {
  /// Which maps; nil for none.
  package var maps: MapQuery?
  /// Names of atlases, or patterns of them.
  package var atlases: [Glob]
  /// What may be done where there is a choice.
  package var policy = SyncPolicy()

  /// These maps and atlases, as they are if they are there.
  package init(maps: MapQuery? = nil, atlases: [Glob] = []) {
    self.maps = maps
    self.atlases = atlases
    // The files of an atlas that the toolbox has unpacked are found, as by the toolbox itself.
    policy.acceptsUnverified = true
  }
}
