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
      default: []
      }
    return Diagnostic(
      isFull ? .diskFull : .fileFailed, "cannot \(operation.rawValue) `\(path)`", causes: ["\(reason)"], hints: hints)
  }
}
