import NIOHTTP1
import NIOPosix

/// A folder served below `/static/` of the front: catalogs and mirrors. Links are followed.
struct StaticFolder: Sendable {
  /// The folder's path.
  let root: String

  /// The request for the file at `parts` below the root, with its honest answer.
  func exchange(for request: HTTPRequestHead, parts: [String]) async -> Exchange {
    let missing = Exchange(.front, request, answer: .frontError(404, "Not Found"))
    guard !parts.isEmpty, parts.allSatisfy({ $0 != ".." && $0 != "." && !$0.contains("/") && !$0.contains("\0") })
    else {
      return missing
    }
    let relative = parts.joined(separator: "/")
    let path = "\(root)/\(relative)"
    do {
      let shape = try await NIOThreadPool.singleton.runIfActive { try DiskFile(path).shape() }
      guard let shape else { return missing }
      let version = ServedVersion(content: .path(path), md5: shape.tag, sha256: "", size: shape.size)
      return Exchange(.front, request, contentOf: "/static/\(relative)", version)
    } catch {
      return missing
    }
  }
}
