import NIOHTTP1

/// The storage origin: bytes, for whoever holds a signature of the front. It asks for no token and wants none.
struct Storage: Site {
  /// The signatures that open something.
  let signatures: Signatures

  func exchange(for request: HTTPRequestHead) async -> Exchange {
    guard request.method == .GET || request.method == .HEAD else {
      let refusal = Answer.storageError(405, "MethodNotAllowed", headers: ["Allow": "GET, HEAD"])
      return Exchange(.storage, request, answer: refusal)
    }
    let target = Target(request.uri)
    guard let signature = target.value(of: "signature"),
      let pass = signatures.redeem(signature, at: target.path)
    else {
      return Exchange(.storage, request, answer: .storageError(403, "SignatureDoesNotMatch"))
    }
    return Exchange(.storage, request, contentOf: pass.file, pass.version)
  }
}
