package import Diagnostics
package import Effects
internal import SystemPackage

extension FileError {
  /// The error as a person reads it.
  package var diagnostic: Diagnostic {
    let hints: [String] =
      switch reason {
      case .noSpace, .diskQuotaExceeded: ["free some space, then run the command again; it goes on where it stopped"]
      case .permissionDenied, .notPermitted: ["check who owns it and who may write there"]
      case .readOnlyFileSystem: ["`--data-dir` and `--cache-dir` name another data directory and store"]
      case .notDirectory where operation == .create: ["something that is no folder is in its place: move it away"]
      case _ where operation == .share: ["`--link-mode auto` copies where that is not possible"]
      default: []
      }
    return Diagnostic(
      isFull ? .diskFull : .fileFailed, "cannot \(operation.rawValue) `\(path)`", causes: ["\(reason)"], hints: hints)
  }
}

extension WriterLock.Busy {
  /// The error as a person reads it.
  package var diagnostic: Diagnostic {
    Diagnostic(
      .busy, "another neuromaps keeps writing to `\(folder)`",
      notes: ["it is \(holder)", "it was waited for \(waited.components.seconds) seconds; nothing was changed"],
      hints: [
        "if it hangs, end that process", "`NEUROMAPS_LOCK_TIMEOUT` says how many seconds to wait",
      ])
  }
}
