package import Dataset
package import SystemPackage

/// Turns origins into places: what depends on the machine and its settings, kept out of locks.
package struct OriginMap: Sendable {
  /// Where OSF's files are, unless `$NEUROMAPS_OSF_URL` says otherwise.
  package static let osf = "https://files.osf.io"

  private let osfURL: String
  private let folder: FilePath
  private let mirrors: [String]

  /// - Parameters:
  ///   - osfURL: of OSF, or of a server that speaks like it.
  ///   - folder: where relative origins start from: the lock's folder.
  ///   - mirrors: trees like a data directory, asked in order before the origin.
  package init(osfURL: String = osf, folder: FilePath, mirrors: [String] = []) {
    self.osfURL = Self.withoutSlash(osfURL)
    self.folder = folder
    self.mirrors = mirrors.map(Self.withoutSlash)
  }

  /// The places to ask for a file, in order; the origin is the last.
  package func places(of path: DatasetPath, from origin: Origin) -> [DownloadPlace] {
    (mirrors.map { place("\($0)/\(path)") } + [place(of: origin)]).compactMap { $0 }
  }

  /// The origin itself; nil if it is no address.
  package func place(of origin: Origin) -> DownloadPlace? {
    switch origin {
    case .osf(let file):
      let version = file.version.map { "?version=\($0)" } ?? ""
      return place("\(osfURL)/v1/resources/\(file.project)/providers/osfstorage/\(file.file)\(version)")
    case .url(let text): return place(text)
    case .relative(let path): return .file(folder.pushing(FilePath(path)).lexicallyNormalized())
    }
  }

  /// Whether a server may see the user's OSF token: OSF's own hosts over TLS, or this machine.
  package func mayKnowToken(_ server: WebAddress.Server) -> Bool {
    guard server == WebAddress(osfURL)?.server else { return false }
    return server.isLoopback || server == WebAddress(Self.osf)?.server
  }

  private func place(_ url: String) -> DownloadPlace? {
    guard url.hasPrefix("file:") else { return WebAddress(url).map(DownloadPlace.web) }
    let path = url.dropFirst("file://".count)
    return path.firstIndex(of: "/").map { .file(FilePath(String(path[$0...]))) }
  }

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}
