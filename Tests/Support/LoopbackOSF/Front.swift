import NIOHTTP1

/// The front origin: files.osf.io, and the static folder beside it.
struct Front: Site {
  /// The files.
  let shelf: Shelf

  /// Where signatures come from.
  let signatures: Signatures

  /// The scheme of the front's address.
  let scheme: String

  /// The only token with access to restricted files; nil for none.
  let token: String?

  /// The storage, without a slash at the end.
  let storageURL: String

  /// The static folder; nil for none.
  let folder: StaticFolder?

  func exchange(for request: HTTPRequestHead) async -> Exchange {
    guard request.method == .GET || request.method == .HEAD else {
      return Exchange(.front, request, answer: .frontError(405, "Method Not Allowed", headers: ["Allow": "GET, HEAD"]))
    }
    let target = Target(request.uri)
    guard let parts = target.parts else {
      return Exchange(.front, request, answer: .frontError(400, "Malformed path"))
    }
    if parts.first == "static", let folder {
      return await folder.exchange(for: request, parts: Array(parts.dropFirst()))
    }
    if parts.count == 2, parts[0] == "loop", let step = Int(parts[1]), step < Int.max {
      var here = Exchange(.front, request, answer: .redirect(to: ""))
      here.scheme = scheme
      return Exchange(.front, request, answer: .redirect(to: here.loop(step + 1)))
    }
    if parts.count == 6, parts[0] == "v1", parts[1] == "resources", parts[3] == "providers", parts[4] == "osfstorage" {
      return file(parts[5], in: parts[2], request, target)
    }
    return Exchange(.front, request, answer: .frontError(404, "Not Found"))
  }

  private func file(_ id: String, in project: String, _ request: HTTPRequestHead, _ target: Target) -> Exchange {
    guard let file = shelf.file(id, in: project) else {
      return Exchange(.front, request, answer: .frontError(404, "Could not retrieve file or directory /\(id)"))
    }
    if let refusal = refusal(of: file, to: request) {
      return Exchange(.front, request, answer: refusal)
    }
    if target.value(of: "meta") != nil {
      return Exchange(.front, request, .metadata, of: id, answer: .json(Metadata.newest(of: file)))
    }
    if target.value(of: "versions") != nil {
      return Exchange(.front, request, .metadata, of: id, answer: .json(Metadata.versions(of: file)))
    }
    if request.method == .HEAD {
      let headers: HTTPHeaders = ["X-Waterbutler-Metadata": Metadata.newest(of: file).text]
      let answer = Answer(status: 200, headers: headers, body: AnswerBody([]))
      return Exchange(.front, request, .metadata, of: id, answer: answer)
    }
    var version: ServedVersion? = file.newest
    if let number = target.value(of: "version") {
      version = Int(number).flatMap { file.version($0) }
    }
    guard let version else {
      return Exchange(.front, request, answer: .frontError(404, "Could not retrieve file or directory /\(id)"))
    }
    let path = "/\(project)/\(version.sha256)"
    let query = signatures.issue(path: path, file: id, version: version)
    return Exchange(.front, request, .redirect, of: id, answer: .redirect(to: "\(storageURL)\(path)?\(query)"))
  }

  private func refusal(of file: ServedFile, to request: HTTPRequestHead) -> Answer? {
    guard file.isRestricted else { return nil }
    guard let authorization = request.headers.first(name: "authorization") else {
      return .frontError(401, "Unauthorized")
    }
    guard let token, authorization == "Bearer \(token)" else { return .frontError(403, "Forbidden") }
    return nil
  }
}
