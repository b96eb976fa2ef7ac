package import Dataset
package import SystemPackage

/// Turns origins into places: what depends on the machine and its settings, kept out of locks.
package struct OriginMap: Sendable {
  /// Where OSF's files are, unless `$NEUROMAPS_OSF_URL` says otherwise.
  package static let osf = "https://files.osf.io"

  private let osfURL: String
  private let folder: FilePath
  private let mirrors: [String]
  private let isOffline: Bool

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
  package func places(of path: DatasetPath, from origin: Origin) -> [DownloadPlace] {
    (mirrors.map { place("\($0)/\(path)") } + [place(of: origin)]).compactMap { $0 }.filter(isAllowed)
  }

  /// Whether there is any place to ask.
  package func isObtainable(_ path: DatasetPath, from origin: Origin) -> Bool {
    !places(of: path, from: origin).isEmpty || !isOffline
  }

  private func isAllowed(_ place: DownloadPlace) -> Bool {
    if case .web = place { !isOffline } else { true }
  }

  /// The origin itself; nil if it is no address.
  package func place(of origin: Origin) -> DownloadPlace? {
    switch origin {
    case .osf(let file):
      let version = file.version.map { "?version=\($0)" } ?? ""
      return place("\(osfURL)/v1/resources/\(file.project)/providers/osfstorage/\(file.file)\(version)")
    case .url(let text): return place(text)
    case .relative(let path):
      return Self.unescaped(path[...]).map { .file(folder.pushing(FilePath($0)).lexicallyNormalized()) }
    }
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
    return path.firstIndex(of: "/").flatMap { Self.unescaped(path[$0...]) }.map { .file(FilePath($0)) }
  }

  /// The text with `%20` and the like resolved; nil where that is not possible.
  private static func unescaped(_ path: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(path.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      guard digits.utf8.count == 2, digits.first != "+", let value = UInt8(digits, radix: 16), value != 0 else {
        return nil
      }
      rest = rest.dropFirst(2)
      bytes.append(value)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func withoutSlash(_ url: String) -> String {
    url.hasSuffix("/") ? String(url.dropLast()) : url
  }
}
