internal import Dataset
package import Diagnostics
internal import Effects
internal import Store
internal import SystemPackage

extension DownloadFailure {
  /// The failure as a person reads it, for what could not be had.
  package func diagnostic(for download: Download) -> Diagnostic {
    let name = "`\(download.name)`"
    let nothing = "nothing was written to the data directory"
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
    case .wrongLength(let expected, let received, let host):
      return Diagnostic(
        .wrongLength, "\(name) came with the wrong length",
        notes: ["expected \(expected) bytes; received \(received), from \(host)", nothing],
        hints: ["try again; if it stays so, the origin has another file now"])
    case .wrongBytes(let expected, let received, let host, let isPage):
      let page = isPage ? ["what came is a web page, not a map; a proxy or a log-in page may be in the way"] : []
      return Diagnostic(
        .wrongBytes, "the bytes of \(name) are not the locked ones",
        notes: ["expected \(expected); received \(received.described(like: expected)), from \(host)", nothing] + page,
        hints: [
          "run the command again; if it stays so, the origin has another file than the catalog knows",
          "once the catalog has the new checksum, `neuromaps lock --upgrade-map \(download.item)` takes it",
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

  /// The failure in a few words, for something that is no locked file.
  package var summary: String {
    switch self {
    case .transport(.unreachable(let reason), let host): "cannot reach \(host): \(reason)"
    case .transport(.timedOut(let reason), let host), .transport(.insecure(let reason), let host),
      .transport(.broken(let reason), let host):
      "\(host): \(reason)"
    case .transport(.cancelled, _): "the command was told to stop"
    case .status(let code, let host): "\(host) answered \(code)"
    case .wrongLength(let expected, let received, _): "\(received) bytes came instead of \(expected)"
    case .wrongBytes(let expected, let received, _, _): "expected \(expected); received \(received)"
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
    let (message, cause): (String, String) =
      switch failure {
      case .unreachable(let reason): ("cannot reach \(host) for \(name)", reason)
      case .timedOut(let reason): ("\(host) went silent while \(name) was downloaded", reason)
      case .insecure(let reason): ("cannot speak to \(host) in safety", reason)
      case .broken(let reason): ("the connection to \(host) broke while \(name) was downloaded", reason)
      case .cancelled: ("the download of \(name) was interrupted", "the command was told to stop")
      }
    return Diagnostic(
      .unreachable, message, notes: ["nothing was written to the data directory"], causes: [cause],
      hints: ["check the network and run the command again; it goes on where it stopped"])
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
