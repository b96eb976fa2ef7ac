package import Effects
package import SystemPackage

/// Somewhere a file can be had from.
package enum DownloadPlace: Hashable, Sendable {
  /// A server.
  case web(WebAddress)
  /// A file of this machine.
  case file(FilePath)
}

extension DownloadPlace: CustomStringConvertible {
  /// As in a message: an address without its query, or a path.
  package var description: String {
    switch self {
    case .web(let address): address.description
    case .file(let path): path.string
    }
  }
}
