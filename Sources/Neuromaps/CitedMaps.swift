package import Catalog

/// Which maps a bibliography is asked for.
package enum CitedMaps: Sendable {
  /// The locked ones; without a project those in the data directory.
  case ofProject
  /// Every map that has a file in the data directory, by the names of files.
  case inDataFolder
  /// The maps of the catalogs that these match, restricted ones too.
  case matching([MapPattern])
}
