package import Effects

/// What a user may set for any command, beyond what files and environment say.
package struct Settings: Sendable {
  /// `--project`: the folder of neuromaps.yaml.
  package var project: String?
  /// `--data-dir`.
  package var dataDir: String?
  /// `--cache-dir`.
  package var cacheDir: String?
  /// The OSF token; else `$NEUROMAPS_OSF_TOKEN`.
  package var token: String?
  /// `--offline`: make no request.
  package var isOffline = false
  /// `--jobs`: files worked on at a time.
  package var jobs = 16

  /// `--link-mode`: how files are made of the store's.
  package var linkMode = LinkMode.auto

  /// Nothing set.
  package init() {}
}
