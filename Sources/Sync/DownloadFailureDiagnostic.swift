internal import Dataset
package import Diagnostics
internal import Effects
internal import Store
internal import SystemPackage

extension DownloadFailure {
  /// The failure as a person reads it, for what could not be had.
  package func diagnostic(for download: Download) -> Diagnostic {
    let name = "`\(download.name)`"
    let nothing = "nothing of it was written to the data directory"
    switch self {
    case .transport(let failure, let host): return Self.diagnostic(failure, name, host)
    case .status(let code, let host):
      return Diagnostic(
        .serverRefused, "cannot download \(name)", notes: [nothing], causes: ["\(host) answered \(code)"],
        hints: [
          code == 404 || code == 410
            ? "the origin no longer has it; a mirror may: `mirrors` in the manifest, or NEUROMAPS_MIRRORS"
            : "try again later"
        ])
    case .refusedAfterRedirect(let code, let host):
      return Diagnostic(
        .serverRefused, "cannot download \(name)", notes: [nothing],
        causes: ["\(host), where its origin leads, answered \(code)"], hints: ["try again later"])
    case .wrongRange(let host):
      return Diagnostic(
        .serverRefused, "cannot download \(name)", notes: [nothing],
        causes: ["\(host) was asked for the rest of the file and sent something else"], hints: ["try again later"])
    case .notMetadata:
      return Diagnostic(.serverRefused, "cannot look \(name) up", causes: [summary], hints: ["try again later"])
    case .serverDown(let host):
      return Diagnostic(
        .unreachable, "cannot reach \(host) for \(name)", notes: [nothing],
        causes: [summary],
        hints: ["check the network and run the command again; it goes on where it stopped"])
    case .wrongLength(let expected, let received, let host):
      return Diagnostic(
        .wrongLength, "\(name) came with the wrong length",
        notes: ["expected \(expected) bytes; received \(received), from \(host)", nothing],
        hints: Self.otherBytes(download))
    case .wrongBytes(let expected, let received, let host):
      return Diagnostic(
        .wrongBytes, "the bytes of \(name) are not the locked ones",
        notes: ["expected \(expected); received \(received.described(like: expected)), from \(host)", nothing],
        hints: Self.otherBytes(download))
    case .page(let host):
      return Diagnostic(
        .wrongBytes, "a web page came instead of \(name)", notes: ["from \(host)", nothing],
        hints: [
          "a proxy or a log-in page may be in the way: open the address in a browser, or ask your network's people"
        ])
    case .endless(let limit, let host):
      return Diagnostic(
        .wrongLength, "\(name) is larger than any map", notes: ["stopped after \(limit) bytes from \(host)", nothing])
    case .redirect(let problem, let host): return Self.diagnostic(problem, name, host)
    case .tokenMissing:
      return Diagnostic(
        .tokenNeeded, "`\(download.item)` is restricted, and no token is set", notes: [nothing],
        hints: ["ask the owners for access, then set NEUROMAPS_OSF_TOKEN to your OSF personal access token"])
    case .tokenRefused(let code):
      return Diagnostic(
        .tokenNeeded, "`\(download.item)` is restricted, and OSF refused the token",
        notes: ["OSF answered \(code)", nothing],
        hints: ["check NEUROMAPS_OSF_TOKEN, and that your account has access to the project"])
    case .tokenWithheld(let host):
      return Diagnostic(
        .tokenNeeded, "`\(download.item)` is restricted, and the token is not shown to \(host)",
        notes: ["only OSF's own host sees it, over TLS, or a server on this machine", nothing],
        hints: ["unset NEUROMAPS_OSF_URL"])
    case .tokenMalformed:
      return Diagnostic(
        .tokenNeeded, "`\(download.item)` is restricted, and the token cannot be sent",
        notes: ["it has blanks, line ends or other characters that no token has", nothing],
        hints: ["copy the token anew into NEUROMAPS_OSF_TOKEN"])
    case .nowhere:
      return Diagnostic(.badAddress, "\(name) has an origin that cannot be asked: `\(download.origin)`")
    case .originMissing(let path):
      return Diagnostic(
        .serverRefused, "cannot copy \(name): its origin `\(path)` is not there", notes: [nothing],
        hints: ["a relative origin starts from the folder of neuromaps.lock"])
    case .file(let error): return error.diagnostic
    case .offline:
      return Diagnostic(
        .offline, "\(name) is neither in the data directory nor in the store",
        causes: ["`--offline` turns downloads off"],
        hints: ["run the command without `--offline`, or on a machine with a network first"])
    }
  }

  private static func otherBytes(_ download: Download) -> [String] {
    [
      "run the command again; if it stays so, the origin has another file than the catalog knows",
      "once the catalog has the new checksum, `neuromaps lock --upgrade-map \(download.item)` takes it",
    ]
  }

  /// The failure in a few words, for something that is no locked file.
  package var summary: String {
    switch self {
    case .transport(.unreachable(let reason), let host): "cannot reach \(host): \(reason)"
    case .transport(.timedOut(let reason), let host), .transport(.insecure(let reason), let host),
      .transport(.broken(let reason), let host):
      "\(host): \(reason)"
    case .transport(.proxyFailed(let reason), _): "the proxy: \(reason)"
    case .transport(.misconfigured(let variable, let reason), _): "\(variable): \(reason)"
    case .transport(.cancelled, _): "the command was told to stop"
    case .status(let code, let host), .refusedAfterRedirect(let code, let host): "\(host) answered \(code)"
    case .wrongRange(let host): "\(host) sent another part than was asked for"
    case .notMetadata(let host): "what \(host) answered does not tell of the file"
    case .serverDown(let host):
      "\(host) answers nothing in this run, or wants to be left alone for longer than is waited"
    case .wrongLength(let expected, let received, _): "\(received) bytes came instead of \(expected)"
    case .page(let host): "a web page came from \(host)"
    case .wrongBytes(let expected, let received, _): "expected \(expected); received \(received)"
    case .endless(let limit, let host): "more than \(limit) bytes from \(host)"
    case .redirect(_, let host): "\(host) redirects to where nothing may be fetched from"
    case .tokenMissing, .tokenRefused, .tokenMalformed, .tokenWithheld: "a token is needed"
    case .nowhere: "it is no address"
    case .originMissing(let path): "`\(path)` is not there"
    case .file(let error): "cannot \(error.operation.rawValue) `\(error.path)`: \(error.reason)"
    case .offline: "downloads are off"
    }
  }

  private static func diagnostic(_ failure: TransportFailure, _ name: String, _ host: String) -> Diagnostic {
    let goesOn = "check the network and run the command again; it goes on where it stopped"
    let (message, cause, hint): (String, String, String) =
      switch failure {
      case .unreachable(let reason): ("cannot reach \(host) for \(name)", reason, goesOn)
      case .timedOut(let reason): ("\(host) went silent while \(name) was downloaded", reason, goesOn)
      case .broken(let reason): ("the connection to \(host) broke while \(name) was downloaded", reason, goesOn)
      case .insecure(let reason):
        (
          "cannot speak to \(host) in safety", reason,
          "if your network has a certificate authority of its own, name its file in SSL_CERT_FILE"
        )
      case .proxyFailed(let reason):
        (
          "the proxy does not bring \(name) from \(host)", reason,
          "check HTTPS_PROXY; hosts that need no proxy go into NO_PROXY"
        )
      case .misconfigured(let variable, let reason):
        ("cannot download \(name): $\(variable) cannot be used", reason, "correct or unset it")
      case .cancelled:
        ("the download of \(name) was interrupted", "the command was told to stop", "run it again; it goes on there")
      }
    let isSetting = if case .misconfigured = failure { true } else { false }
    return Diagnostic(
      isSetting ? .badAddress : .unreachable, message, notes: ["nothing of it was written to the data directory"],
      causes: [cause], hints: [hint])
  }

  private static func diagnostic(_ problem: RedirectProblem, _ name: String, _ host: String) -> Diagnostic {
    let reason =
      switch problem {
      case .loop: "it redirects without end"
      case .downgrade: "it redirects from https to http, where anyone could change the bytes"
      case .nowhere: "it redirects to something that is no web address"
      }
    return Diagnostic(.redirectRefused, "cannot download \(name) from \(host): \(reason)")
  }
}
