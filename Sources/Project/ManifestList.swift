/// The two lists of a set, main or group, by their keys.
package enum ManifestList: String, CaseIterable, Hashable, Sendable {
  /// Of maps.
  case annotations
  /// Of templates.
  case atlases
}
