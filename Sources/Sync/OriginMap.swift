package import Dataset
package import Effects
package import SystemPackage

/// Turns origins into places: what depends on the machine and its settings, kept out of locks.
package struct OriginMap: Sendable {
  /// Where OSF's files are, unless `$NEUROMAPS_OSF_URL` says otherwise.
  package static let osf = "https://files.osf.io"

  /// Of OSF, or of the server that stands for it; without a slash at the end.
  package let osfURL: String
  private let folder: FilePath
  private let mirrors: [String]
  /// Whether only places on this machine count.
  package let isOffline: Bool

  /// - Parameters:
  ///   - osfURL: of OSF, or of a server that speaks like it.
  ///   - folder: where relative origins start from: the lock's folder.
  ///   - mirrors: trees like a data directory, asked in order before the origin.
  ///   - isOffline: whether only places on this machine count.
  package init(osfURL: String = osf, folder: FilePath, mirrors: [String] = [], isOffline: Bool = false) {
    self.osfURL = Self.withoutSlash(osfURL)
    self.folder = folder
    self.mirrors = mirrors.map(Self.withoutSlash)
    self.isOffline = isOffline
  }

  /// The places to ask for a file, in order; the origin is the last.
  package func sources(of path: DatasetPath, from origin: Origin) -> [DownloadSource] {
    let all =
      mirrors.map { mirror in place("\(mirror)/\(path)").map { DownloadSource($0, mirror: mirror) } }
      + [place(of: origin).map { DownloadSource($0) }]
    return all.compactMap { $0 }.filter { isAllowed($0.place) }
  }

  /// Whether there is any place to ask.
  package func isObtainable(_ path: DatasetPath, from origin: Origin) -> Bool {
    !sources(of: path, from: origin).isEmpty || !isOffline
  }

  private func isAllowed(_ place: DownloadPlace) -> Bool {
    if case .web = place { !isOffline } else { true }
  }

  /// The origin itself; nil if it is no address.
  package func place(of origin: Origin) -> DownloadPlace? {
    switch origin {
    case .osf(let file):
      return place(address(of: file) + (file.version.map { "?version=\($0)" } ?? ""))
    case .url(let text): return place(text)
    case .relative(let path):
      return PercentEncoding.decoded(path).map { .file(folder.pushing(FilePath($0)).lexicallyNormalized()) }
    }
  }

  /// Where OSF has a file, whichever version.
  package func address(of file: OSFFile) -> String {
    "\(osfURL)/v1/resources/\(file.project)/providers/osfstorage/\(file.file)"
  }

  /// Whether a server is the one that stands for OSF.
  package func isOSF(_ server: WebAddress.Server) -> Bool { server == WebAddress(osfURL)?.server }

  /// Whether a server may see the user's OSF token: OSF's own hosts over TLS, or this machine.
  package func mayKnowToken(_ server: WebAddress.Server) -> Bool {
    guard isOSF(server) else { return false }
    return server.isLoopback || server == WebAddress(Self.osf)?.server
  }

  private func place(_ url: String) -> DownloadPlace? {
    guard url.hasPrefix("file:") else { return WebAddress(url).map(DownloadPlace.web) }
    let path = url.dropFirst("file://".count)
    return path.firstIndex(of: "/").flatMap { PercentEncoding.decoded(path[$0...]) }.map { .file(FilePath($0)) }
  }

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}
